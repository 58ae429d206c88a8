package org.almagest.samples.corrections;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorrectionsTest {
    @TempDir
    Path folder;

    private List<String> run() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Corrections.run(folder, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void storesWhatIsNewerAndOnceForEachProduct() {
        assertEquals(
                List.of(
                        "2 created, 0 existing, 0 replaced, 0 stale",
                        "1 created, 1 existing, 1 replaced, 0 stale",
                        "0 created, 0 existing, 0 replaced, 1 stale",
                        "B has cloud cover 40.0",
                        "0 created, 0 existing, 1 replaced, 0 stale",
                        "refused: another edit came first",
                        "B has cloud cover 41.0",
                        "SAT-1: [2025-04-30T10:15:00.000 UTC, 2025-04-30T10:15:00.000 UTC] (3 data points)"),
                run());
    }
}
