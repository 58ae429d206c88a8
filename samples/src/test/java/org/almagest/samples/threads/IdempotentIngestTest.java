package org.almagest.samples.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdempotentIngestTest {
    @TempDir
    Path folder;

    private List<String> run() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        IdempotentIngest.run(folder, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void storesEachReadingOnceHoweverOftenItComes() throws Exception {
        String info = "STATION-7: [2025-06-01T00:00:00.000 UTC, 2025-06-02T00:59:50.000 UTC] (9000 data points)";
        assertEquals(List.of("12000 rows: 9000 created, 3000 existing", info), run());
        assertEquals(List.of("12000 rows: 0 created, 12000 existing", info), run());
    }
}
