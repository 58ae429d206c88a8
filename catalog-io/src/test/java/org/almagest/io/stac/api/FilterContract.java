package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.almagest.DatasetSpec;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestMode;
import org.almagest.schema.Field;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Filters in CQL2, and the names that they use. */
abstract class FilterContract extends ItemsFixture {
    private static final String TIME = "\"datetime\":\"2025-01-01T00:00:00Z\"";

    @BeforeEach
    void fill() {
        put(C, "clear", point(0, 0), TIME + ",\"eo:cloud_cover\":5,\"platform\":\"landsat-8\"");
        put(C, "cloudy", point(1, 1), TIME + ",\"eo:cloud_cover\":80.5,\"platform\":\"landsat-9\"");
        put(C, "unknown", point(2, 2), TIME + ",\"platform\":\"aqua\",\"instruments\":[\"modis\"]");
        collection("d");
        put("d", "other", point(3, 3), TIME + ",\"eo:cloud_cover\":50");
    }

    @Test
    void selectsByPropertiesInThreeValuedLogic() {
        assertEquals(List.of("clear"), filtered("eo:cloud_cover < 50"));
        assertEquals(List.of("cloudy", "other"), filtered("NOT eo:cloud_cover < 50"), "not what has no value");
        assertEquals(List.of("unknown"), filtered("eo:cloud_cover IS NULL"));
        assertEquals(List.of("clear"), filtered("\"properties.eo:cloud_cover\" = 5"));
        assertEquals(List.of("clear", "cloudy"), filtered("platform LIKE 'landsat%'"));
        assertEquals(List.of("unknown"), filtered("CASEI(platform) = CASEI('AQUA')"));
        assertEquals(List.of("cloudy"), filtered("S_INTERSECTS(geometry, BBOX(0.5,0.5,1.5,1.5))"));
        assertEquals(List.of("unknown"), filtered("A_CONTAINS(instruments, ('modis'))"));
    }

    @Test
    void understandsIdAndCollectionAnywhere() {
        assertEquals(List.of("clear"), filtered("id = 'clear'"));
        assertEquals(List.of("clear", "other"), filtered("id IN ('clear', 'other', 'none')"));
        assertEquals(List.of("cloudy", "other", "unknown"), filtered("id <> 'clear'"));
        assertEquals(List.of("clear", "cloudy"), filtered("id LIKE 'cl%'"));
        assertEquals(List.of("other"), filtered("collection = 'd'"));
        assertEquals(List.of("clear", "cloudy", "unknown"), filtered("collection < 'd'"));
        assertEquals(List.of("clear", "other"), filtered("id = 'clear' OR collection = 'd'"));
        assertEquals(List.of("other"), filtered("NOT collection = 'c'"));
        assertEquals(List.of("clear", "cloudy", "unknown"), filtered("NOT (collection = 'd' AND eo:cloud_cover > 1)"));
        assertEquals(List.of(), filtered("collection = 'none'"));
        assertEquals(List.of(), filtered("collection = 'none' OR FALSE"));
        assertEquals(List.of(), filtered("collection IS NULL"));
        assertEquals(List.of("other"), filtered("collection IN ('d', 'e') AND eo:cloud_cover > 1"));
    }

    @Test
    void reachesTheFieldsOfTheEngineByTheirOwnNames() {
        String id = fixture.get("/collections/c/items/clear").header("etag").substring(1, 37);
        assertEquals(List.of("clear"), filtered("\"almagest:id\" = '" + id + "'"));
        filtered("\"almagest:ingestion_time\" > TIMESTAMP('2025-01-01T00:00:00Z')");
    }

    @Test
    void refusesNamesThatNoCollectionHas() {
        for (String name :
                List.of("nothing", "assets", "links", "\"assets.data.href\"", "other_properties", "item_id")) {
            Answer answer =
                    fixture.get("/search?filter=" + encoded(name + " = 'x'")).is(400);
            assertEquals("filter", answer.value("parameter"), name);
        }
        assertEquals(List.of(), filtered("collection = 'd' AND platform = 'x'"));
    }

