package org.almagest.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.almagest.model.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What happens to words that are no command line, and what the help says. */
class UsageTest {
    @TempDir
    Path folder;

    private static CliRun run(String... args) {
        return CliRun.bare(Map.of(), args);
    }

    @Test
    void wrongUsageIsOneClearLineAndStatusOne() {
        assertUsage("almagest: no command\n", run());
        assertUsage("almagest: no such command: 'qurey'\nDid you mean: key or query or expire?\n", run("qurey", "x"));
        assertUsage("almagest: Unknown option: '--tiem'\nDid you mean: --time?\n", run("query", "x", "--tiem", "1"));
        assertUsage("almagest: Missing required parameter: 'SLUG'\n", run("info"));
        assertUsage(
                "almagest: Missing required argument (specify one of these): (--time=A/B | --datetime=A/B | --all-time | --latest=N)\n",
                run("query", "x"));
        assertUsage(
                "almagest: Invalid value for option '--limit': 'abc' is not a long\n",
                run("query", "x", "--all-time", "--limit", "abc"));
        assertUsage(
                "almagest: Invalid value for option '--format': 'pdf' (expected auto, stac, geojson, ndjson, csv or parquet)\n",
                run("ingest", "x", "y", "z", "--format", "pdf"));
        assertUsage("almagest: no command (expected create, list, show, delete or restore)\n", run("dataset"));
    }

    private static void assertUsage(String expected, CliRun run) {
        assertEquals(1, run.status(), run.err());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith(expected), run.err());
        assertTrue(run.err().contains("Try: almagest"), run.err());
    }

    @Test
    void wrongUsageIsJsonWhereJsonIsWanted() {
        CliRun run = run("query", "--json", "--limit", "abc");
        assertEquals(1, run.status());
        assertEquals(
                "{\"error\":{\"code\":\"USAGE\",\"message\":\"Invalid value for option '--limit': 'abc' is not a long\"}}\n",
                run.err());
    }

    @Test
    void everyCommandHasHelpWithAnExampleAndTheExitStatus() {
        for (List<String> words : commands(CliRun.commandLine(), List.of())) {
            List<String> args = new ArrayList<>(words);
            args.add("--help");
            CliRun run = run(args.toArray(String[]::new));
            assertEquals(0, run.status(), words + run.err());
            assertTrue(run.out().startsWith("Usage: almagest " + String.join(" ", words)), run.out());
            assertTrue(run.out().contains("Example"), run.out());
            assertTrue(run.out().contains("Exit status: 0 done, 1 wrong usage"), run.out());
            run.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
        }
    }

    @Test
    void everyExampleOfAHelpIsACommandThatExists() {
        for (List<String> words : commands(CliRun.commandLine(), List.of())) {
            CommandLine line = CliRun.commandLine();
            for (String word : words) {
                line = line.getSubcommands().get(word);
            }
            String footer =
                    String.join("\n", line.getCommandSpec().usageMessage().footer());
            footer.replaceAll("\\\\\n\\s*", "")
                    .lines()
                    .filter(text -> text.startsWith("  almagest "))
                    .map(text -> text.replaceFirst("  almagest ", ""))
                    .forEach(text -> CliRun.commandLine()
                            .parseArgs(DocumentedCommandsTest.words(text).toArray(String[]::new)));
        }
    }

    private static List<List<String>> commands(CommandLine line, List<String> words) {
        List<List<String>> all = new ArrayList<>();
        line.getSubcommands().forEach((name, sub) -> {
            List<String> longer = new ArrayList<>(words);
            longer.add(name);
            all.add(longer);
            all.addAll(commands(sub, longer));
        });
        return all;
    }

    @Test
    void theStoreIsNamedBeforeOrAfterTheCommandOrByTheEnvironment() {
        Path store = folder.resolve("s");
        String[] create = {"dataset", "create", "a.b", "--kind", "temporal"};
        assertEquals(0, CliRun.of(store, create).status());
        String name = store.toString();
        assertTrue(run("dataset", "list", "--store", name).out().contains("a.b"));
        assertTrue(run("dataset", "--store", name, "list").out().contains("a.b"));
        assertTrue(run("--store", name, "dataset", "list").out().contains("a.b"));
        assertTrue(CliRun.bare(Map.of("ALMAGEST_STORE", name), "dataset", "list")
                .out()
                .contains("a.b"));
        assertEquals(
                8,
                CliRun.bare(Map.of("ALMAGEST_STORE", name), "dataset", "list", "--store", name + "2")
                        .status());
    }

    @Test
    void readingAMissingStoreSaysHowToMakeOneAndMakesNone() {
        Path store = folder.resolve("none");
        for (String[] args : List.of(
                new String[] {"info", "a.b"},
                new String[] {"query", "--all-time"},
                new String[] {"find", "a.b", "--key", "x"},
                new String[] {"dataset", "list"},
                new String[] {"collection", "list", "a.b"},
                new String[] {"collection", "create", "a.b", "c"},
                new String[] {"flush"},
                new String[] {"stats"})) {
            CliRun run = CliRun.of(store, args);
            assertEquals(8, run.status(), String.join(" ", args));
            assertEquals(
                    "almagest: store " + store + ": no such folder (make one with \"almagest dataset create\","
                            + " \"almagest ingest --create\" or \"almagest quickstart\", or name another with --store)\n",
                    run.err());
            assertFalse(Files.exists(store));
        }
    }

    @Test
    void limitsAreJson() {
        CliRun run = run("limits", "--json");
        assertEquals(0, run.status());
        assertTrue(Json.parse(run.out().strip()).text().contains("\"collectionNameLengthMax\":256"));
        assertTrue(run("limits").out().contains("collectionNameLengthMax"));
        assertTrue(run.out().contains("\"stac.pageRowsMax\":10000"), run.out());
        assertTrue(run.out().contains("\"http.urlBytesMax\":8192"), run.out());
    }

    @Test
    void theVersionNamesTheBuildAndTheJvm() {
        assertTrue(run("version").out().startsWith("almagest "));
        assertTrue(Json.parse(run("version", "--json").out().strip()).text().contains("\"java\":"));
    }
}
