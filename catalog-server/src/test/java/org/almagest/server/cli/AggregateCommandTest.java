package org.almagest.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.almagest.server.cli.output.Terminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts by time, place and value, as people and programs read them. */
class AggregateCommandTest {
    private static final String ROWS = """
            {"time":"2020-01-01T23:30:00Z","name":"a","cloud":0.5,"geometry":{"type":"Point","coordinates":[11.5,48.1]}}
            {"time":"2020-01-02T00:00:00Z","name":"b, \\"c\\"","cloud":20,"geometry":{"type":"Point","coordinates":[11.6,48.2]}}
            {"time":"2020-01-04T00:00:00Z","name":"a","geometry":{"type":"Point","coordinates":[-70,-30]}}
            """;

    @TempDir
    Path folder;

    private Path store;

    @BeforeEach
    void ingestThreeRows() throws IOException {
        store = folder.resolve("store");
        Path file = Files.writeString(folder.resolve("rows.ndjson"), ROWS);
        CliRun.ok(
                store,
                "dataset create a.rows --kind spatiotemporal --field name:string --field cloud:float64".split(" "));
        CliRun.ok(store, "ingest", "a.rows", "c", file.toString(), "--create");
    }

    private String ask(String words) {
        return CliRun.ok(store, ("query a.rows --all-time " + words).split(" "));
    }

    private String onTerminal(Map<String, String> environment, int columns, String words) {
        List<String> all = new ArrayList<>(List.of("--store", store.toString(), "query", "a.rows", "--all-time"));
        all.addAll(List.of(words.split(" ")));
        Terminal terminal = new Terminal(columns, Set.of(Terminal.Stream.RESULTS));
        return CliRun.on(terminal, environment, all.toArray(String[]::new)).out();
    }

    private void assertRefused(int status, String message, String words) {
        CliRun run = CliRun.of(store, ("query a.rows --all-time " + words).split(" "));
        assertEquals("almagest: " + message, run.err().lines().findFirst().orElse(""));
        assertEquals(status, run.status());
    }

    @Test
    void anExplanationSaysWhatAnAnswerCameFrom() {
        assertTrue(ask("--histogram day --explain").contains("\naggregates             histogram by day in "));
        assertTrue(ask("--histogram day --explain --json").contains("\"answered_by_ids\":1"));
        assertTrue(ask("--distinct name --explain --json").contains("\"answered_by_rows\":1"));
        assertTrue(ask("--count --explain --json").contains("\"aggregates\":\"count\""));
    }

    @Test
    void aHistogramIsAnArrayOfKeysAndCounts() {
        assertEquals("""
                [
                {"key":"2020-01-01T00:00:00Z","count":1},
                {"key":"2020-01-02T00:00:00Z","count":1},
                {"key":"2020-01-03T00:00:00Z","count":0},
                {"key":"2020-01-04T00:00:00Z","count":1}]
                """, ask("--histogram day --json"));
        assertEquals("""
                {"key":"2020-01-02T00:00:00+01:00","count":2}
                {"key":"2020-01-03T00:00:00+01:00","count":0}
                {"key":"2020-01-04T00:00:00+01:00","count":1}
                """, ask("--histogram day:Europe/Berlin --format ndjson"));
        assertEquals("[]\n", ask("--histogram day --where cloud>100 --json"));
    }

    @Test
    void gridsAndValuesAreToo() {
        assertEquals("[\n{\"key\":\"6\",\"count\":1},\n{\"key\":\"u\",\"count\":2}]\n", ask("--geohash 1 --json"));
        assertEquals("key,count\n6,1\nu,2\n", ask("--geohash 1:intersecting --format csv"));
        assertEquals("key,count\na,2\n\"b, \"\"c\"\"\",1\n", ask("--distinct name --format csv"));
        assertEquals("{\"min\":0.5,\"max\":20}\n", ask("--range cloud --json"));
        assertEquals(
                "{\"min\":\"2020-01-01T23:30:00Z\",\"max\":\"2020-01-04T00:00:00Z\"}\n", ask("--range time --json"));
        assertEquals("{\"min\":null,\"max\":null}\n", ask("--range cloud --where cloud>100 --json"));
        assertEquals("min  0.5\nmax  20\n", ask("--range cloud"));
    }

    @Test
    void aTableHasBarsOnATerminal() {
        assertEquals("name    count\na           2\nb, \"c\"      1\n", ask("--distinct name"));
        assertEquals(
                "name    count\na           2  ██████████\nb, \"c\"      1  █████\n",
                onTerminal(Map.of("LANG", "en_US.UTF-8"), 25, "--distinct name"));
        assertEquals(
                "name    count\na           2  ##########\nb, \"c\"      1  #####\n",
                onTerminal(Map.of("LC_ALL", "C", "LANG", "en_US.UTF-8"), 25, "--distinct name"));
    }

    @Test
    void refusesWhatIsNoUnitZoneOrCell() {
        assertRefused(
                2,
                "histogram: unit \"days\": unknown (expected second, minute, hour, day, week, month, quarter, year)",
                "--histogram days");
        assertRefused(
                2,
                "histogram: zone \"Nowhere\": unknown (expected a name such as Europe/Berlin, or +02:00)",
                "--histogram day:Nowhere");
        assertRefused(2, "geohash: precision \"x\": not a number (expected 1 to 12)", "--geohash x");
        assertRefused(2, "aggregate: geohash grid: precision: 13 (expected 1 to 12)", "--geohash 13");
        assertRefused(2, "geohash: rule \"near\": unknown (expected centroid or intersecting)", "--geohash 3:near");
        assertRefused(
                2, "query: format: geojson (counts have table, json, ndjson and csv)", "--geohash 3 --format geojson");
        assertRefused(
                1, "--histogram, --geohash, --distinct, --range and --count go one at a time", "--geohash 3 --count");
        assertRefused(1, "--select and --skip-data go one at a time", "--select name --skip-data");
        assertRefused(1, "--format goes without --count and --explain", "--count --format csv");
        assertRefused(1, "--format goes without --count and --explain", "--explain --format csv");
        CliRun latest = CliRun.of(store, "query a.rows --latest 3 --range name".split(" "));
        assertEquals(1, latest.status(), latest.err());
        assertRefused(2, "aggregate: range: field \"absent\": no dataset in scope has it", "--range absent");
    }
}
