package org.almagest.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.model.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on the rows of the acceptance scenarios. */
class StoreCommandsTest {
    private static final String SLUG = "my_org.my_custom_dataset";
    private static final String R1 = "{\"time\":\"2025-03-28T11:44:23Z\",\"value\":45.16,\"sensor\":\"A\","
            + "\"precise_time\":\"2025-03-28T11:44:23.345761444Z\",\"sensor_history\":[-12.15,13.45,-8.2,16.5,45.16]}";
    private static final String R2 = "{\"time\":\"2025-03-28T11:45:19Z\",\"value\":273.15,\"sensor\":\"B\","
            + "\"precise_time\":\"2025-03-28T11:45:19.128742312Z\",\"sensor_history\":[300.16,280.12,273.15]}";
    private static final String INFO =
            "Measurements: [2025-03-28T11:44:23.000 UTC, 2025-03-28T11:45:19.000 UTC]" + " (2 data points)\n";

    @TempDir
    Path folder;

    private Path store;
    private Path rows;

    @BeforeEach
    void ingestTheTwoRows() throws IOException {
        store = folder.resolve("store");
        rows = folder.resolve("rows.ndjson");
        Files.writeString(rows, R1 + "\n" + R2 + "\n");
        CliRun.ok(
                store,
                "dataset",
                "create",
                SLUG,
                "--kind",
                "temporal",
                "--field",
                "value:float64",
                "--field",
                "sensor:string",
                "--field",
                "precise_time:timestamp",
                "--field",
                "sensor_history:float64[]");
        CliRun.ok(store, "collection", "create", SLUG, "Measurements");
        ingest("Measurements", rows);
    }

    private String ingest(String collection, Path file, String... more) {
        String[] args = new String[more.length + 5];
        args[0] = "ingest";
        args[1] = SLUG;
        args[2] = collection;
        args[3] = file.toString();
        args[4] = "--json";
        System.arraycopy(more, 0, args, 5, more.length);
        return CliRun.ok(store, args).replaceAll("\"seconds\":[0-9.]+", "\"seconds\":0");
    }

    @Test
    void infoPrintsItsLineToTheCharacter() {
        assertEquals(INFO, CliRun.ok(store, "info", SLUG, "Measurements"));
        assertEquals(INFO, CliRun.ok(store, "info", SLUG));
        assertEquals(
                "{\"name\":\"Measurements\",\"count\":2,\"first\":\"2025-03-28T11:44:23Z\",\"last\":\"2025-03-28T11:45:19Z\"}\n",
                CliRun.ok(store, "info", SLUG, "Measurements", "--json"));
        CliRun.ok(store, "collection", "create", SLUG, "Empty");
        assertEquals("Empty: <no data> (0 data points)\n", CliRun.ok(store, "info", SLUG, "Empty"));
        assertEquals(
                "{\"name\":\"Empty\",\"count\":0,\"first\":null,\"last\":null}\n",
                CliRun.ok(store, "info", SLUG, "Empty", "--json"));
    }

    @Test
    void ingestingAgainCreatesNothing() {
        assertEquals(
                "{\"rows\":2,\"created\":0,\"existing\":2,\"replaced\":0,\"superseded\":0,\"stale\":0,\"rejected\":0,"
                        + "\"batches\":1,\"seconds\":0}\n",
                ingest("Measurements", rows));
        assertEquals(INFO, CliRun.ok(store, "info", SLUG, "Measurements"));
    }

    @Test
    void refusingExistingRowsSaysSoInTheWordsOfTheClients() {
        CliRun run = CliRun.of(store, "ingest", SLUG, "Measurements", rows.toString(), "--mode", "refuse");
        assertEquals(9, run.status());
        assertEquals(
                "almagest: found existing datapoints with same id, refusing to ingest with \"allow_existing=false\"\n",
                run.err());
    }

