package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.almagest.io.stac.exchange.StacMethod;
import org.junit.jupiter.api.Test;

/** What parameters and bodies are taken, and how those that are not are refused. */
abstract class ParameterContract extends ItemsFixture {
    private static final String POLYGON = "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}";

    @Test
    void takesAsManyIdsAsItSays() {
        putNumbered(1);
        String ids = IntStream.range(0, 9_000).mapToObj(i -> "\"i" + i + "\"").collect(Collectors.joining(","));
        assertEquals(List.of("i0"), posted("{\"ids\":[" + ids + "]}").ids());
        Answer more = fixture.post("/search", "{\"ids\":[" + ids + ",\"x\"]}").is(400);
        assertEquals("/ids", more.value("parameter"));
    }

    /** The forms that STAC API clients and its validator send. */
    private static final List<String> DATETIMES = List.of(
            "1985-04-12T23:20:50.52Z",
            "1996-12-19T16:39:57-00:00",
            "1996-12-19T16:39:57+00:00",
            "1996-12-19T16:39:57-08:00",
            "1996-12-19T16:39:57+08:00",
            "../1985-04-12T23:20:50.52Z",
            "1985-04-12T23:20:50.52Z/..",
            "/1985-04-12T23:20:50.52Z",
            "1985-04-12T23:20:50.52Z/",
            "1985-04-12T23:20:50.52Z/1986-04-12T23:20:50.52Z",
            "1985-04-12T23:20:50.52+01:00/1986-04-12T23:20:50.52+01:00",
            "1985-04-12T23:20:50.52-01:00/1986-04-12T23:20:50.52-01:00",
            "1937-01-01T12:00:27.87+01:00",
            "1985-04-12T23:20:50.1Z",
            "1985-04-12T23:20:50.01Z",
            "1985-04-12T23:20:50.001Z",
            "1985-04-12T23:20:50.0001Z",
            "1985-04-12T23:20:50.00001Z",
            "1985-04-12T23:20:50.000001Z",
            "1985-04-12T23:20:50.0000001Z",
            "1985-04-12T23:20:50.00000001Z",
            "1985-04-12T23:20:50.000000001Z",
            "1937-01-01T12:00:27.8710+01:00",
            "1937-01-01T12:00:27.8+01:00",
            "2020-07-23T00:00:00Z",
            "2020-07-23T00:00:00.0Z",
            "2020-07-23T00:00:00.012345678Z",
            "2020-07-23t00:00:00.01z",
            "2020-07-23T00:00:00Z/2020-07-23T00:00:00Z",
            "0001-01-01T00:00:00Z/9999-12-31T23:59:59.999999999Z");

    private static final List<String> NO_DATETIMES = List.of(
            "/",
            "../..",
            "/..",
            "../",
            "/1984-04-12T23:20:50.52Z/1985-04-12T23:20:50.52Z",
            "1984-04-12T23:20:50.52Z/1985-04-12T23:20:50.52Z/",
            "/1984-04-12T23:20:50.52Z/1985-04-12T23:20:50.52Z/",
            "1985-04-12",
            "1937-01-01T12:00:27.87+0100",
            "37-01-01T12:00:27.87Z",
            "1985-12-12T23:20:50.52",
            "21985-12-12T23:20:50.52Z",
            "1985-13-12T23:20:50.52Z",
            "1985-12-32T23:20:50.52Z",
            "1985-12-01T25:20:50.52Z",
            "1985-12-01T00:60:50.52Z",
            "1985-12-01T00:06:61.52Z",
            "1985-04-12T23:20:50.Z",
            "1985-04-12T23:20:50,Z",
            "1990-12-31T23:59:61Z",
            "1986-04-12T23:20:50.52Z/1985-04-12T23:20:50.52Z",
            "1985-04-12T23:20:50,52Z",
            "1990-12-31T23:59:60Z",
            "2020-07-23 00:00:00Z",
            "2021-02-29T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "1985-04-12T23:20:50.0000000001Z",
            "now");

    @Test
    void takesEveryDatetimeOfTheStandard() {
        for (String datetime : DATETIMES) {
            search("?datetime=" + encoded(datetime));
            posted("{\"datetime\":\"" + datetime + "\"}");
        }
    }

