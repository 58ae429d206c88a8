package org.almagest.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Order, extent, scope and version of queries, as users state them. */
class QueryOptionsTest {
    private static final String WEEKS = """
            time,start_time,end_time,name,cloud
            2020-01-01,2020-01-01T00:00:00Z,2020-01-08T00:00:00Z,w1,10.5
            2020-01-08,2020-01-08T00:00:00.000000001Z,2020-01-15T00:00:00Z,w2,
            2020-01-15,2020-01-15T00:00:00Z,2020-01-22T00:00:00Z,w3,3
            2020-01-22,,,w4,7
            """;
    private static final String OTHERS = """
            time,name,cloud
            2020-01-02,b1,x
            2020-01-09,b2,y
            """;

    @TempDir
    Path folder;

    private Path store;

    @BeforeEach
    void ingestTwoDatasets() throws IOException {
        store = folder.resolve("store");
        String create = "dataset create a.weeks --kind temporal --field start_time:timestamp --field end_time:timestamp"
                + " --field name:string --field cloud:float64 --extent start_time,end_time";
        CliRun.ok(store, create.split(" "));
        Path weeks = Files.writeString(folder.resolve("weeks.csv"), WEEKS);
        Path others = Files.writeString(folder.resolve("others.csv"), OTHERS);
        CliRun.ok(store, "ingest", "a.weeks", "c", weeks.toString(), "--create");
        CliRun.ok(store, "ingest", "b.others", "d", others.toString(), "--create");
    }

    private static String[] words(String words) {
        return ("query " + words).split(" ");
    }

    private List<String> names(String words) {
        String out = CliRun.ok(store, words(words + " --json --select name"));
        return out.lines()
                .map(line -> line.replaceFirst(".*\"name\":\"([^\"]+)\".*", "$1"))
                .toList();
    }

    private void assertRefused(int status, String message, String words) {
        CliRun run = CliRun.of(store, words(words));
        assertEquals("almagest: " + message, run.err().lines().findFirst().orElse(""));
        assertEquals(status, run.status());
    }

    @Test
    void sortsByFieldsOfOneDatasetOrSeveral() {
        assertEquals(List.of("w3", "w4", "w1", "w2"), names("a.weeks --all-time --sort cloud"));
        assertEquals(List.of("w1", "w4", "w3", "w2"), names("a.weeks --all-time --sort=-cloud"));
        assertEquals(List.of("b2", "b1", "w1", "w4", "w3", "w2"), names("--all-time --sort -cloud,name"));
        assertEquals(List.of("w4", "w3"), names("--all-time --sort -time --limit 2"));
        assertEquals(List.of("b1", "b2", "w1"), names("a.weeks b.others --all-time --sort name --limit 3"));
    }

    @Test
    void pagesOfASortFollowEachOther() {
        List<String> all = new ArrayList<>();
        String after = "";
        for (int page = 0; page < 3; page++) {
            CliRun run = CliRun.of(store, words("--all-time --sort cloud,-name --limit 2 --skip-data --json" + after));
            run.out()
                    .lines()
                    .map(line -> line.replaceFirst(".*\"id\":\"([^\"]+)\".*", "$1"))
                    .forEach(all::add);
            assertEquals(page < 2, run.err().startsWith("more follow: --after "), run.err());
            after = " --after " + run.err().strip().replaceFirst(".* ", "");
        }
        String whole = CliRun.ok(store, words("--all-time --sort cloud,-name --skip-data --json"));
        assertEquals(
                whole.lines()
                        .map(line -> line.replaceFirst(".*\"id\":\"([^\"]+)\".*", "$1"))
                        .toList(),
                all);
        String id = all.get(0);
        assertRefused(
                2,
                "query: page token: only an id (expected 1, one for each field that the query sorts by)",
                "--all-time --sort cloud --after " + id);
        assertRefused(
                2,
                "page token \"" + id + "~x\": damaged (expected one as an earlier page ended with)",
                "--all-time --sort cloud --after " + id + "~x");
    }

    @Test
    void whatCannotBeSortedByIsNamed() {
        assertRefused(2, "query: sort: field \"nope\": no dataset in scope has it", "--all-time --sort nope");
        assertRefused(2, "query: sort: a field without a name (expected -time,name)", "--all-time --sort time,,name");
        String many = String.join(",", Collections.nCopies(17, "name"));
        assertRefused(2, "query: sort: 17 (at most 16)", "--all-time --sort " + many);
    }

