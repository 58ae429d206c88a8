package org.almagest.io.ndjson;

import java.nio.file.Path;
import org.almagest.io.JsonSourceReader;
import org.almagest.io.JsonSources;
import org.almagest.io.NewFields;
import org.almagest.io.SourceBytes;
import org.almagest.io.SourceFormat;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceReader;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;

/** Opens files of JSON objects, one a line, one after the other or in an array; {@code docs/format/ndjson.md} says what they hold. */
public final class NdjsonFiles {
    private NdjsonFiles() {}

    /**
     * Opens a file.
     *
     * <p>Where fields are added, or there is no schema yet, the file is read twice: first to find the types.
     *
     * @param schema what the rows are read by, or null to make a schema of what the file holds
     */
    public static SourceReader open(Path path, @Nullable DatasetSchema schema, SourceOptions options) {
        DatasetSchema used = schema;
        if (used == null || options.addsFields(NewFields.REFUSE)) {
            used = infer(path, schema, options);
        }
        SourceBytes bytes = SourceBytes.open(path);
        return new JsonSourceReader(
                SourceFormat.NDJSON,
                bytes,
                JsonSources.texts(bytes, options.limits()),
                new NdjsonMapping(used, options));
    }

    private static DatasetSchema infer(Path path, @Nullable DatasetSchema schema, SourceOptions options) {
        try (SourceBytes bytes = SourceBytes.open(path)) {
            return new NdjsonInference(bytes.file(), options)
                    .schema(JsonSources.texts(bytes, options.limits()), schema);
        }
    }
}