    @Test
    void refusesEveryOtherDatetime() {
        for (String datetime : NO_DATETIMES) {
            assertEquals(
                    "datetime",
                    fixture.get("/search?datetime=" + encoded(datetime)).is(400).value("parameter"),
                    datetime);
            assertEquals(
                    "/datetime",
                    fixture.post("/search", "{\"datetime\":\"" + datetime + "\"}")
                            .is(400)
                            .value("parameter"),
                    datetime);
        }
    }

    @Test
    void refusesAreasThatAreNone() {
        for (String box : List.of(
                "1",
                "1,2",
                "1,2,3",
                "1,2,3,4,5",
                "1,2,3,4,5,6,7",
                "[1,2,3,4]",
                "a,b,c,d",
                "1,2,3,",
                "0,10,10,0",
                "0,0,9,10,10,1",
                "0,-91,1,1",
                "0,0,NaN,1",
                "0,0,1e400,1",
                "1;2;3;4")) {
            assertEquals(
                    "bbox", fixture.get("/search?bbox=" + encoded(box)).is(400).value("parameter"), box);
        }
        for (String box : List.of("\"1,2,3,4\"", "[1,2,3]", "[1,2,3,\"4\"]", "[[1,2,3,4]]", "[0,10,10,0]", "{}")) {
            assertEquals(
                    "/bbox",
                    fixture.post("/search", "{\"bbox\":" + box + "}").is(400).value("parameter"),
                    box);
        }
        for (String box : List.of("1,2,3,4", "1.5,-2,3e0,4", "170,-10,-170,10", "1,2,0,3,4,9", "5,5,5,5")) {
            search("?bbox=" + box);
            posted("{\"bbox\":[" + box + "]}");
        }
        assertEquals(
                "intersects",
                fixture.get("/search?bbox=0,0,1,1&intersects=" + encoded(POLYGON))
                        .is(400)
                        .value("parameter"));
        fixture.post("/search", "{\"bbox\":[0,0,1,1],\"intersects\":" + POLYGON + "}")
                .is(400);
        fixture.get("/search?intersects=" + encoded("{\"type\":\"Polygon\"}")).is(400);
        fixture.get("/search?intersects=POINT(0%200)").is(400);
        fixture.post("/search", "{\"intersects\":\"POINT(0 0)\"}").is(400);
    }

    @Test
    void takesLimitsFromOneToAMillion() {
        for (String limit : List.of("1", "10000", "10001", "1000000")) {
            search("?limit=" + limit);
            posted("{\"limit\":" + limit + "}");
        }
        for (String limit : List.of("-1", "0", "1000001", "1.5", "99999999999999999999", "x")) {
            assertEquals("limit", fixture.get("/search?limit=" + limit).is(400).value("parameter"), limit);
        }
        for (String limit : List.of("-1", "0", "1000001", "1.5", "\"10\"", "[1]")) {
            assertEquals(
                    "/limit",
                    fixture.post("/search", "{\"limit\":" + limit + "}").is(400).value("parameter"),
                    limit);
        }
    }

    @Test
    void refusesWhatItDoesNotKnowAndWhatIsGivenTwice() {
        assertEquals("limits", fixture.get("/search?limits=1").is(400).value("parameter"));
        assertEquals("limit", fixture.get("/search?limit=1&limit=2").is(400).value("parameter"));
        assertEquals("limit", fixture.get("/search?limit=").is(400).value("parameter"));
        assertEquals(
                "limit", fixture.get("/collections/c/items?limit=0").is(400).value("parameter"));
        assertEquals(
                "/limits", fixture.post("/search", "{\"limits\":1}").is(400).value("parameter"));
        fixture.post("/search", "{\"limit\":1,\"limit\":2}").is(400);
        fixture.post("/search", "[]").is(400);
        fixture.post("/search", "{").is(400);
        fixture.post("/search", "").is(400);
        fixture.send(StacMethod.POST, "/search", "text/plain", "{}").is(415);
        fixture.send(StacMethod.POST, "/search", "application/json; charset=latin1", "{}")
                .is(415);
        fixture.send(StacMethod.POST, "/search", "application/json; charset=UTF-8", "{}")
                .is(200);
    }

