package org.almagest.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.almagest.model.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestCommandTest {
    private static final String SLUG = "my_org.my_custom_dataset";
    private static final String CSV = """
            time,value,sensor,precise_time,sensor_history,some_unwanted_column
            2025-03-28T11:44:23Z,45.16,A,2025-03-28T11:44:23.345761444Z,"[-12.15, 13.45, -8.2, 16.5, 45.16]",Unsupported
            2025-03-28T11:45:19Z,273.15,B,2025-03-28T11:45:19.128742312Z,"[300.16, 280.12, 273.15]",Unsupported
            """;

    @TempDir
    Path folder;

    private Path store() {
        return folder.resolve("store");
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private String ingest(Path file, String... more) {
        return CliRun.ok(store(), words(file, more))
                .replaceFirst(",\"seconds\":[0-9.]+", "")
                .strip();
    }

    private CliRun tryIngest(Path file, String... more) {
        return CliRun.of(store(), words(file, more));
    }

    private static String[] words(Path file, String... more) {
        List<String> words = new ArrayList<>(List.of("ingest", "a.b", "c", file.toString(), "--json"));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private static String counts(long rows, long created, long rejected, long batches) {
        return "{\"rows\":" + rows + ",\"created\":" + created + ",\"existing\":" + (rows - created - rejected)
                + ",\"replaced\":0,\"superseded\":0,\"stale\":0,\"rejected\":" + rejected + ",\"batches\":" + batches
                + "}";
    }

    /** Rows one second apart, from 2020 on. */
    private static String rows(int from, int count) {
        StringBuilder out = new StringBuilder();
        for (int i = from; i < from + count; i++) {
            out.append("{\"time\":")
                    .append(1_577_836_800L + i)
                    .append(",\"value\":")
                    .append(i)
                    .append("}\n");
        }
        return out.toString();
    }

    @Test
    void aColumnWithoutFieldIsRefusedUntilItIsDropped() throws IOException {
        Path file = file("rows.csv", CSV);
        CliRun.ok(
                store(),
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
        CliRun.ok(store(), "collection", "create", SLUG, "CSVMeasurements");
        CliRun refused = CliRun.of(store(), "ingest", SLUG, "CSVMeasurements", file.toString());
        assertEquals(2, refused.status());
        assertTrue(refused.err().contains("some_unwanted_column"), refused.err());
        assertEquals("CSVMeasurements: <no data> (0 data points)\n", CliRun.ok(store(), "info", SLUG));
        String done = CliRun.ok(
                store(), "ingest", SLUG, "CSVMeasurements", file.toString(), "--drop", "some_unwanted_column");
        assertTrue(done.startsWith("2 rows: 2 created, 0 existing ("), done);
        String found = CliRun.ok(store(), "query", SLUG, "--all-time", "--json");
        assertTrue(found.contains("\"id\":\"0195dc91-45d8-"), found);
        assertTrue(found.contains("\"id\":\"0195dc92-2098-"), found);
        assertTrue(found.contains("\"precise_time\":\"2025-03-28T11:45:19.128742312Z\""), found);
        assertTrue(found.contains("\"sensor_history\":[300.16,280.12,273.15]"), found);
    }

    @Test
    void createsDatasetAndCollectionAndAgainCreatesNothing() throws IOException {
        Path file = file("rows.ndjson", rows(0, 25));
        assertEquals(counts(25, 25, 0, 3), ingest(file, "--create", "--batch-rows", "10"));
        assertEquals(counts(25, 0, 0, 3), ingest(file, "--create", "--batch-rows", "10"));
        assertEquals(counts(25, 0, 0, 1), ingest(file));
        assertEquals("25\n", CliRun.ok(store(), "query", "a.b", "--all-time", "--count"));
    }

    @Test
    void acknowledgesEachBatchOnceInOrder() throws IOException {
        Path log = folder.resolve("ack.log");
        ingest(file("first.ndjson", rows(0, 25)), "--create", "--batch-rows", "10", "--ack-log", log.toString());
        assertEquals("1 10 10 0\n2 10 10 0\n3 5 5 0\n", Files.readString(log));
        ingest(file("second.ndjson", rows(20, 8)), "--ack-log", log.toString());
        assertEquals("1 10 10 0\n2 10 10 0\n3 5 5 0\n1 8 3 5\n", Files.readString(log));
    }

    @Test
    void severalFilesAreOneRun() throws IOException {
        Path second = file("b.ndjson", rows(5, 10));
        Path log = folder.resolve("ack.log");
        assertEquals(
                counts(20, 15, 0, 2),
                ingest(file("a.ndjson", rows(0, 10)), second.toString(), "--create", "--ack-log", log.toString()));
        assertEquals("1 10 10 0\n2 10 5 5\n", Files.readString(log));
    }

    @Test
    void readsCompressedFiles() throws IOException {
        Path file = folder.resolve("rows.ndjson.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(rows(0, 100).getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(counts(100, 100, 0, 1), ingest(file, "--create"));
    }

    @Test
    void aBadLineIsNamedAndTheBatchesBeforeItStay() throws IOException {
        Path file = file("rows.ndjson", rows(0, 20) + "{\"time\":1577836900,\"value\":\"x\"}\n" + rows(30, 5));
        Path good = file("good.ndjson", rows(0, 1));
        ingest(good, "--create");
        CliRun run = CliRun.of(store(), "ingest", "a.b", "c", file.toString(), "--batch-rows", "10");
        assertEquals(2, run.status());
        assertTrue(run.err().contains("almagest: stopped after 2 batches; 20 rows are stored"), run.err());
        assertTrue(run.err().contains("almagest: " + file + ": line 21: field \"value\": "), run.err());
        CliRun json = tryIngest(file("cut.ndjson", "{\"time\":1577836900,"));
        assertEquals(2, json.status());
        assertTrue(json.err().startsWith("{\"error\":{\"code\":\"INVALID_REQUEST\",\"message\":\""), json.err());
        assertTrue(json.err().contains("cut.ndjson: line 1: "), json.err());
        assertEquals("20\n", CliRun.ok(store(), "query", "a.b", "--all-time", "--count"));
    }

    @Test
    void badRowsAreSetAsideWhereAskedFor() throws IOException {
        Path rejects = folder.resolve("rejects.ndjson");
        Path file = file(
                "rows.ndjson",
                "{\"time\":1,\"value\":1}\n{\"time\":2,\"value\":\"x\"}\n{\"value\":3}\n{\"time\":4,\"value\":4}\n");
        ingest(file("good.ndjson", rows(0, 1)), "--create");
        assertEquals(counts(4, 2, 2, 1), ingest(file, "--rejects", rejects.toString()));
        List<String> lines = Files.readAllLines(rejects);
        assertEquals(2, lines.size());
        for (int i = 0; i < 2; i++) {
            assertTrue(Json.parse(lines.get(i)).text().contains("\"reason\":\""), lines.get(i));
            assertTrue(lines.get(i).contains("rows.ndjson"), lines.get(i));
        }
        assertTrue(String.join("", lines).contains("line 2"), lines.toString());
    }

    @Test
    void invalidRowsAreCountedAndTheFirstReasonsSaidWithoutAFile() throws IOException {
        StringBuilder text = new StringBuilder("{\"time\":1,\"value\":1}\n");
        for (int i = 2; i < 15; i++) {
            text.append("{\"time\":").append(i).append(",\"value\":\"x\"}\n");
        }
        Path file = file("rows.ndjson", text.toString());
        ingest(file("good.ndjson", rows(0, 1)), "--create");
        assertEquals(2, tryIngest(file).status());
        CliRun run = tryIngest(file, "--on-invalid", "quarantine");
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().contains("\"created\":1,") && run.out().contains("\"rejected\":13,"), run.out());
        assertEquals(11, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("set aside: " + file + ": line 2: field \"value\": "), run.err());
        assertTrue(run.err().endsWith("--rejects FILE writes all of them with their reasons\n"), run.err());
        CliRun both = tryIngest(
                file, "--on-invalid", "refuse", "--rejects", folder.resolve("r").toString());
        assertEquals(1, both.status());
        assertTrue(both.err().contains("--rejects goes without --on-invalid refuse"), both.err());
        CliRun word = tryIngest(file, "--on-invalid", "ignore");
        assertEquals(1, word.status());
        assertTrue(word.err().contains("'--on-invalid'") && word.err().contains("QUARANTINE"), word.err());
    }

    @Test
    void polygonsAreStrictAndAsDrawnWhereAskedForInEveryFormat() throws IOException {
        String bowTie = "POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))";
        String wide = "POLYGON ((-179 -20, 179 -20, 179 -10, -179 -10, -179 -20))";
        Path csv = file("places.csv", "time,geometry\n2020-01-01,\"" + bowTie + "\"\n2020-01-02,\"" + wide + "\"\n");
        String geojson = "{\"type\":\"Feature\",\"properties\":{\"time\":\"2020-01-0%d\"},\"geometry\":"
                + "{\"type\":\"Polygon\",\"coordinates\":[[%s]]}}";
        Path features = file(
                "places.geojson",
                "{\"type\":\"FeatureCollection\",\"features\":["
                        + String.format(geojson, 1, "[0,0],[2,2],[2,0],[0,2],[0,0]") + ","
                        + String.format(geojson, 2, "[-179,-20],[179,-20],[179,-10],[-179,-10],[-179,-20]") + "]}");
        int number = 0;
        for (Path file : List.of(csv, features)) {
            String slug = "places.number_" + number++;
            String[] strict = {"ingest", slug, "strict", file.toString(), "--create", "--strict"};
            CliRun refused = CliRun.of(store(), strict);
            assertEquals(2, refused.status());
            assertTrue(refused.err().contains("field \"geometry\": "), refused.err());
            CliRun.ok(store(), "ingest", slug, "short", file.toString(), "--create");
            CliRun.ok(store(), "ingest", slug, "drawn", file.toString(), "--create", "--as-drawn");
            String[] middle = {"query", slug, "--all-time", "--bbox", "90,-16,91,-15", "--count", "--collection"};
            assertEquals("0\n", CliRun.ok(store(), with(middle, "short")));
            assertEquals("1\n", CliRun.ok(store(), with(middle, "drawn")));
        }
    }

    private static String[] with(String[] words, String last) {
        String[] all = Arrays.copyOf(words, words.length + 1);
        all[words.length] = last;
        return all;
    }

    @Test
    void filesThatCannotBeReadAreFoundOutFirst() throws IOException {
        Path file = file("rows.ndjson", rows(0, 5));
        Path missing = folder.resolve("none.ndjson");
        for (Path[] files : List.of(new Path[] {file, missing}, new Path[] {missing, file})) {
            CliRun run = CliRun.of(store(), "ingest", "a.b", "c", files[0].toString(), files[1].toString(), "--create");
            assertEquals(2, run.status());
            assertEquals("almagest: " + missing + ": no such file\n", run.err());
        }
        CliRun directory = CliRun.of(store(), "ingest", "a.b", "c", folder.toString(), "--create");
        assertEquals(2, directory.status());
        assertEquals("almagest: " + folder + ": is a folder (expected a file)\n", directory.err());
        assertFalse(Files.exists(store()));
        CliRun log = tryIngest(
                file, "--create", "--ack-log", folder.resolve("no/such/folder").toString());
        assertEquals(2, log.status());
        assertTrue(log.err().contains("cannot be written"), log.err());
    }

    @Test
    void replacingIsRefusedByTheEngine() throws IOException {
        CliRun run = tryIngest(file("rows.ndjson", rows(0, 5)), "--create", "--mode", "replace");
        assertEquals(2, run.status());
        assertTrue(run.err().contains("REPLACE"), run.err());
    }

    @Test
    void aStacFileGrowsTheSchemaAndTakesAnyOrder() throws IOException {
        String first = item("one", "\"gsd\":1.0");
        String second = item("two", "\"eo:cloud_cover\":12.5,\"new:name\":\"x\"");
        assertEquals(counts(1, 1, 0, 1), ingest(file("one.json", first), "--create"));
        assertEquals(counts(1, 1, 0, 1), ingest(file("two.json", second)));
        assertEquals(counts(2, 0, 0, 1), ingest(file("both.ndjson", second + "\n" + first + "\n")));
        assertEquals(
                "1\n", CliRun.ok(store(), "query", "a.b", "--all-time", "--where", "eo:cloud_cover > 12", "--count"));
        assertTrue(CliRun.ok(store(), "find", "a.b", "--key", "two").contains("new_name"));
        CliRun refused = tryIngest(file("three.json", item("three", "\"other\":1")), "--no-evolve");
        assertEquals(2, refused.status(), refused.err());
    }

    private static String item(String id, String properties) {
        return "{\"type\":\"Feature\",\"stac_version\":\"1.0.0\",\"id\":\"" + id
                + "\",\"geometry\":{\"type\":\"Point\","
                + "\"coordinates\":[7,46]},\"bbox\":[7,46,7,46],\"properties\":{\"datetime\":\"2020-01-01T00:00:00Z\","
                + properties + "},\"links\":[],\"assets\":{}}";
    }

    @Test
    void whatIsGeneratedIsIngestedAgain() throws IOException {
        for (String name : List.of("granules.ndjson", "granules.ndjson.gz")) {
            Path file = folder.resolve(name);
            CliRun.ok(store(), "generate", "--rows", "200", "--seed", "3", "--out", file.toString());
        }
        assertEquals(counts(200, 200, 0, 1), ingest(folder.resolve("granules.ndjson"), "--create"));
        assertEquals(counts(200, 0, 0, 1), ingest(folder.resolve("granules.ndjson.gz"), "--create"));
        Path csv = folder.resolve("granules.csv");
        CliRun.ok(store(), "generate", "--rows", "200", "--seed", "3", "--out", csv.toString());
        assertTrue(CliRun.ok(store(), "ingest", "a.csv", "c", csv.toString(), "--create", "--json")
                .startsWith("{\"rows\":200,\"created\":200,"));
        Path parquet = folder.resolve("granules.parquet");
        CliRun.ok(store(), "generate", "--rows", "200", "--seed", "3", "--out", parquet.toString());
        assertTrue(CliRun.ok(store(), "ingest", "a.parquet", "c", parquet.toString(), "--create", "--json")
                .startsWith("{\"rows\":200,\"created\":200,"));
        assertEquals(
                2,
                CliRun.of(store(), "generate", "--rows", "2", "--out", "x.pdf").status());
    }
}
