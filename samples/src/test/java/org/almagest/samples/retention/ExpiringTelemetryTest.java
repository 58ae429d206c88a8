package org.almagest.samples.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpiringTelemetryTest {
    @TempDir
    Path folder;

    private List<String> run() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ExpiringTelemetry.run(folder, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void keepsThirtyDays() {
        assertEquals(
                List.of(
                        "SAT-1: [2025-02-01T00:00:00.000 UTC, 2025-02-28T23:00:00.000 UTC] (672 data points)",
                        "expired: 0, SAT-1: [2025-02-01T00:00:00.000 UTC, 2025-02-28T23:00:00.000 UTC]"
                                + " (672 data points)",
                        "expired: 192, SAT-1: [2025-02-09T00:00:00.000 UTC, 2025-02-28T23:00:00.000 UTC]"
                                + " (480 data points)",
                        "deleted: 24, 456 left"),
                run());
    }
}
