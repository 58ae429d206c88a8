package org.almagest.server.cli.ingest;

import java.nio.file.Path;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceReader;
import org.almagest.io.ndjson.NdjsonFiles;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;

/** Opens files of datapoints. */
final class Sources {
    private Sources() {}

    /** Opens a file, to be read by a schema or, where there is none yet, by the one that the file has. */
    static SourceReader open(Path file, @Nullable DatasetSchema schema, SourceOptions options) {
        return NdjsonFiles.open(file, schema, options);
    }
}
