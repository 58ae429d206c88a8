package org.almagest.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that correct, delete, restore, expire and compact. */
class LivingCommandsTest {
    private static final String SLUG = "my.scenes";
    private static final String SAT = "SAT-1";
    private static final String ABSENT = "0186d6b6-66cc-fcfd-91df-bbbff72499c3";

    @TempDir
    Path folder;

    private Path store;

    @BeforeEach
    void ingestTenScenes() throws IOException {
        store = folder.resolve("store");
        run("dataset create my.scenes --kind spatiotemporal --field name:string --field cloud:float64"
                + " --field revised:int64 --key name --version revised");
        run("collection create my.scenes SAT-1");
        ingest("skip", scenes(0, 10, 1, 10));
    }

    /** Returns scenes on days from the first of January on. */
    private static List<String> scenes(int from, int to, int revised, double cloud) {
        return IntStream.range(from, to)
                .mapToObj(i -> String.format(
                        "{\"time\":\"2025-01-%02dT00:00:00Z\",\"name\":\"scene-%d\",\"cloud\":%s,\"revised\":%d,"
                                + "\"geometry\":{\"type\":\"Point\",\"coordinates\":[%d,45]}}",
                        i + 1, i, cloud + i, revised, i))
                .toList();
    }

    private Path file(String name, List<String> lines) throws IOException {
        return Files.write(folder.resolve(name), lines);
    }

    private String ingest(String mode, List<String> rows) throws IOException {
        String file = file("rows.ndjson", rows).toString();
        return CliRun.ok(store, "ingest", SLUG, SAT, file, "--mode", mode, "--json")
                .replaceAll(",\"batches\".*", "")
                .strip();
    }

    /** Runs words that are separated by one blank. */
    private String run(String words) {
        return CliRun.ok(store, words.split(" "));
    }

    private long count() {
        return Long.parseLong(run("query my.scenes --all-time --count").strip());
    }

    private List<String> ids() {
        return run("query my.scenes --all-time --skip-data --json")
                .lines()
                .map(line -> line.replaceFirst(".*\"id\":\"([^\"]+)\".*", "$1"))
                .collect(Collectors.toList());
    }

    private void assertFailure(int status, String message, String... args) {
        long before = count();
        CliRun run = CliRun.of(store, args);
        assertEquals("almagest: " + message + "\n", run.err());
        assertEquals(status, run.status());
        assertEquals("", run.out());
        assertEquals(before, count());
    }

    private void assertFailure(int status, String message, String words) {
        assertFailure(status, message, words.split(" "));
    }

    @Test
    void replacingCountsWhatHappenedToEachRow() throws IOException {
        List<String> rows = new ArrayList<>(scenes(0, 9, 1, 10)); // there already
        rows.addAll(scenes(9, 10, 2, 50)); // overtaken by the next one
        rows.addAll(scenes(9, 10, 3, 60));
        rows.addAll(scenes(10, 12, 1, 10)); // new
        rows.addAll(scenes(11, 12, 0, 10)); // too late
        assertEquals(
                "{\"rows\":14,\"created\":2,\"existing\":9,\"replaced\":1,\"superseded\":1,\"stale\":1,\"rejected\":0",
                ingest("replace", rows));
        assertEquals(12, count());
        assertTrue(run("find my.scenes --key scene-9 --json").contains("\"cloud\":69,"));
        String text = CliRun.ok(
                store,
                "ingest",
                SLUG,
                SAT,
                file("again.ndjson", scenes(9, 11, 0, 70)).toString(),
                "--mode",
                "replace");
        assertTrue(text.startsWith("2 rows: 0 created, 0 existing, 2 stale ("), text);
    }

    @Test
    void aKeyThatIsLiveUnderAnotherIdIsAConflictUnlessReplaced() throws IOException {
        String file = file("rows.ndjson", scenes(3, 4, 1, 99)).toString();
        CliRun run = CliRun.of(store, "ingest", SLUG, SAT, file);
        assertEquals(9, run.status());
        assertTrue(run.err().startsWith("almagest: row 0: key \"name\": \"scene-3\" is live under id "), run.err());
        run("dataset create my.plain --kind temporal --field name:string");
        run("collection create my.plain c");
        Files.writeString(folder.resolve("rows.ndjson"), "{\"time\":\"2025-01-01\",\"name\":\"a\"}\n");
        assertFailure(
                2,
                "ingest: mode: REPLACE (expected a dataset with a key)",
                "ingest",
                "my.plain",
                "c",
                file,
                "--mode",
                "replace");
    }

