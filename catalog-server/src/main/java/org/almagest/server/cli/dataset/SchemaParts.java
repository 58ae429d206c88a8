package org.almagest.server.cli.dataset;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.schema.DatasetKind;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.GeometryKind;
import org.almagest.schema.TimeExtent;
import org.almagest.server.cli.output.JsonObjectText;

/** The parts of a schema as users write and read them. */
final class SchemaParts {
    private SchemaParts() {}

    /** Begins a schema of the kind that a user named. */
    static DatasetSchema.Builder begin(String kind) {
        return switch (kind) {
            case "temporal" -> DatasetSchema.temporal();
            case "spatiotemporal" -> DatasetSchema.spatioTemporal();
            default ->
                throw new InvalidRequestException("kind", Quoted.text(kind) + " (expected temporal or spatiotemporal)");
        };
    }

    static String kindText(DatasetKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Numbers, booleans, times and declared values are what people filter by, and they are small. */
    static boolean queryableByDefault(Field field) {
        return !field.isArray()
                && switch (field.kind()) {
                    case BOOL, INT32, INT64, UINT64, FLOAT32, FLOAT64, TIMESTAMP, DURATION, ENUM -> true;
                    default -> false;
                };
    }

    /** Returns a dataset as {@link SchemaFile} reads it, with what the store knows besides. */
    static String json(Dataset dataset) {
        DatasetSchema schema = dataset.schema();
        JsonObjectText json = new JsonObjectText()
                .put("slug", dataset.slug())
                .put("id", dataset.id().toString())
                .put("kind", kindText(schema.kind()))
                .put("description", dataset.description())
                .putRaw(
                        "fields",
                        schema.fields().stream().map(SchemaParts::json).collect(Collectors.joining(",", "[", "]")));
        schema.key().ifPresent(key -> json.put("key", key.name()));
        schema.version().ifPresent(version -> json.put("version", version.name()));
        schema.extent().ifPresent(extent -> json.put("extent", names(extent)));
        if (schema.isSpatial()) {
            JsonObjectText geometry = new JsonObjectText()
                    .put(
                            "types",
                            schema.geometryKinds().stream()
                                    .map(GeometryKind::text)
                                    .toList())
                    .put("required", schema.isGeometryRequired());
            json.putRaw("geometry", geometry.toString());
        }
        List<String> collections =
                dataset.collections().stream().map(Collection::name).toList();
        return json.put("collections", collections).toString();
    }

    static List<String> names(TimeExtent extent) {
        return List.of(extent.startField(), extent.endField());
    }

    private static String json(Field field) {
        JsonObjectText json = new JsonObjectText()
                .put("name", field.name())
                .put("type", field.typeText())
                .put("number", field.number())
                .put("queryable", field.isQueryable());
        if (!field.notes().description().isEmpty()) {
            json.put("description", field.notes().description());
        }
        if (!field.notes().exampleValue().isEmpty()) {
            json.put("example", field.notes().exampleValue());
        }
        field.notes().sourcePointer().ifPresent(pointer -> json.put("source", pointer));
        field.notes().schemaReference().ifPresent(reference -> json.put("reference", reference));
        return json.toString();
    }
}
