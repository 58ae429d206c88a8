package org.almagest.io;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.almagest.error.CatalogException;
import org.almagest.model.Datapoint;

/** Small files and what readers make of them. */
public final class Sources {
    private Sources() {}

    /** Writes lines to a file. */
    public static Path file(Path folder, String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
    }

    /** Reads everything and closes the reader. */
    public static List<SourceRow> all(SourceReader reader) {
        try (reader) {
            List<SourceRow> rows = new ArrayList<>();
            reader.forEachRemaining(rows::add);
            return rows;
        }
    }

    /** Reads the datapoints and closes the reader. */
    public static List<Datapoint> datapoints(SourceReader reader) {
        return all(reader).stream().map(SourceRow::datapoint).toList();
    }

    /** Returns the message of the failure of reading, with the folder cut off. */
    public static String failure(Path folder, SourceReader reader) {
        try (reader) {
            return assertThrows(CatalogException.class, () -> reader.forEachRemaining(row -> {}))
                    .getMessage()
                    .replace(folder + "/", "");
        }
    }
}