    @Test
    void deletingByIdIsAllOrNothing() throws IOException {
        List<String> ids = ids();
        assertEquals("2 datapoints deleted\n", run("delete my.scenes SAT-1 --id " + ids.get(0) + " " + ids.get(1)));
        assertEquals("{\"deleted\":1}\n", run("delete my.scenes SAT-1 --json --id " + ids.get(2) + " " + ids.get(2)));
        assertFailure(
                8, "No such datapoint " + ids.get(0), "delete my.scenes SAT-1 --id " + ids.get(3) + " " + ids.get(0));
        assertEquals(
                "2 datapoints deleted\n", run("delete my.scenes SAT-1 --id " + ids.get(3) + " --id " + ids.get(4)));
        assertEquals(5, count());
        assertFailure(2, "id: \"xyz\" (expected a UUID of 36 characters)", "delete my.scenes SAT-1 --id xyz");
    }

    @Test
    void deletingByAFileOfIdsNamesTheLineThatIsWrong() throws IOException {
        List<String> ids = ids();
        Path some = file("ids.txt", List.of(ids.get(0), "", " " + ids.get(1) + "\r"));
        assertEquals("{\"deleted\":2}\n", run("delete my.scenes SAT-1 --json --ids " + some));
        Path wrong = file("wrong.txt", List.of(ids.get(2), "", "xyz"));
        assertFailure(
                2,
                wrong + ": line 3: id: \"xyz\" (expected a UUID of 36 characters)",
                "delete my.scenes SAT-1 --ids " + wrong);
        assertFailure(2, folder + "/no.txt: no such file", "delete my.scenes SAT-1 --ids " + folder + "/no.txt");
        CliRun empty = CliRun.of(
                store,
                "delete",
                SLUG,
                SAT,
                "--json",
                "--ids",
                file("none.txt", List.of()).toString());
        assertEquals("{\"deleted\":0}\n", empty.out());
        assertEquals(folder + "/none.txt: nothing in it (expected one a line)\n", empty.err());
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 10_001; i++) {
            many.add(i == 5_000 ? ABSENT : ids.get(2 + i % 8));
        }
        assertFailure(8, "No such datapoint " + ABSENT, "delete my.scenes SAT-1 --ids " + file("many.txt", many));
        many.set(5_000, ids.get(2));
        assertEquals("{\"deleted\":8}\n", run("delete my.scenes SAT-1 --json --ids " + file("many.txt", many)));
        assertEquals(0, count());
    }

    @Test
    void deletingByKeyTakesWordsOrAFile() throws IOException {
        assertEquals("2 datapoints deleted\n", run("delete my.scenes SAT-1 --key scene-0 scene-1"));
        assertEquals(
                "{\"deleted\":2}\n",
                run("delete my.scenes SAT-1 --json --keys " + file("keys.txt", List.of("scene-2", "", "scene-3"))));
        assertFailure(8, "No such datapoint with key \"scene-3\"", "delete my.scenes SAT-1 --key scene-4 scene-3");
        run("dataset create my.plain --kind temporal --field name:string");
        run("collection create my.plain c");
        assertFailure(2, "dataset \"my.plain\": has no key", "delete my.plain c --key x");
        run("dataset create my.numbers --kind temporal --field n:int64 --key n");
        run("collection create my.numbers c");
        Path wrong = file("numbers.txt", List.of("", "seven"));
        assertFailure(2, wrong + ": line 2: key: \"seven\" (expected int64)", "delete my.numbers c --keys " + wrong);
        assertFailure(8, "No such datapoint with key 7", "delete my.numbers c --key 7");
    }

    @Test
    void deletingByQueryTakesTimesConditionsAndAreas() {
        assertEquals("2 datapoints deleted\n", run("delete my.scenes SAT-1 --time 2025-01-01/2025-01-03"));
        assertEquals("{\"deleted\":2}\n", run("delete my.scenes SAT-1 --datetime 2025-01-03/2025-01-04 --json"));
        assertEquals("{\"deleted\":0}\n", run("delete my.scenes SAT-1 --time 2024-01-01/2025-01-04 --json"));
        assertEquals(
                "1 datapoint deleted\n",
                CliRun.ok(store, "delete", SLUG, SAT, "--all-time", "--where", "cloud > 18.5 AND name = 'scene-9'"));
        assertEquals("{\"deleted\":2}\n", run("delete my.scenes SAT-1 --all-time --bbox 3.5,40,5.5,50 --json"));
        assertEquals(3, count());
        assertFailure(
                2,
                "time interval: start 2025-01-02T00:00:00.000 UTC is after end 2025-01-01T00:00:00.000 UTC",
                "delete my.scenes SAT-1 --time 2025-01-02/2025-01-01");
        assertFailure(
                2,
                "filter: field \"nope\": no dataset in scope has it",
                "delete my.scenes SAT-1 --all-time --where nope=1");
        assertEquals("{\"deleted\":3}\n", run("delete my.scenes SAT-1 --all-time --json"));
        assertEquals("SAT-1: <no data> (0 data points)\n", run("info my.scenes"));
    }

    @Test
    void whatIsToGoMustBeSaidOnceAndExists() {
        CliRun none = CliRun.of(store, "delete", SLUG, SAT);
        assertEquals(1, none.status());
        assertTrue(none.err().startsWith("almagest: Missing required argument (specify one of these): ("), none.err());
        assertEquals(
                1,
                CliRun.of(store, "delete", SLUG, SAT, "--all-time", "--key", "x")
                        .status());
        assertEquals(
                1,
                CliRun.of(store, "delete", SLUG, SAT, "--id", ABSENT, "--time", "2025")
                        .status());
        CliRun mixed = CliRun.of(store, "delete", SLUG, SAT, "--key", "scene-1", "--where", "cloud > 1");
        assertEquals(1, mixed.status());
        assertTrue(
                mixed.err()
                        .startsWith(
                                "almagest: conditions go with --time, --datetime or --all-time, not with ids or keys\n"),
                mixed.err());
        assertFailure(8, "No such dataset my.nope", "delete my.nope SAT-1 --all-time");
        assertFailure(8, "No such collection SAT-2", "delete my.scenes SAT-2 --all-time");
        assertEquals(10, count());
    }

    @Test
    void aDeletedDatasetIsHiddenUntilItIsRestored() {
        String deleted = run("dataset delete my.scenes");
        assertTrue(
                deleted.matches("deleted my\\.scenes; until 20\\S+ UTC it can be restored:"
                        + " almagest dataset restore my\\.scenes\n"),
                deleted);
        CliRun list = CliRun.of(store, "dataset", "list");
        assertEquals("no datasets (1 deleted: --deleted)\n", list.err());
        assertEquals("[]\n", run("dataset list --json"));
        assertTrue(run("dataset list --deleted").contains("my.scenes"));
        String json = run("dataset list --deleted --json");
        assertTrue(
                json.matches("\\[\\{\"slug\":\"my\\.scenes\",\"id\":\"[0-9a-f-]{36}\",\"deleted_at\":\"20[^\"]+Z\","
                        + "\"restorable_until\":\"20[^\"]+Z\"}]\n"),
                json);
        CliRun create = CliRun.of(store, "dataset", "create", SLUG, "--kind", "temporal");
        assertEquals(9, create.status());
        assertTrue(create.err().contains("restore"), create.err());
        assertEquals("restored my.scenes\n", run("dataset restore my.scenes"));
        assertEquals(10, count());
        assertFailure(8, "No such deleted dataset my.scenes", "dataset restore my.scenes");
        assertFailure(8, "No such dataset my.nope", "dataset delete my.nope");
        assertEquals(
                "no deleted datasets\n",
                CliRun.of(store, "dataset", "list", "--deleted").err());
        assertEquals("[]\n", run("dataset list --deleted --json"));
    }

    @Test
    void anEmptyDatasetIsGoneAtOnce() {
        run("dataset create my.plain --kind temporal");
        assertEquals("deleted my.plain: it was empty and is gone\n", run("dataset delete my.plain"));
        run("dataset create my.plain --kind temporal");
        assertEquals("{\"slug\":\"my.plain\",\"restorable_until\":null}\n", run("dataset delete my.plain --json"));
    }

    @Test
    void aDeletedCollectionIsGoneForGood() {
        assertEquals("deleted SAT-1 of my.scenes with 10 datapoints\n", run("collection delete my.scenes SAT-1"));
        assertFailure(8, "No such collection SAT-1", "collection delete my.scenes SAT-1");
        run("collection create my.scenes SAT-1");
        assertEquals("{\"name\":\"SAT-1\",\"deleted\":0}\n", run("collection delete my.scenes SAT-1 --json"));
    }

    @Test
    void retentionIsShownSetAndCleared() {
        String command = "collection retention my.scenes SAT-1";
        assertEquals("SAT-1: kept for ever\n", run(command));
        assertEquals("{\"name\":\"SAT-1\",\"retention\":null,\"basis\":null}\n", run(command + " --json"));
        assertEquals("SAT-1: kept for P30000D after their time\n", run(command + " 30000d"));
        assertEquals("SAT-1: kept for P30000D after their time\n", run(command));
        assertEquals(
                "{\"name\":\"SAT-1\",\"retention\":\"PT12H\",\"basis\":\"ingestion\"}\n",
                run(command + " PT12H --basis ingestion --json"));
        assertEquals("SAT-1: kept for PT12H after they were stored\n", run(command));
        assertTrue(run("collection list my.scenes").contains("PT12H after they were stored"));
        assertEquals("SAT-1: kept for ever\n", run(command + " none"));
        assertFailure(
                2,
                "retention: \"soon\" is no duration (expected such as 30d, 12h, 90m, 45s, 1d12h or ISO 8601 P1DT12H)",
                command + " soon");
        assertFailure(2, "retention: age: PT0S (expected PT0.001S to 3660000 days)", command + " 0d");
        assertEquals(
                1, CliRun.of(store, (command + " none --basis time").split(" ")).status());
        assertEquals(1, CliRun.of(store, (command + " --basis time").split(" ")).status());
        assertEquals(10, count());
    }

    @Test
    void expiringDeletesWhatRetentionNoLongerKeeps() {
        assertEquals("{\"deleted\":0}\n", run("expire --json"));
        run("collection retention my.scenes SAT-1 1d");
        // The next command that opens the store for writing applies it, whichever it is.
        assertTrue(run("expire").endsWith(" datapoints deleted\n"));
        assertEquals(0, count());
    }

    @Test
    void compactingReportsBeforeAndAfter() {
        run("delete my.scenes SAT-1 --key scene-1");
        String json = run("compact --json");
        assertTrue(json.startsWith("{\"before\":{\"row_count\":9,\"dead_row_count\":1,"), json);
        assertTrue(json.contains("\"after\":{\"row_count\":9,"), json);
        assertTrue(run("compact").startsWith("compacted in "));
        assertEquals(9, count());
    }

    @Test
    void earlierVersionsStayReadableForTheHistoryThatIsAskedFor() {
        long before = version();
        assertEquals("{\"deleted\":1}\n", run("--history 1d delete my.scenes SAT-1 --json --key scene-1"));
        String then = "query my.scenes --all-time --count --version " + before;
        assertEquals("10\n", run(then + " --history 1d"));
        CliRun variable =
                CliRun.bare(Map.of("ALMAGEST_STORE", store.toString(), "ALMAGEST_HISTORY", "P1D"), then.split(" "));
        assertEquals("10\n", variable.out());
        assertEquals(9, count());
        assertFailure(8, "version " + before + ": no longer kept (oldest " + version() + ")", then);
        assertFailure(
                2,
                "--history: \"soon\" is no duration (expected such as 30d, 12h, 90m, 45s, 1d12h or ISO 8601 P1DT12H)",
                "flush --history soon");
        run("delete my.scenes SAT-1 --key scene-2"); // without history
        assertEquals(8, CliRun.of(store, (then + " --history 1d").split(" ")).status());
    }

    private long version() {
        return Long.parseLong(run("stats --json").strip().replaceFirst(".*\"version\":([0-9]+).*", "$1"));
    }
}
