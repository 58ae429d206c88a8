package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonValue;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts and histograms. */
abstract class AggregationContract {
    private StacFixture fixture;

    abstract StacFixture open(StacOptions options);

    @BeforeEach
    void open() {
        fixture = open(StacOptions.defaults());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void collection(String id, String... items) {
        fixture.post(
                        "/collections",
                        "{\"type\":\"Collection\",\"id\":\"" + id
                                + "\",\"extent\":{\"spatial\":{\"bbox\":[[-180,-90,180,90]]},\"temporal\":{\"interval\":[[null,null]]}}}")
                .is(201);
        fixture.post(
                        "/collections/" + id + "/items",
                        "{\"type\":\"FeatureCollection\",\"features\":[" + String.join(",", items) + "]}")
                .is(201);
    }

    private static String item(String id, String time, String point, String more) {
        String geometry = point.isEmpty() ? "null" : "{\"type\":\"Point\",\"coordinates\":[" + point + "]}";
        return "{\"type\":\"Feature\",\"id\":\"" + id + "\",\"geometry\":" + geometry
                + ",\"properties\":{\"datetime\":\"" + time + "\"" + more + "},\"links\":[],\"assets\":{}}";
    }

    private void fill() {
        collection(
                "a",
                item("1", "2020-01-01T00:00:00Z", "10,20", ",\"platform\":\"x\",\"eo:cloud_cover\":5"),
                item("2", "2020-01-01T12:00:00Z", "10,20", ",\"platform\":\"y\",\"eo:cloud_cover\":7.5"),
                item("3", "2020-01-03T00:00:00Z", "", ",\"platform\":\"y\""));
        collection("b", item("1", "2021-01-01T00:00:00Z", "-70,-10", ",\"platform\":\"x\""));
    }

    @Test
    void withoutNamesTheTotalIsCounted() {
        fill();
        Answer answer = fixture.get("/aggregate").is(200);
        assertEquals("application/json", answer.header("content-type"));
        assertEquals("AggregationCollection", answer.value("type"));
        assertEquals("total_count", answer.value("aggregations/0/name"));
        assertEquals("integer", answer.value("aggregations/0/data_type"));
        assertEquals("4", answer.value("aggregations/0/value"));
        assertEquals("3", fixture.get("/collections/a/aggregate").value("aggregations/0/value"));
        assertEquals("0", fixture.get("/aggregate?collections=none").value("aggregations/0/value"));
        assertEquals("1", fixture.get("/aggregate?ids=3").value("aggregations/0/value"));
        assertEquals(
                "2",
                fixture.get("/aggregate?bbox=0,0,20,30&datetime=2020-01-01T00:00:00Z/..")
                        .value("aggregations/0/value"));
        assertEquals(
                "1", fixture.get("/aggregate?filter=eo:cloud_cover%20%3E%206").value("aggregations/0/value"));
        fixture.get("/collections/none/aggregate").is(404);
        fixture.get("/aggregate", "if-none-match", answer.header("etag")).is(304);
    }

    @Test
    void timesAreCountedByCalendarUnits() {
        fill();
        Answer days = fixture.get("/collections/a/aggregate?aggregations=datetime_frequency,datetime_min,datetime_max"
                        + "&datetime_frequency_interval=day")
                .is(200);
        assertEquals(
                Map.of("2020-01-01T00:00:00Z", 2L, "2020-01-02T00:00:00Z", 0L, "2020-01-03T00:00:00Z", 1L),
                buckets(days, 0));
        assertEquals("datetime", days.value("aggregations/0/frequency_distribution_data_type"));
        assertEquals("2020-01-01T00:00:00Z", days.value("aggregations/1/value"));
        assertEquals("2020-01-03T00:00:00Z", days.value("aggregations/2/value"));
        Answer years = fixture.get("/aggregate?aggregations=datetime_frequency&datetime_frequency_interval=year"
                + "&datetime_frequency_timezone=Asia/Tokyo");
        assertEquals(Map.of("2020-01-01T00:00:00+09:00", 3L, "2021-01-01T00:00:00+09:00", 1L), buckets(years, 0));
        assertEquals(
                49,
                buckets(fixture.get("/collections/a/aggregate?aggregations=datetime_frequency"), 0)
                        .size());
        assertEquals(
                367,
                buckets(fixture.get("/aggregate?aggregations=datetime_frequency"), 0)
                        .size());
    }

    @Test
    void placesAreCountedByCells() {
        fill();
        Answer grid = fixture.get(
                        "/aggregate?aggregations=centroid_geohash_grid_frequency,geometry_geohash_grid_frequency"
                                + "&centroid_geohash_grid_frequency_precision=1")
                .is(200);
        assertEquals(Map.of("s", 2L, "6", 1L), buckets(grid, 0));
        assertEquals(2, buckets(grid, 1).size());
        assertEquals(3, buckets(grid, 1).keySet().iterator().next().length());
    }

    @Test
    void collectionsAndValuesAreCounted() {
        fill();
        Answer answer = fixture.get("/aggregate?aggregations=collection_frequency,platform_frequency")
                .is(200);
        assertEquals(Map.of("a", 3L, "b", 1L), buckets(answer, 0));
        assertEquals("a", answer.value("aggregations/0/buckets/0/key"));
        assertEquals(Map.of("x", 2L, "y", 2L), buckets(answer, 1));
        Answer one = fixture.get("/collections/a/aggregate?aggregations=eo:cloud_cover_min,eo:cloud_cover_max");
        assertEquals("5", one.value("aggregations/0/value"));
        assertEquals("7.5", one.value("aggregations/1/value"));
    }

    @Test
    void aPropertyThatACollectionLacksIsUnsetThere() {
        fill();
        collection("bare", item("1", "2020-01-01T00:00:00Z", "1,2", ""), item("2", "2020-01-01T00:00:00Z", "", ""));
        String filter = "&filter=platform%20IS%20NULL";
        Answer answer = fixture.get("/aggregate?aggregations=collection_frequency,total_count" + filter)
                .is(200);
        assertEquals(Map.of("bare", 2L), buckets(answer, 0));
        assertEquals("2", answer.value("aggregations/1/value"));
        fixture.get("/aggregate?aggregations=collection_frequency&filter=nothing%3D1")
                .is(400);
    }

    @Test
    void aDocumentAsksTheSame() {
        fill();
        Answer given = fixture.get("/aggregate?collections=a&aggregations=total_count,platform_frequency");
        for (String names : List.of("[\"total_count\",\"platform_frequency\"]", "\"total_count,platform_frequency\"")) {
            Answer posted = fixture.post("/aggregate", "{\"collections\":[\"a\"],\"aggregations\":" + names + "}")
                    .is(200);
            assertEquals(CanonicalJson.text(given.at("aggregations")), CanonicalJson.text(posted.at("aggregations")));
            assertEquals("", posted.header("etag"));
        }
        fixture.post("/aggregate", "{\"limit\":1}").is(400);
        fixture.post("/aggregate", "{\"nothing\":1}").is(400);
        fixture.post("/collections/b/aggregate", "{}").is(200);
        Answer grid = fixture.post(
                        "/aggregate",
                        "{\"aggregations\":[\"centroid_geohash_grid_frequency\"],\"centroid_geohash_grid_frequency_precision\":1}")
                .is(200);
        assertEquals(Map.of("s", 2L, "6", 1L), buckets(grid, 0));
    }

    @Test
    void whatIsOfferedCanBeAsked() {
        fill();
        for (String base : List.of("", "/collections/a", "/collections/b")) {
            Answer offered = fixture.get(base + "/aggregations").is(200);
            List<String> names = new ArrayList<>();
            offered.list("aggregations").forEach(one -> names.add(Answer.value(Answer.at(one, "name"))));
            assertTrue(names.contains("platform_frequency"), names::toString);
            assertEquals(base.endsWith("a"), names.contains("eo:cloud_cover_max"), names::toString);
            for (String name : names) {
                Answer answer =
                        fixture.get(base + "/aggregate?aggregations=" + name).is(200);
                assertEquals(
                        Answer.value(Answer.at(offered.list("aggregations").get(names.indexOf(name)), "data_type")),
                        answer.value("aggregations/0/data_type"),
                        name);
            }
        }
    }

    @Test
    void wrongQuestionsAreRefused() {
        fill();
        for (String query : List.of(
                "aggregations=x",
                "aggregations=x_frequency",
                "aggregations=eo:cloud_cover_frequency",
                "aggregations=total_count,,x",
                "datetime_frequency_interval=fortnight",
                "datetime_frequency_timezone=Mars",
                "centroid_geohash_grid_frequency_precision=13",
                "centroid_geohash_grid_frequency_precision=0",
                "limit=1",
                "bbox=1")) {
            Answer answer = fixture.get("/aggregate?" + query).is(400);
            assertEquals(query.substring(0, query.indexOf('=')), answer.value("parameter"), query);
        }
        Answer many = fixture.get("/aggregate?aggregations=datetime_frequency&datetime_frequency_interval=second")
                .is(400);
        assertEquals("LIMIT_EXCEEDED", many.value("code"));
    }

    @Test
    void anEmptyCatalogHasNothingToCount() {
        Answer answer = fixture.get(
                        "/aggregate?aggregations=total_count,datetime_min,datetime_frequency,collection_frequency")
                .is(200);
        assertEquals("0", answer.value("aggregations/0/value"));
        assertEquals(0, buckets(answer, 2).size());
        assertFalse(fixture.get("/aggregations").is(200).list("aggregations").isEmpty());
    }

    @Test
    void cellsAndItemsWithoutPlaceAddUpToTheTotal() {
        Seeded.repeat(1, random -> {
            List<String> items = new ArrayList<>();
            int without = 0;
            for (int i = 0; i < 200; i++) {
                boolean placed = random.nextInt(5) > 0;
                without += placed ? 0 : 1;
                String point = (random.nextInt(3600) / 10.0 - 180) + "," + (random.nextInt(1800) / 10.0 - 90);
                items.add(item("i" + i, "2020-01-01T00:00:00Z", placed ? point : "", ""));
            }
            collection("r", items.toArray(String[]::new));
            Answer answer = fixture.get("/aggregate?aggregations=total_count,centroid_geohash_grid_frequency");
            long inCells = buckets(answer, 1).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            assertEquals(200, inCells + without);
            assertEquals("200", answer.value("aggregations/0/value"));
        });
    }

    private static Map<String, Long> buckets(Answer answer, int index) {
        Map<String, Long> buckets = new TreeMap<>();
        for (JsonValue bucket : answer.list("aggregations/" + index + "/buckets")) {
            JsonObject object = (JsonObject) bucket;
            buckets.put(Answer.value(object.member("key")), Long.valueOf(Answer.value(object.member("frequency"))));
        }
        return buckets;
    }
}
