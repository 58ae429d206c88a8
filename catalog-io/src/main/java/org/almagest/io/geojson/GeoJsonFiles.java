package org.almagest.io.geojson;

import java.nio.file.Path;
import org.almagest.io.JsonSourceReader;
import org.almagest.io.JsonSources;
import org.almagest.io.SourceBytes;
import org.almagest.io.SourceFormat;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceReader;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;

/** Opens files of GeoJSON features; {@code docs/format/geojson.md} says what becomes of them. */
public final class GeoJsonFiles {
    private GeoJsonFiles() {}

    /**
     * Opens a file: a feature, a FeatureCollection, several of them, or one feature a line.
     *
     * <p>The file is read once; the reader's schema grows with the properties it meets, unless that is turned off.
     *
     * @param schema what the rows are read by, or null to make a schema of what the file holds
     */
    public static SourceReader open(Path path, @Nullable DatasetSchema schema, SourceOptions options) {
        GeoJsonMapping mapping = new GeoJsonMapping(schema == null ? GeoJsonMapping.begin() : schema, options);
        SourceBytes bytes = SourceBytes.open(path);
        return new JsonSourceReader(SourceFormat.GEOJSON, bytes, JsonSources.texts(bytes, options.limits()), mapping);
    }
}
