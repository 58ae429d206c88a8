package org.almagest.io;

import java.util.Locale;
import java.util.Optional;

/** The formats of files that hold datapoints. */
public enum SourceFormat {
    /** STAC items: one, an ItemCollection or FeatureCollection, or one a line. */
    STAC,
    /** GeoJSON features: one, a FeatureCollection, or one a line. */
    GEOJSON,
    /** One JSON object a line, with the fields of the schema as members. */
    NDJSON,
    /** Comma-separated values with a header. */
    CSV,
    /** GeoParquet, or STAC items as stac-geoparquet. */
    PARQUET;

    /** Returns the name users write. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the format with this name. */
    public static Optional<SourceFormat> ofText(String text) {
        for (SourceFormat format : values()) {
            if (format.text().equals(text)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
