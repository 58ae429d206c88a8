package org.almagest.server.cli.dataset;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.almagest.DatasetSpec;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonBoolean;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonNull;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.FieldNotes;
import org.almagest.schema.GeometryKind;
import org.jspecify.annotations.Nullable;

/**
 * Reads a dataset's schema from JSON, in the form in which {@code dataset show --json} prints it.
 *
 * <p>Members: {@code kind}, {@code description}, {@code fields} (objects with {@code name}, {@code type} and, where
 * wanted, {@code queryable}, {@code description}, {@code example}, {@code source}, {@code reference}), {@code key},
 * {@code version}, {@code extent} (two names), {@code geometry} (object of {@code types} and {@code required}). What
 * only a store can know, such as ids and numbers, is ignored.
 */
final class SchemaFile {
    private static final int DEPTH_MAX = 8;
    static final long BYTES_MAX = 16 << 20;
    private static final Set<String> MEMBERS = Set.of(
            "kind", "description", "fields", "key", "version", "extent", "geometry", "slug", "id", "collections");
    private static final Set<String> FIELD_MEMBERS =
            Set.of("name", "type", "queryable", "description", "example", "source", "reference", "number");
    private static final Set<String> GEOMETRY_MEMBERS = Set.of("types", "required");

    private final String file;

    private SchemaFile(String file) {
        this.file = file;
    }

    /**
     * Returns the dataset that a text describes.
     *
     * @param file quoted in failures
     */
    static DatasetSpec read(String slug, String file, String text) {
        SchemaFile reader = new SchemaFile(file);
        JsonValue tree;
        try {
            tree = JsonReader.read(text, JsonLimits.of(BYTES_MAX, DEPTH_MAX));
        } catch (InvalidRequestException e) {
            throw e.within(file);
        }
        JsonObject root = reader.object("schema", tree, MEMBERS);
        DatasetSchema schema = reader.schema(root);
        String description = reader.text(root, "description");
        DatasetSpec spec = DatasetSpec.of(slug, schema);
        return description == null ? spec : spec.describedAs(description);
    }

    private DatasetSchema schema(JsonObject root) {
        DatasetSchema.Builder schema = SchemaParts.begin(required(root, "kind"));
        for (JsonValue field : elements(root, "fields")) {
            schema.field(field(object("fields", field, FIELD_MEMBERS)));
        }
        String key = text(root, "key");
        if (key != null) {
            schema.key(key);
        }
        String version = text(root, "version");
        if (version != null) {
            schema.version(version);
        }
        if (isGiven(root.member("extent"))) {
            List<String> names = texts(root, "extent");
            if (names.size() != 2) {
                throw wrong("extent", names.size() + " names (expected 2: start and end)");
            }
            schema.extent(names.get(0), names.get(1));
        }
        if (isGiven(root.member("geometry"))) {
            geometry(schema, object("geometry", root.members().get("geometry"), GEOMETRY_MEMBERS));
        }
        return schema.build();
    }

    private void geometry(DatasetSchema.Builder schema, JsonObject geometry) {
        if (isGiven(geometry.member("types"))) {
            Set<GeometryKind> kinds = EnumSet.noneOf(GeometryKind.class);
            for (String name : texts(geometry, "types")) {
                kinds.add(GeometryKind.ofText(name)
                        .orElseThrow(() -> wrong("geometry: types", Quoted.text(name) + " (expected a GeoJSON type)")));
            }
            schema.geometryKinds(kinds);
        }
        if (isFalse(geometry, "required")) {
            schema.geometryOptional();
        }
    }

    private Field field(JsonObject json) {
        String name = required(json, "name");
        Field field = Field.parse(name + ":" + required(json, "type"));
        boolean queryable =
                isGiven(json.member("queryable")) ? !isFalse(json, "queryable") : SchemaParts.queryableByDefault(field);
        FieldNotes notes = new FieldNotes(
                orEmpty(text(json, "description")),
                orEmpty(text(json, "example")),
                text(json, "source"),
                text(json, "reference"));
        return (queryable ? field.queryable() : field.notQueryable()).noted(notes);
    }

    private JsonObject object(String subject, @Nullable JsonValue value, Set<String> members) {
        if (!(value instanceof JsonObject)) {
            throw wrong(subject, kind(value) + " (expected an object)");
        }
        for (String name : ((JsonObject) value).members().keySet()) {
            if (!members.contains(name)) {
                throw wrong(subject, "no member " + Quoted.text(name) + " is known");
            }
        }
        return (JsonObject) value;
    }

    private List<JsonValue> elements(JsonObject parent, String name) {
        JsonValue value = parent.member(name);
        if (!isGiven(value)) {
            return List.of();
        }
        if (!(value instanceof JsonArray)) {
            throw wrong(name, kind(value) + " (expected an array)");
        }
        return ((JsonArray) value).elements();
    }

    private List<String> texts(JsonObject parent, String name) {
        return elements(parent, name).stream()
                .map(element -> textOf(name, element))
                .toList();
    }

    private String required(JsonObject parent, String name) {
        String text = text(parent, name);
        if (text == null) {
            throw wrong(name, "missing");
        }
        return text;
    }

    private @Nullable String text(JsonObject parent, String name) {
        JsonValue value = parent.member(name);
        return isGiven(value) ? textOf(name, value) : null;
    }

    private String textOf(String subject, @Nullable JsonValue value) {
        if (!(value instanceof JsonString)) {
            throw wrong(subject, kind(value) + " (expected text)");
        }
        return ((JsonString) value).value();
    }

    private boolean isFalse(JsonObject parent, String name) {
        JsonValue value = parent.member(name);
        if (isGiven(value) && !(value instanceof JsonBoolean)) {
            throw wrong(name, kind(value) + " (expected true or false)");
        }
        return JsonBoolean.FALSE.equals(value);
    }

    private static boolean isGiven(@Nullable JsonValue value) {
        return value != null && !(value instanceof JsonNull);
    }

    private static String kind(@Nullable JsonValue value) {
        return value == null ? "nothing" : value.kindName();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private InvalidRequestException wrong(String subject, String problem) {
        return new InvalidRequestException(file + ": " + subject, problem);
    }
}
