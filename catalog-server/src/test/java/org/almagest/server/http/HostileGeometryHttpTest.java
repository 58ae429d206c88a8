package org.almagest.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.almagest.Catalog;
import org.almagest.io.stac.api.StacApi;
import org.almagest.server.stac.StacMount;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Geometries, boxes, times and filters that are wrong, or right and ugly, over HTTP: answered, never failed. */
class HostileGeometryHttpTest {
    private static final Set<Integer> ANSWERED = Set.of(200, 201, 400, 413);

    @TempDir
    static Path folder;

    private static Catalog catalog;
    private static StacApi api;
    private static HttpTestServer server;

    @BeforeAll
    static void start() throws Exception {
        catalog = Catalog.open(folder.resolve("store"));
        api = StacApi.of(catalog);
        server = HttpTestServer.of(HttpTestServer::echo, options -> options.mount(StacMount.of("/stac", api)));
        HttpResponse<String> made = post(
                "/stac/collections",
                "{\"type\":\"Collection\",\"stac_version\":\"1.0.0\",\"id\":\"c\",\"description\":\"d\",\"license\":\"other\","
                        + "\"extent\":{\"spatial\":{\"bbox\":[[-180,-90,180,90]]},\"temporal\":{\"interval\":[[null,null]]}},"
                        + "\"links\":[]}");
        assertEquals(201, made.statusCode(), made.body());
    }

    @AfterAll
    static void stop() {
        server.close();
        api.close();
        catalog.close();
    }

