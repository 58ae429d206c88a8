package org.almagest.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.almagest.model.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {
    @TempDir
    Path folder;

    @Test
    void fillsAStoreAsksItAndSaysHowToGoOn() {
        Path store = folder.resolve("quick start");
        String first = CliRun.ok(store, "quickstart", "--rows", "3000");
        assertTrue(first.contains("  3,000 granules, 3,000 created, 0 existing; durable after "), first);
        assertTrue(first.contains("  0 "), first);
        assertTrue(first.lines().count() < 30, first);
        List<String> commands = first.lines()
                .filter(line -> line.startsWith("  ./almagest ") && !line.contains("YOUR_FILE"))
                .toList();
        assertEquals(4, commands.size(), first);
        for (String command : commands) {
            List<String> words = DocumentedCommandsTest.words(command.replaceFirst("  ./almagest ", ""));
            CliRun run = CliRun.bare(Map.of(), words.toArray(String[]::new));
            assertEquals(0, run.status(), command + run.err());
        }
    }

    @Test
    void mayBeRunAgainAndStandsInTheFolderOfAnotherStore() {
        Path store = folder.resolve("almagest-data").resolve("quickstart");
        String[] args = {"quickstart", "--rows", "3000", "--json"};
        String first = Json.parse(CliRun.ok(store, args).strip()).text();
        assertTrue(first.contains("\"created\":3000,\"created_again\":0,"), first);
        assertTrue(first.split("\"question\"").length > 5, first);
        String second = Json.parse(CliRun.ok(store, args).strip()).text();
        assertTrue(second.contains("\"created\":0,\"created_again\":0,"), second);
        assertEquals(counts(first), counts(second));
        CliRun.ok(folder.resolve("almagest-data"), "dataset", "create", "a.b", "--kind", "temporal");
        CliRun.ok(store, "info", "demo.granules", "S2A_MSIL2A");
    }

    private static String counts(String json) {
        return json.replaceAll("millis\":[0-9.]+", "").replaceFirst(".*questions", "");
    }
}
