package org.almagest.io.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.almagest.error.CatalogException;
import org.almagest.io.RowWriter;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceReader;
import org.almagest.io.schema.SchemaFile;
import org.almagest.model.Json;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;

/**
 * Opens GeoParquet and stac-geoparquet for reading and for writing; {@code docs/format/geoparquet.md} says what becomes
 * of them.
 */
public final class GeoParquetFiles {
    private GeoParquetFiles() {}

    /**
     * Opens a file; columns {@code id}, {@code stac_version}, {@code assets} and {@code geometry} say that its rows are
     * STAC items.
     *
     * <p>Memory holds one row group as it stands in the file. The line of a row is its number, from 1.
     *
     * @param schema what the rows are read by, or null to make a schema of what the file holds
     * @throws org.almagest.error.InvalidRequestException if it is no whole Parquet file, or its geometries are on
     *     another reference system
     * @throws org.almagest.error.LimitExceededException if a row group is larger than is read at once
     */
    public static SourceReader open(Path path, @Nullable DatasetSchema schema, SourceOptions options) {
        ParquetRows rows = ParquetRows.open(path, options.limits());
        try {
            FileFacts facts = FileFacts.of(rows);
            RowMapping mapping = facts.hasItems()
                    ? new ItemMapping(facts, schema, options)
                    : new FieldMapping(facts, schema, options);
            return new GeoParquetReader(rows, mapping);
        } catch (RuntimeException e) {
            rows.close();
            CatalogException refused = ParquetRows.refused(path.toString(), e);
            throw refused;
        }
    }

    /**
     * Returns a writer of datapoints with these fields, by name; {@code geometry} among them is the geometry of a row.
     *
     * <p>The fields of a dataset of STAC items give stac-geoparquet. Rows should come by time: then so do row groups.
     * Closing closes the stream.
     */
    public static RowWriter writer(OutputStream out, Map<String, Field> fields) throws IOException {
        DatasetSchema.Builder schema =
                fields.containsKey(DatasetSchema.GEOMETRY) ? DatasetSchema.spatioTemporal() : DatasetSchema.temporal();
        if (fields.containsKey(DatasetSchema.GEOMETRY)) {
            schema.geometryOptional();
        }
        fields.forEach((name, field) -> {
            if (!name.equals(DatasetSchema.GEOMETRY)) {
                schema.field(field.numbered(Field.UNNUMBERED));
            }
        });
        return new GeoParquetWriter(out, fields, metadata(schema.build(), List.of()));
    }

    /**
     * Returns a writer of datapoints of a dataset.
     *
     * @param collections the documents of the STAC Collections that the rows belong to, kept in the file
     */
    public static RowWriter writer(OutputStream out, DatasetSchema schema, List<Json> collections) throws IOException {
        Map<String, Field> fields = new LinkedHashMap<>();
        if (schema.isSpatial()) {
            fields.put(DatasetSchema.GEOMETRY, Field.geometry(DatasetSchema.GEOMETRY));
        }
        schema.fields().forEach(field -> fields.put(field.name(), field));
        return new GeoParquetWriter(out, fields, metadata(schema, collections));
    }

    private static Map<String, String> metadata(DatasetSchema schema, List<Json> collections) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(FileFacts.SCHEMA, new SchemaFile(schema, "").toJson());
        if (!collections.isEmpty()) {
            StringBuilder documents = new StringBuilder("[");
            for (Json document : collections) {
                documents.append(documents.length() > 1 ? "," : "").append(document.text());
            }
            metadata.put("stac:collections", documents.append(']').toString());
        }
        return metadata;
    }
}
