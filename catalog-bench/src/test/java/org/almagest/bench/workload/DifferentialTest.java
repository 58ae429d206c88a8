package org.almagest.bench.workload;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DifferentialTest {
    @TempDir
    Path folder;

    @Test
    void engineAndSqliteAndBruteForceFindTheSameRows() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Differential.run(folder, 6_000, 250, 20_150_101, new PrintStream(out, true, StandardCharsets.UTF_8));
        assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("250 questions over 6,000 rows"), out.toString());
    }
}
