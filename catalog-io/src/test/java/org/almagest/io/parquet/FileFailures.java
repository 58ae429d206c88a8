package org.almagest.io.parquet;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.almagest.error.CatalogException;
import org.junit.jupiter.api.function.Executable;

/** What readers say of files that they refuse. */
final class FileFailures {
    private FileFailures() {}

    /** Returns the message of a failure, with the folder cut off. */
    static String message(Path folder, Executable reading) {
        return assertThrows(CatalogException.class, reading).getMessage().replace(folder + "/", "");
    }
}
