package org.almagest.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Areas given as files. */
class AreaFileTest {
    @TempDir
    Path folder;

    private Path store;

    @BeforeEach
    void ingestThreeCities() throws IOException {
        store = folder.resolve("store");
        Path rows = folder.resolve("rows.ndjson");
        Files.writeString(
                rows,
                "{\"time\":\"2025-04-15\",\"name\":\"Denver\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[-104.99,39.74]}}\n"
                        + "{\"time\":\"2025-04-15\",\"name\":\"Salt Lake\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[-111.89,40.76]}}\n"
                        + "{\"time\":\"2025-04-15\",\"name\":\"Suva\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[178.44,-18.12]}}\n");
        CliRun.ok(store, "ingest", "a.cities", "all", rows.toString(), "--create");
    }

    private String count(String area) {
        return CliRun.ok(store, "query", "a.cities", "--all-time", "--intersects", area, "--count", "--json")
                .strip();
    }

    @Test
    void readsAFeatureWithNegativeCoordinatesOnManyLines() throws IOException {
        Path colorado = folder.resolve("colorado.geojson");
        Files.writeString(
                colorado,
                "{\n \"type\": \"Feature\",\n \"properties\": {\"code\": -99.0},\n \"geometry\": {\"type\": \"Polygon\",\n"
                        + " \"coordinates\": [[[-109.05, 37.0], [-102.05, 37.0],\n [-102.05, 41.0], [-109.05, 41.0], [-109.05, 37.0]]]}\n}\n");
        assertEquals("{\"count\":1}", count("@" + colorado));
    }

    @Test
    void readsWellKnownTextFromAFileAndFromTheCommandLine() throws IOException {
        String fiji = "POLYGON ((177 -19, -179 -19, -179 -16, 177 -16, 177 -19))";
        Path file = folder.resolve("fiji.wkt");
        Files.writeString(file, fiji + "\n");
        assertEquals("{\"count\":1}", count("@" + file));
        assertEquals("{\"count\":1}", count(fiji));
    }

    @Test
    void namesAFileThatIsNotThere() {
        CliRun run = CliRun.of(store, "query", "a.cities", "--all-time", "--intersects", "@absent.geojson");
        assertEquals(2, run.status(), run.err());
    }
}
