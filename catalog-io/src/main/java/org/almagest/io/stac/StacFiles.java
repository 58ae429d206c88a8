package org.almagest.io.stac;

import java.nio.file.Path;
import org.almagest.io.JsonSourceReader;
import org.almagest.io.JsonSources;
import org.almagest.io.SourceBytes;
import org.almagest.io.SourceFormat;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceReader;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;

/** Opens files of STAC items; {@code docs/format/stac-mapping.md} says what becomes of them. */
public final class StacFiles {
    private StacFiles() {}

    /**
     * Opens a file: an item, an ItemCollection or FeatureCollection, several of them, or one item a line.
     *
     * <p>The file is read once; the reader's schema grows with the properties it meets, unless that is turned off.
     *
     * @param schema what the rows are read by, or null to make a schema of what the file holds
     */
    public static SourceReader open(Path path, @Nullable DatasetSchema schema, SourceOptions options) {
        StacMapping mapping = new StacMapping(schema == null ? StacTypes.begin() : schema, options);
        SourceBytes bytes = SourceBytes.open(path);
        return new JsonSourceReader(SourceFormat.STAC, bytes, JsonSources.texts(bytes, options.limits()), mapping);
    }
}