    @Test
    void readsTextAndJsonByGetAndPost() {
        String text = "eo:cloud_cover < 50";
        String json = "{\"op\":\"<\",\"args\":[{\"property\":\"eo:cloud_cover\"},50]}";
        List<String> clear = List.of("clear");
        assertEquals(clear, ids("?filter=" + encoded(text)));
        assertEquals(clear, ids("?filter-lang=cql2-text&filter=" + encoded(text)));
        assertEquals(clear, ids("?filter-lang=cql2-json&filter=" + encoded(json)));
        assertEquals(clear, posted("{\"filter\":" + json + "}").ids());
        assertEquals(
                clear,
                posted("{\"filter-lang\":\"cql2-json\",\"filter\":" + json + "}")
                        .ids());
        assertEquals(
                clear,
                posted("{\"filter-lang\":\"cql2-text\",\"filter\":\"" + text + "\"}")
                        .ids());
        String crs = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
        assertEquals(clear, ids("?filter-crs=" + encoded(crs) + "&filter=" + encoded(text)));
        assertEquals(
                "filter-crs",
                fixture.get("/search?filter-crs=EPSG:4326&filter=" + encoded(text))
                        .is(400)
                        .value("parameter"));
        assertEquals(
                "filter-lang",
                fixture.get("/search?filter-lang=cql&filter=" + encoded(text))
                        .is(400)
                        .value("parameter"));
        assertEquals("filter", fixture.get("/search?filter=%3D").is(400).value("parameter"));
        Answer wrong = fixture.post(
                        "/search", "{\"filter\":{\"op\":\"<\",\"args\":[{\"property\":\"eo:cloud_cover\"}]}}")
                .is(400);
        assertEquals("/filter", wrong.value("parameter").substring(0, 7), wrong.text());
    }

    @Test
    void choosesAmongManyCollectionsAsOftenAsAFilterSays() {
        for (int i = 0; i < 60; i++) {
            collection("x" + i);
        }
        String all = "collection <> 'c'" + " AND collection <> 'c'".repeat(199);
        assertEquals(List.of("other"), filtered(all));
        assertEquals(List.of("clear", "cloudy", "unknown"), filtered("NOT (" + all + ")"));
    }

    @Test
    void readsOldSpellings() {
        String between = "{\"op\":\"between\",\"args\":[{\"property\":\"eo:cloud_cover\"},[1,10]]}";
        assertEquals(List.of("clear"), posted("{\"filter\":" + between + "}").ids());
        String late = "{\"op\":\"between\",\"args\":[{\"property\":\"eo:cloud_cover\"},1,10]}";
        assertEquals(List.of("clear"), posted("{\"filter\":" + late + "}").ids());
    }

    @Test
    void searchesDatasetsThatWereNotBornAsStac() {
        fixture.catalog()
                .createDataset(DatasetSpec.temporal("sensors.heat")
                        .field(Field.float64("celsius").queryable())
                        .build())
                .createCollection("roof")
                .ingest(
                        List.of(Datapoint.at("2025-01-01T00:00:00Z")
                                .set("celsius", 21.5)
                                .build()),
                        IngestMode.SKIP_EXISTING);
        Answer page = search("?collections=" + encoded("sensors.heat~roof"));
        assertEquals(1, page.ids().size());
        String id = page.ids().get(0);
        assertEquals("21.5", page.value("features/0/properties/celsius"));
        assertEquals("sensors.heat~roof", page.value("features/0/collection"));
        assertEquals(List.of(id), filtered("celsius > 20"));
        assertEquals(List.of(id), ids("?ids=" + id));
        assertEquals(List.of("clear", id).stream().sorted().toList(), filtered("id IN ('clear', '" + id + "')"));
        String keyed = fixture.get("/collections/c/items/clear").header("etag").substring(1, 37);
        assertEquals(
                List.of(id), ids("?ids=" + id + "," + keyed), "the datapoint of an item with a key has no address");
        assertEquals(List.of(), ids("?collections=" + encoded("sensors.heat~roof") + "&bbox=0,0,1,1"));
        assertEquals(5, ids("").size());
        fixture.get("/collections/" + encoded("sensors.heat~roof") + "/items/" + id)
                .is(200);
        assertEquals(4, ids("?bbox=-180,-90,180,90").size());
    }
}