    @Test
    void extentFindsWhatReachesIntoTheInterval() {
        assertEquals(List.of(), names("a.weeks --time 2020-01-10/2020-01-11"));
        assertEquals(List.of("w2"), names("a.weeks --time 2020-01-10/2020-01-11 --extent"));
        assertEquals(List.of("w1"), names("a.weeks --time 2020-01-08 --extent"));
        assertEquals(List.of("w1", "w2"), names("a.weeks --datetime 2020-01-08/2020-01-09 --extent"));
        assertEquals(List.of("w4"), names("a.weeks --datetime 2020-01-22T00:00:00.000000001Z/.. --extent"));
        assertEquals(List.of("b2", "w2"), names("--time 2020-01-09/2020-01-10 --extent --sort name"));
        assertEquals("2\n", CliRun.ok(store, words("--time 2020-01-09/2020-01-10 --extent --count")));
        CliRun useless = CliRun.of(store, words("b.others --time 2020-01-09 --extent --count"));
        assertEquals("no dataset in scope declares an extent; --extent changes nothing\n", useless.err());
        assertEquals("1\n", useless.out());
    }

    @Test
    void latestIsTheNewestFirst() {
        assertEquals(List.of("w4", "w3"), names("--latest 2"));
        assertEquals(List.of("b2", "b1"), names("b.others --latest 9"));
        assertEquals(List.of("w1"), names("--latest 1 --where cloud=10.5"));
        String usage = "--latest goes without --sort, --desc, --limit and --count";
        for (String other : List.of("--limit 3", "--desc", "--sort name", "--count")) {
            assertRefused(1, usage, "--latest 2 " + other);
        }
        assertRefused(2, "query: latest: -1 (at least 0)", "--latest -1");
    }

    @Test
    void collectionsAreLookedForInAllDatasetsThatAreNamed() {
        assertEquals("4\n", CliRun.ok(store, words("a.weeks b.others --collection c --all-time --count")));
        assertEquals("6\n", CliRun.ok(store, words("--collection c --collection d --all-time --count")));
        assertEquals("2\n", CliRun.ok(store, words("--collection d --all-time --count --where cloud>'a'")));
        assertRefused(8, "No such collection e", "a.weeks b.others --collection c --collection e --all-time");
        assertRefused(8, "No such dataset x.y", "a.weeks x.y --all-time");
        assertRefused(2, "filter: field \"nope\": no dataset in scope has it", "--all-time --count --where nope=1");
    }

    @Test
    void aVersionIsAskedWhileItIsKept() {
        CliRun newer = CliRun.of(store, words("--all-time --count --version 999"));
        assertTrue(newer.err().startsWith("almagest: query: version: 999 (at most "), newer.err());
        String newest = newer.err().replaceAll(".*at most ([0-9]+).*\n", "$1");
        assertEquals("6\n", CliRun.ok(store, words("--all-time --count --version " + newest)));
        assertRefused(8, "version 1: no longer kept (oldest " + newest + ")", "--all-time --count --version 1");
        assertRefused(2, "query: version: -1 (at least 0)", "--all-time --version -1");
    }

    @Test
    void areasAreReadAsDrawnWhereThereIsOne() {
        assertRefused(
                2,
                "query: --as-drawn: no area (expected --intersects, --within or --containing)",
                "--all-time --as-drawn");
        assertRefused(
                2,
                "query: --spherical: no area (expected --bbox, --intersects, --within or --containing)",
                "--all-time --spherical");
    }

    @Test
    void infoTakesSeveralCollections() {
        CliRun.ok(store, "collection", "create", "a.weeks", "empty");
        String[] info = {"info", "a.weeks", "empty", "c", "--json"};
        List<String> lines = CliRun.ok(store, info).lines().toList();
        assertEquals("{\"name\":\"empty\",\"count\":0,\"first\":null,\"last\":null}", lines.get(0));
        assertTrue(lines.get(1).startsWith("{\"name\":\"c\",\"count\":4,"), lines.get(1));
        CliRun absent = CliRun.of(
                store, Stream.concat(Arrays.stream(info), Stream.of("x")).toArray(String[]::new));
        assertEquals(8, absent.status());
        assertEquals("", absent.out(), "nothing is printed before all names are known");
    }
}