    private static HttpResponse<String> post(String target, String body) throws Exception {
        return server.send(server.request(target)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static void assertRefused(HttpResponse<String> answer, String what) {
        assertTrue(answer.statusCode() == 400 || answer.statusCode() == 413, cut(what) + ": " + answer.statusCode());
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(100, text.length()));
    }

    /** Sends a geometry as that of a search and as that of an item. */
    private static void refused(String geometry) throws Exception {
        assertRefused(post("/stac/search", "{\"intersects\":" + geometry + "}"), geometry);
        assertRefused(post("/stac/collections/c/items", item(geometry)), geometry);
    }

    private static void answered(String geometry) throws Exception {
        HttpResponse<String> search = post("/stac/search", "{\"intersects\":" + geometry + "}");
        assertTrue(ANSWERED.contains(search.statusCode()), cut(geometry) + ": " + search.body());
        HttpResponse<String> item = post("/stac/collections/c/items", item(geometry));
        assertTrue(
                ANSWERED.contains(item.statusCode()) || item.statusCode() == 409, cut(geometry) + ": " + item.body());
    }

    private static String item(String geometry) {
        return "{\"type\":\"Feature\",\"stac_version\":\"1.0.0\",\"id\":\"i" + Math.abs(geometry.hashCode())
                + "\",\"collection\":\"c\",\"properties\":{\"datetime\":\"2026-01-01T00:00:00Z\"},\"links\":[],\"assets\":{},"
                + "\"bbox\":[0,0,1,1],\"geometry\":" + geometry + "}";
    }

    private static String polygon(String ring) {
        return "{\"type\":\"Polygon\",\"coordinates\":[" + ring + "]}";
    }

    @Test
    void ringsThatAreNoneAreRefused() throws Exception {
        refused(polygon("[[0,0],[1,0],[1,1],[0,1]]"));
        refused(polygon("[[0,0],[1,1],[0,0]]"));
        refused("{\"type\":\"Polygon\"}");
        refused("{\"type\":\"Polygon\",\"coordinates\":{}}");
        refused("{\"type\":\"Blob\",\"coordinates\":[0,0]}");
        refused("{\"type\":\"Point\",\"coordinates\":[0]}");
        refused("{\"type\":\"Point\",\"coordinates\":[\"a\",0]}");
        refused("{\"type\":\"Point\",\"coordinates\":[0,90.0000001]}");
        refused("{\"type\":\"Point\",\"coordinates\":[540,0]}");
        refused("{\"type\":\"Point\",\"coordinates\":[1e308,0]}");
        refused("{\"type\":\"Point\",\"coordinates\":[1e999,0]}");
        refused("{\"type\":\"Point\",\"coordinates\":[NaN,0]}");
        refused("[1,2]");
        refused("\"POINT (1 2)\"");
    }

    @Test
    void uglyGeometriesAreAnswered() throws Exception {
        answered(polygon("[[0,0],[2,2],[2,0],[0,2],[0,0]]"));
        answered(polygon("[[0,0],[1,0],[2,0],[0,0]]"));
        answered(polygon("[[0,0],[0,0],[1,0],[1,1],[1,1],[0,0]]"));
        answered(polygon("[[0,0],[1,0],[1,1],[0,1],[0,0]],[[5,5],[6,5],[6,6],[5,6],[5,5]]"));
        answered(polygon("[[170,-10],[190,-10],[190,10],[170,10],[170,-10]]"));
        answered(polygon("[[-180,80],[-90,80],[0,80],[90,80],[180,80],[180,90],[-180,90],[-180,80]]"));
        answered("{\"type\":\"Point\",\"coordinates\":[-0.0,4.9e-324]}");
        answered("{\"type\":\"GeometryCollection\",\"geometries\":[]}");
        answered("{\"type\":\"MultiPoint\",\"coordinates\":[]}");
        answered(polygon("[]"));
    }

    @Test
    void depthAndSizeAreBounded() throws Exception {
        String open = "{\"type\":\"GeometryCollection\",\"geometries\":[";
        refused(open.repeat(5_000) + "]}".repeat(5_000));
        refused("{\"type\":\"MultiPoint\",\"coordinates\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}");
        String positions = "[1,1],".repeat(150_000);
        refused("{\"type\":\"LineString\",\"coordinates\":[" + positions + "[2,2]]}");
    }

    @Test
    void boxesTimesAndFiltersThatAreNoneAreRefused() throws Exception {
        for (String query : new String[] {
            "bbox=1,2,3",
            "bbox=NaN,0,1,1",
            "bbox=0,5,1,1",
            "bbox=0,0,1,91",
            "bbox=0,0,Infinity,1",
            "bbox=1e999,0,1,1",
            "datetime=2026-01-02T00:00:00Z/2026-01-01T00:00:00Z",
            "datetime=../..",
            "datetime=2026-13-01T00:00:00Z",
            "datetime=999999999-01-01T00:00:00Z",
            "limit=0",
            "limit=99999999999999999999",
            "token=" + "A".repeat(200),
            "filter=" + encoded("(".repeat(1_000)),
            "filter=" + encoded("a = 'unclosed"),
            "filter=" + encoded("S_INTERSECTS(geometry, POLYGON((0 0, 1 1)))")
        }) {
            HttpResponse<String> answer = server.get("/stac/search?" + query);
            assertRefused(answer, query);
        }
        HttpResponse<String> deep = post(
                "/stac/search",
                "{\"filter-lang\":\"cql2-json\",\"filter\":" + "{\"op\":\"not\",\"args\":[".repeat(10_000)
                        + "{\"op\":\"=\",\"args\":[1,1]}" + "]}".repeat(10_000) + "}");
        assertRefused(deep, "a filter 10,000 deep");
    }

    @Test
    void bodiesThatAreNoJsonAreRefused() throws Exception {
        for (String body :
                new String[] {"", "{", "nul", "[]", "{}{}", "{\"a\":1,\"a\":2}", "\uFEFF{}", "{\"limit\":\"\u0000\"}"
                }) {
            HttpResponse<String> answer = post("/stac/search", body);
            assertTrue(ANSWERED.contains(answer.statusCode()), body + ": " + answer.statusCode());
        }
        HttpResponse<String> latin = server.send(server.request("/stac/search")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'})));
        assertRefused(latin, "invalid UTF-8");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
