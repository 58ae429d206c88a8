package org.almagest.io;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real files that are not part of the project; tests that need them are skipped where they are absent. */
public final class SharedFiles {
    private SharedFiles() {}

    /** Returns a file below the folder of shared data; aborts the test where there is none. */
    public static Path file(String name) {
        String folder = System.getProperty("almagest.shared.data");
        Path root = Path.of(System.getProperty("almagest.root", ".."));
        Path data = folder != null ? Path.of(folder) : root.resolve("../shared/data");
        Path file = data.resolve(name);
        Assumptions.assumeTrue(Files.exists(file), () -> "no " + file);
        return file;
    }
}
