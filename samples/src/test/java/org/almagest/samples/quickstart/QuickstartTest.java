package org.almagest.samples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {
    @TempDir
    Path folder;

    private String run() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Quickstart.run(folder, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void storesOnceAndFindsTheClearSceneAcrossTheAntimeridian() {
        String found = "SAT-1: [2025-04-03T22:14:09.000 UTC, 2025-04-13T22:14:11.000 UTC] (3 data points)\n"
                + "2025-04-03T22:14:09Z fiji-clear\n";
        assertEquals("3 created, 0 existing\n0 created, 3 existing\n" + found, run());
        assertEquals("0 created, 3 existing\n0 created, 3 existing\n" + found, run());
    }
}
