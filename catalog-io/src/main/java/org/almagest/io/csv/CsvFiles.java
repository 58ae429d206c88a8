package org.almagest.io.csv;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.almagest.io.NewFields;
import org.almagest.io.SourceBytes;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceReader;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;

/** Opens CSV files; {@code docs/format/csv.md} says what they hold. */
public final class CsvFiles {
    private CsvFiles() {}

    /**
     * Opens a file and reads its header.
     *
     * <p>Where fields are added, or there is no schema yet, the file is read twice: first to find the types.
     *
     * @param schema what the rows are read by, or null to make a schema of what the file holds
     * @throws org.almagest.error.InvalidRequestException if a column has no field; names the column
     */
    public static SourceReader open(Path path, @Nullable DatasetSchema schema, SourceOptions options) {
        if (schema != null && !options.addsFields(NewFields.REFUSE)) {
            return read(path, schema, options);
        }
        CsvInference inference = new CsvInference(path.toString(), options);
        try (SourceBytes bytes = SourceBytes.open(path)) {
            DatasetSchema found = inference.schema(new CsvRecords(bytes, options.limits()), schema);
            return read(path, found, options.dropping(emptyColumnsWithoutField(inference, found)));
        }
    }

    private static Set<String> emptyColumnsWithoutField(CsvInference inference, DatasetSchema schema) {
        Set<String> columns = new HashSet<>(inference.emptyColumns());
        schema.fields().forEach(field -> columns.remove(field.name()));
        return columns;
    }

    private static SourceReader read(Path path, DatasetSchema schema, SourceOptions options) {
        SourceBytes bytes = SourceBytes.open(path);
        try {
            return new CsvReader(bytes, schema, options);
        } catch (RuntimeException e) {
            bytes.close();
            throw e;
        }
    }
}