    @Test
    void takesEmptyListsAsNone() {
        putNumbered(2);
        assertEquals(2, ids("?ids=&collections=").size());
        assertEquals(
                2,
                posted("{\"ids\":[],\"collections\":[],\"limit\":null,\"merge\":true}")
                        .ids()
                        .size());
        fixture.get("/search?ids=a,,b").is(400);
        fixture.post("/search", "{\"ids\":\"a\"}").is(400);
        fixture.post("/search", "{\"ids\":[1]}").is(400);
    }

    @Test
    void findsByIdAndCollectionAndAllElseTogether() {
        putNumbered(4);
        collection("d");
        put("d", "i1", point(1, 0), "\"datetime\":\"2025-01-02T00:00:00Z\"");
        assertEquals(List.of("i1", "i3", "i1"), ids("?ids=i1,i3,none"));
        assertEquals(List.of("i1"), ids("?ids=i1,i3&collections=d"));
        assertEquals(List.of("i1"), ids("?ids=i1,i3&collections=c&bbox=0,-1,2,1"));
        assertEquals(List.of(), ids("?collections=unknown"));
        assertEquals(List.of("i1"), ids("?collections=unknown,d"));
        assertEquals(List.of("i1"), posted("{\"collections\":\"d\"}").ids());
        assertEquals(
                List.of("i1"),
                fixture.get("/collections/d/items?collections=d").is(200).ids());
        assertEquals(
                List.of(),
                fixture.get("/collections/d/items?collections=c").is(200).ids());
        fixture.get("/collections/unknown/items").is(404);
        fixture.get("/collections/c/items/none").is(404);
        fixture.get("/collections/unknown/items/i1").is(404);
    }

    @Test
    void answersAnItemWithItsLinks() {
        put(C, "a b/c", point(1, 2), "\"datetime\":\"2025-01-01T00:00:00Z\",\"gsd\":1.5");
        Answer item = fixture.get("/collections/c/items/a%20b%2Fc").is(200);
        assertEquals("application/geo+json", item.header("content-type"));
        assertEquals("a b/c", item.value("id"));
        assertEquals("c", item.value("collection"));
        assertEquals("1.1.0", item.value("stac_version"));
        assertEquals("2025-01-01T00:00:00Z", item.value("properties/datetime"));
        assertEquals("1.5", item.value("properties/gsd"));
        assertEquals(fixture.base() + "/collections/c/items/a%20b%2Fc", item.href("self"));
        assertEquals(fixture.base() + "/collections/c", item.href("collection"));
        assertEquals(fixture.base() + "/collections/c", item.href("parent"));
        assertEquals(fixture.base(), item.href("root"));
        assertEquals(4, item.list("bbox").size());
        assertEquals(item.json(), search("").list("features").get(0));
        Answer page = fixture.get("/collections/c/items").is(200);
        assertEquals(fixture.base() + "/collections/c/items", page.href("self"));
        assertEquals(fixture.base() + "/collections/c", page.href("collection"));
    }

    @Test
    void writesPagesInTheFormatThatIsAskedFor() {
        putNumbered(2);
        Answer lines = fixture.get("/search", "accept", "application/x-ndjson").is(200);
        assertEquals("application/x-ndjson", lines.header("content-type"));
        assertEquals(2, lines.text().split("\n").length);
        assertEquals(lines.text(), fixture.get("/search?f=ndjson").is(200).text());
        Answer json = fixture.get("/search", "accept", "application/json").is(200);
        assertEquals("application/json", json.header("content-type"));
        assertEquals(2, json.ids().size());
        assertEquals(
                "application/geo+json",
                fixture.get("/search", "accept", "*/*").is(200).header("content-type"));
        fixture.get("/search", "accept", "image/png").is(406);
        fixture.get("/search?f=png").is(400);
        fixture.get("/search", "accept", "application/geo+json;q=0, */*;q=0.1").is(200);
        assertTrue(fixture.get("/search").header("cache-control").startsWith("private"));
    }
}
