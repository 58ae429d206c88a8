package org.almagest.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.almagest.model.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Areas as users give them, asked of the rows of AT-33. */
class AreaTest {
    private static final String COLORADO = "-109.10 40.98, -102.01 40.95, -102.06 36.82, -109.06 36.96, -109.10 40.98";
    private static final String ROWS = """
            time,geometry,name
            2025-04-15,POINT (-104.99 39.74),denver
            2025-04-15,POINT (-111.89 40.76),salt_lake
            2025-04-15,POINT (-109.08 36.90),p
            2025-04-15,POINT (-102.03 40.0),q
            2025-05-02T00:00:00.000Z,POINT (-104.99 39.74),denver_later
            2025-05-01T23:59:59.999Z,POINT (-104.99 39.74),denver_last
            2025-04-15,POINT (179.5 -16),fiji
            """;

    @TempDir
    Path folder;

    private Path store;

    @BeforeEach
    void ingestTheRows() throws IOException {
        store = folder.resolve("store");
        Path rows = Files.writeString(folder.resolve("rows.csv"), ROWS);
        CliRun.ok(store, "ingest", "a.b", "c", rows.toString(), "--create");
    }

    private String count(String... where) {
        String[] words = {"query", "a.b", "--time", "2025-04-01/2025-05-02", "--count"};
        String[] all = Arrays.copyOf(words, words.length + where.length);
        System.arraycopy(where, 0, all, words.length, where.length);
        return CliRun.ok(store, all).strip();
    }

    @Test
    void anAreaIsWktOrGeoJsonOrAFileOfEither() throws IOException {
        assertEquals("6", count());
        assertEquals("4", count("--bbox", "-109.10,36.82,-102.01,40.98"));
        assertEquals("1", count("--bbox", "179,-17,-179,-15"));
        String wkt = "POLYGON ((" + COLORADO + "))";
        String geometry = "{\"type\":\"Polygon\",\"coordinates\":[[["
                + COLORADO.replace(", ", "],[").replace(' ', ',') + "]]]}";
        String feature = "{\"type\":\"Feature\",\"properties\":{},\"geometry\":" + geometry + "}";
        String nothing = "{\"type\":\"Feature\",\"properties\":{},\"geometry\":null}";
        String collection = "{\"type\":\"FeatureCollection\",\"features\":[" + feature + "," + nothing + "]}";
        for (String area : List.of(wkt, geometry, feature, collection)) {
            assertEquals("3", count("--intersects", area));
            assertEquals("3", count("--within", area));
            assertEquals("0", count("--containing", area));
            Path file = Files.writeString(folder.resolve("area"), area + "\n");
            assertEquals("3", count("--intersects", "@" + file));
        }
        String fiji =
                feature.replaceFirst("\\{\"type\":\"Polygon\".*", "{\"type\":\"Point\",\"coordinates\":[179.5,-16]}}");
        Path both = Files.writeString(
                folder.resolve("both.json"),
                "{\"type\":\"FeatureCollection\",\"features\":[" + feature + "," + fiji + "]}");
        assertEquals("4", count("--intersects", "@" + both));
        assertEquals("1", count("--containing", "POINT (179.5 -16)"));
    }

    @Test
    void aWideAreaCrossesTheAntimeridianUnlessItIsAsDrawn() {
        String wide = "POLYGON ((-179 -20, 179 -20, 179 -10, -179 -10, -179 -20))";
        assertEquals("1", count("--intersects", wide));
        assertEquals("0", count("--intersects", wide, "--as-drawn"));
    }

    @Test
    void edgesAreArcsWhereThatIsAsked() {
        String below = "POLYGON ((-120 39.5, -100 39.5, -100 30, -120 30, -120 39.5))";
        assertEquals("1", count("--intersects", below), "P alone");
        assertEquals("3", count("--intersects", below, "--spherical"), "the arc passes north of Denver");
        assertEquals("3", count("--within", below, "--spherical"));
        assertEquals("1", count("--bbox", "-120,30,-100,39.5", "--spherical"), "a side of a box stays on its parallel");
    }

    @Test
    void whatIsNoAreaIsReportedWithItsPlace() throws IOException {
        assertFailure("none.geojson: no such file", "@none.geojson");
        assertFailure(folder + ": is a folder (expected a file)", "@" + folder);
        Path empty =
                Files.writeString(folder.resolve("empty.json"), "{\"type\":\"FeatureCollection\",\"features\":[]}");
        assertFailure(empty + ": geometry: none in it", "@" + empty);
        Path bad = Files.writeString(folder.resolve("bad.json"), "{\"type\":\"Point\",\"coordinates\":[0,95]}");
        CliRun run = CliRun.of(store, "query", "a.b", "--all-time", "--intersects", "@" + bad);
        assertEquals(2, run.status());
        assertTrue(run.err().startsWith("almagest: " + bad + ": geometry"), run.err());
        assertEquals(
                2,
                CliRun.of(store, "query", "a.b", "--all-time", "--within", "CIRCLE (1 2)")
                        .status());
    }

    private void assertFailure(String message, String area) {
        CliRun run = CliRun.of(store, "query", "a.b", "--all-time", "--intersects", area);
        assertEquals("almagest: " + message + "\n", run.err());
        assertEquals(2, run.status());
    }

    @Test
    void answersAreFilesAgain() throws IOException {
        String geojson = CliRun.ok(store, "query", "a.b", "--all-time", "--format", "geojson");
        assertEquals(7, Json.parse(geojson).text().split("\"Feature\"").length - 1);
        Path file = Files.writeString(folder.resolve("found.geojson"), geojson);
        assertTrue(CliRun.ok(store, "ingest", "a.again", "c", file.toString(), "--create", "--json")
                .startsWith("{\"rows\":7,\"created\":7,"));
        String csv = CliRun.ok(store, "query", "a.b", "--all-time", "--format", "csv", "--select", "name,geometry");
        assertEquals(
                "time,id,ingestion_time,geometry,name", csv.lines().findFirst().orElseThrow());
        assertTrue(csv.contains(",POINT (-104.99 39.74),denver"), csv);
        String empty = CliRun.ok(store, "query", "a.b", "--time", "1999", "--format", "geojson");
        assertEquals(
                "{\"features\":[],\"type\":\"FeatureCollection\"}",
                Json.parse(empty).text());
    }
}