    @Test
    void findsByIdAndReportsWhatIsAbsentOrNoId() {
        String id = CliRun.ok(store, "query", SLUG, "--all-time", "--json", "--skip-data")
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*\"id\":\"([^\"]+)\".*", "$1");
        assertTrue(id.startsWith("0195dc92-2098-"), id);
        String found = CliRun.ok(store, "find", SLUG, id, "--json");
        assertTrue(found.contains("\"value\":273.15,\"sensor\":\"B\""), found);
        assertTrue(CliRun.ok(store, "find", SLUG, id).contains("value           273.15\n"));
        assertFalse(CliRun.ok(store, "find", SLUG, id, "--skip-data", "--json").contains("value"));
        assertTrue(CliRun.ok(store, "find", SLUG, id, "--collection", "Measurements")
                .contains("273.15"));
        String absent = "0186d6b6-66cc-fcfd-91df-bbbff72499c3";
        assertFailure(8, "No such datapoint " + absent, "find", SLUG, absent);
        assertFailure(2, "id: \"not-a-uuid\" (expected a UUID of 36 characters)", "find", SLUG, "not-a-uuid");
        assertFailure(2, "id: \"1-2-3-4-5\" (expected a UUID of 36 characters)", "find", SLUG, "1-2-3-4-5");
        assertFailure(2, "dataset \"" + SLUG + "\": has no key", "find", SLUG, "--key", "x");
    }

    private void assertFailure(int status, String message, String... args) {
        CliRun run = CliRun.of(store, args);
        assertEquals("almagest: " + message + "\n", run.err());
        assertEquals(status, run.status());
        assertEquals("", run.out());
    }

    @Test
    void namesThatAreAbsentOrTakenAreReported() {
        assertFailure(8, "No such dataset my_org.nope", "info", "my_org.nope");
        assertFailure(8, "No such collection Sat-X", "info", SLUG, "Sat-X");
        assertFailure(8, "No such collection Sat-X", "query", SLUG, "--all-time", "--collection", "Sat-X");
        CliRun.ok(store, "collection", "create", SLUG, "S1A_IW_RAW__0S");
        CliRun.ok(store, "collection", "create", SLUG, "ERS-2");
        assertEquals(9, CliRun.of(store, "collection", "create", SLUG, "ERS-2").status());
        assertEquals(
                9,
                CliRun.of(store, "dataset", "create", SLUG, "--kind", "temporal")
                        .status());
        assertTrue(CliRun.ok(store, "collection", "list", SLUG, "--json")
                .startsWith("[{\"name\":\"ERS-2\",\"count\":0,\"first\":null,\"last\":null},{"));
        CliRun json = CliRun.of(store, "info", SLUG, "Sat-X", "--json");
        assertEquals("{\"error\":{\"code\":\"NOT_FOUND\",\"message\":\"No such collection Sat-X\"}}\n", json.err());
        assertFailure(8, "No such dataset a.b (--create makes it)", "ingest", "a.b", "x", rows.toString());
        assertFailure(8, "No such collection x (--create makes it)", "ingest", SLUG, "x", rows.toString());
    }

    @Test
    void badInputIsReportedWithStatusTwo() {
        String[] start = {"query", SLUG};
        assertFailure(
                2,
                "time interval: start 2025-01-02T00:00:00.000 UTC is after end 2025-01-01T00:00:00.000 UTC",
                words(start, "--time", "2025-01-02/2025-01-01"));
        assertEquals(2, CliRun.of(store, words(start, "--time", "yesterday")).status());
        assertFailure(2, "bbox \"1,2,3\": 3 numbers (expected W,S,E,N)", words(start, "--all-time", "--bbox", "1,2,3"));
        assertFailure(2, "bbox \"1,2,x,3\": \"x\" is not a number", words(start, "--all-time", "--bbox", "1,2,x,3"));
        assertFailure(2, "bbox: south 5.0 is above north 3.0", words(start, "--all-time", "--bbox", "1,5,2,3"));
        assertFailure(
                2,
                "query: spatial: no dataset in scope is spatio-temporal",
                words(start, "--all-time", "--bbox", "-10,2,5,3"));
        assertEquals(
                2,
                CliRun.of(store, words(start, "--all-time", "--where", "value <"))
                        .status());
        assertEquals(
                2,
                CliRun.of(store, words(start, "--all-time", "--where", "nope = 1"))
                        .status());
        assertFailure(
                2,
                "query: select: field \"nope\": no dataset in scope has it",
                words(start, "--all-time", "--select", "nope"));
        assertFailure(2, "query: limit: -5 (at least 0)", words(start, "--all-time", "--limit", "-5"));
        assertFailure(2, "query: limit: 1000001 (at most 1000000)", words(start, "--all-time", "--limit", "1000001"));
        assertFailure(
                2,
                "kind: \"spacial\" (expected temporal or spatiotemporal)",
                "dataset",
                "create",
                "a.c",
                "--kind",
                "spacial");
        assertEquals(
                2,
                CliRun.of(store, "dataset", "create", "A.c", "--kind", "temporal")
                        .status());
        assertEquals(
                2,
                CliRun.of(store, "dataset", "create", "a.c", "--kind", "temporal", "--field", "x")
                        .status());
    }

    private static String[] words(String[] first, String... more) {
        String[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    @Test
    void queriesPrintWhatMatchesInTheFormAskedFor() {
        assertEquals("2\n", CliRun.ok(store, "query", SLUG, "--all-time", "--count"));
        assertEquals(
                "{\"count\":1}\n",
                CliRun.ok(store, "query", "--all-time", "--where", "value > 100", "--count", "--json"));
        assertEquals(
                "{\"count\":1}\n",
                CliRun.ok(
                        store,
                        "query",
                        "--all-time",
                        "--where",
                        " {\"op\":\">\",\"args\":[{\"property\":\"value\"},100]}",
                        "--count",
                        "--json"));
        String table = CliRun.ok(store, "query", SLUG, "--all-time", "--select", "value,sensor");
        assertEquals(
                List.of("time", "id", "value", "sensor"),
                List.of(table.lines().findFirst().orElseThrow().split(" +")));
        assertTrue(table.contains("  45.16  A\n"), table);
        assertTrue(table.contains(" 273.15  B\n"), table);
        String lines = CliRun.ok(store, "query", SLUG, "--all-time", "--json");
        assertEquals(2, lines.lines().map(Json::parse).count());
        String array = CliRun.ok(store, "query", SLUG, "--all-time", "--format", "json");
        assertEquals(Json.parse("[" + String.join(",", lines.split("\n")) + "]"), Json.parse(array));
        assertEquals("[]\n", CliRun.ok(store, "query", SLUG, "--time", "1997", "--format", "json"));
    }

    @Test
    void theEndOfAnIntervalBelongsToItWhereSaid() {
        String[] counted = {"query", SLUG, "--count", "--json"};
        String bounds = "2025-03-28T11:44:23Z/2025-03-28T11:45:19Z";
        assertEquals("{\"count\":1}\n", CliRun.ok(store, words(counted, "--time", bounds)));
        assertEquals("{\"count\":2}\n", CliRun.ok(store, words(counted, "--time", "[" + bounds + "]")));
        assertEquals("{\"count\":0}\n", CliRun.ok(store, words(counted, "--time", "(" + bounds + ")")));
        assertEquals("{\"count\":2}\n", CliRun.ok(store, words(counted, "--datetime", bounds)));
        assertEquals("{\"count\":2}\n", CliRun.ok(store, words(counted, "--datetime", "../2025-03-28T11:45:19Z")));
        assertEquals("{\"count\":1}\n", CliRun.ok(store, words(counted, "--datetime", "2025-03-28T11:44:23.001Z/..")));
        assertEquals("{\"count\":1}\n", CliRun.ok(store, words(counted, "--time", "2025-03-28T11:44:23")));
        assertEquals("{\"count\":1}\n", CliRun.ok(store, words(counted, "--datetime", "2025-03-28T11:44:23")));
    }

    @Test
    void anEmptyResultIsSaidAndIsNoFailure() {
        CliRun run = CliRun.of(store, "query", SLUG, "--time", "1997-02-06 10:21:00");
        assertEquals(0, run.status());
        assertEquals("", run.out());
        assertEquals("no datapoints match\n", run.err());
    }

    @Test
    void pagesFollowEachOtherInBothDirections() {
        CliRun first = CliRun.of(store, "query", SLUG, "--all-time", "--limit", "1", "--json");
        assertTrue(first.err().startsWith("more follow: --after 0195dc91-45d8-"), first.err());
        String token = first.err().strip().replaceFirst(".* ", "");
        CliRun second = CliRun.of(store, "query", SLUG, "--all-time", "--limit", "1", "--json", "--after", token);
        assertTrue(second.out().contains("273.15"));
        assertEquals("", second.err());
        assertTrue(CliRun.ok(store, "query", SLUG, "--all-time", "--limit", "1", "--json", "--desc")
                .contains("273.15"));
    }

    @Test
    void severalDatasetsAnswerInOneOrder() throws IOException {
        Path other = folder.resolve("other.ndjson");
        Files.writeString(other, "{\"time\":\"2025-03-28T11:45:00Z\",\"other\":1}\n");
        CliRun.ok(store, "ingest", "my_org.other", "c", other.toString(), "--create");
        for (String[] scope : List.of(new String[] {"query"}, new String[] {"query", SLUG, "my_org.other"})) {
            String out = CliRun.ok(store, words(scope, "--all-time", "--json", "--skip-data"));
            assertEquals(
                    List.of("2025-03-28T11:44:23Z", "2025-03-28T11:45:00Z", "2025-03-28T11:45:19Z"),
                    out.lines()
                            .map(line -> line.replaceFirst(".*\"time\":\"([^\"]+)\".*", "$1"))
                            .toList());
            assertEquals("3\n", CliRun.ok(store, words(scope, "--all-time", "--count")));
            CliRun page = CliRun.of(store, words(scope, "--all-time", "--json", "--limit", "2"));
            assertEquals(2, page.out().lines().count());
            assertTrue(page.err().startsWith("more follow: --after "), page.err());
        }
        assertEquals("1\n", CliRun.ok(store, "query", "--all-time", "--count", "--where", "other = 1"));
    }

    @Test
    void aSchemaThatIsShownCanBeCreatedFrom() throws IOException {
        String shown = CliRun.ok(store, "dataset", "show", SLUG, "--json");
        Path file = folder.resolve("schema.json");
        Files.writeString(file, shown);
        CliRun.ok(store, "dataset", "create", "my_org.copy", "--schema", file.toString());
        String copy = CliRun.ok(store, "dataset", "show", "my_org.copy", "--json");
        assertEquals(shown, copy);
        Files.writeString(file, "{\"kind\":\"temporal\",\"feilds\":[]}");
        assertFailure(
                2,
                file + ": schema: \"feilds\": unknown member",
                "dataset",
                "create",
                "x.y",
                "--schema",
                file.toString());
        assertTrue(CliRun.ok(store, "dataset", "show", SLUG).contains("value           float64    queryable"));
        assertTrue(CliRun.ok(store, "dataset", "list").contains("my_org.copy"));
        assertEquals(
                2,
                Json.parse(CliRun.ok(store, "dataset", "list", "--json").strip())
                                .text()
                                .split("\"slug\"")
                                .length
                        - 1);
    }

    @Test
    void aStoreWithAWriterIsReadAndNotWritten() {
        try (Catalog writer = Catalog.open(store)) {
            assertEquals(INFO, CliRun.ok(store, "info", SLUG, "Measurements"));
            CliRun run = CliRun.of(store, "ingest", SLUG, "Measurements", rows.toString());
            assertEquals(4, run.status());
            assertEquals(1, writer.datasets().size());
        }
    }

    @Test
    void statisticsAndFlushAreJson() {
        CliRun.ok(store, "flush");
        assertTrue(CliRun.ok(store, "stats").contains("row_count"));
        String json = CliRun.ok(store, "stats", "--json").strip();
        assertEquals(2, number(json, "row_count"));
        assertEquals(1, number(json, "run_count"));
        assertEquals(1, number(json, "segment_count"));
        assertEquals(1, number(json, "partition_count"));
        assertEquals(0, number(json, "dead_row_count"));
        assertEquals(1, number(json, "space_amplification"));
        assertTrue(number(json, "write_amplification") > 1, json);
        CliRun.ok(store, "delete", SLUG, "Measurements", "--time", "2025-03-28T11:44:23Z");
        json = CliRun.ok(store, "stats", "--json").strip();
        assertEquals(1, number(json, "row_count"));
        assertEquals(1, number(json, "dead_row_count"));
        assertTrue(number(json, "space_amplification") > 2, json); // half of the segment, and the tombstones
    }

    private static double number(String json, String name) {
        return Double.parseDouble(json.replaceFirst(".*\"" + name + "\":([0-9.]+).*", "$1"));
    }

    @Test
    void aStoreWhoseWriterWasKilledIsRecoveredByTheFirstReaderAndNotByVerify() throws IOException {
        Path killed = folder.resolve("killed");
        try (Catalog writer = Catalog.open(store)) {
            writer.dataset(SLUG).createCollection("Written");
            copy(store, killed); // as a kill leaves it: nothing was closed
        }
        CliRun.ok(killed, "verify", "--deep");
        assertEquals(0, cleanClose(killed));
        assertEquals(INFO + "Written: <no data> (0 data points)\n", CliRun.ok(killed, "info", SLUG));
        assertEquals(1, cleanClose(killed));
        assertEquals(INFO, CliRun.ok(killed, "info", SLUG, "Measurements"));
    }

    private static long cleanClose(Path folder) {
        try (Catalog view = Catalog.open(folder, CatalogOptions.readOnly())) {
            return view.maintenance().orElseThrow().statistics().get("clean_close");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
