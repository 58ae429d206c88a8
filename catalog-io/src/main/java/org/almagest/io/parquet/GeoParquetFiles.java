package org.almagest.io.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.almagest.error.CatalogException;
import org.almagest.error.InvalidRequestException;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonNull;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.JsonText;
import org.almagest.io.RowWriter;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceReader;
import org.almagest.io.parquet.file.ParquetRows;
import org.almagest.io.schema.SchemaFile;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;

/**
 * Opens GeoParquet and stac-geoparquet for reading and for writing; {@code docs/format/geoparquet.md} says what becomes
 * of them.
 */
public final class GeoParquetFiles {
    private static final String COLLECTIONS = "stac:collections";
    private static final String COLLECTION = "stac:collection";
    private static final JsonLimits DOCUMENTS = JsonLimits.of(64L << 20, 1_000);

    private GeoParquetFiles() {}

    /**
     * Opens a file; columns {@code id}, {@code stac_version}, {@code assets} and {@code geometry} say that its rows are
     * STAC items.
     *
     * <p>Memory holds one row group as it stands in the file. The line of a row is its number, from 1.
     *
     * @param schema what the rows are read by, or null to make a schema of what the file holds
     * @throws InvalidRequestException if it is no whole Parquet file, its geometries are on another reference system,
     *     or the libraries are absent
     * @throws org.almagest.error.LimitExceededException if a row group is larger than is read at once
     */
    public static SourceReader open(Path path, @Nullable DatasetSchema schema, SourceOptions options) {
        try {
            return opened(path, schema, options);
        } catch (NoClassDefFoundError e) {
            throw new InvalidRequestException(
                    path.toString(), "Parquet cannot be read here (add parquet-hadoop and parquet-floor)", e);
        }
    }

    private static SourceReader opened(Path path, @Nullable DatasetSchema schema, SourceOptions options) {
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
     * Returns the documents of STAC Collections that a file of items brings along, in its order; none where it has none.
     *
     * @throws InvalidRequestException if it is no whole Parquet file, or the documents are no JSON
     */
    public static List<JsonObject> collections(Path path, Limits limits) {
        try (ParquetRows rows = ParquetRows.open(path, limits)) {
            List<JsonObject> documents = new ArrayList<>();
            String text =
                    rows.metadata().getOrDefault(COLLECTIONS, rows.metadata().get(COLLECTION));
            JsonValue found = text == null ? JsonNull.NULL : JsonReader.read(text, DOCUMENTS);
            if (found instanceof JsonArray array) {
                array.elements().forEach(element -> addDocuments(documents, element));
            } else {
                addDocuments(documents, found);
            }
            return documents;
        }
    }

    /** Adds a document, or the members of an object from id to document, which is the other form. */
    private static void addDocuments(List<JsonObject> documents, JsonValue found) {
        if (found instanceof JsonObject object && object.member("id") instanceof JsonString) {
            documents.add(object);
        } else if (found instanceof JsonObject byId) {
            for (JsonValue document : byId.members().values()) {
                if (document instanceof JsonObject object) {
                    documents.add(object);
                }
            }
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
        return new GeoParquetWriter(out, fields, metadata(schema.build(), Map.of()));
    }

    /**
     * Returns a writer of datapoints of a dataset.
     *
     * @param collections the documents of the STAC Collections that the rows belong to, by id; kept in the file
     */
    public static RowWriter writer(OutputStream out, DatasetSchema schema, Map<String, Json> collections)
            throws IOException {
        return writer(out, schema, collections, new Assets());
    }

    /** Returns a writer of items whose assets are structs where those hold what was seen; else as the other one. */
    public static RowWriter writer(OutputStream out, DatasetSchema schema, Map<String, Json> collections, Assets assets)
            throws IOException {
        Map<String, Field> fields = new LinkedHashMap<>();
        if (schema.isSpatial()) {
            fields.put(DatasetSchema.GEOMETRY, Field.geometry(DatasetSchema.GEOMETRY));
        }
        schema.fields().forEach(field -> fields.put(field.name(), field));
        return new GeoParquetWriter(
                out, RowLayout.of(fields, assets), metadata(schema, collections), GeoParquetWriter.ROW_GROUP_BYTES);
    }

    private static Map<String, String> metadata(DatasetSchema schema, Map<String, Json> collections) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(FileFacts.SCHEMA, new SchemaFile(schema, "").toJson());
        if (!collections.isEmpty()) {
            StringBuilder documents = new StringBuilder("{");
            collections.forEach((id, document) -> {
                documents.append(documents.length() > 1 ? "," : "");
                JsonText.appendQuoted(documents, id);
                documents.append(':').append(document.text());
            });
            metadata.put(COLLECTIONS, documents.append('}').toString());
        }
        return metadata;
    }
}
