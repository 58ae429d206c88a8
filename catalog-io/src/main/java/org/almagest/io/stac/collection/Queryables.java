package org.almagest.io.stac.collection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.almagest.internal.json.JsonString;
import org.almagest.io.stac.names.PropertyNames;
import org.almagest.model.EnumValue;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.EnumType;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;

/** What filters can name, or answers can be sorted by, as a JSON schema. */
final class Queryables {
    private static final String GEOMETRY = "{\"$ref\":\"https://geojson.org/schema/Geometry.json\"}";

    private Queryables() {}

    /** Returns what filters over datasets can name: each property with its schema. */
    static Map<String, String> filterable(List<DatasetSchema> schemas) {
        Map<String, Set<String>> types = new LinkedHashMap<>();
        add(types, "id", text("Id of the item"));
        add(types, "collection", text("Id of the collection"));
        add(types, "datetime", time());
        if (schemas.stream().anyMatch(DatasetSchema::isSpatial)) {
            add(types, "geometry", GEOMETRY);
        }
        for (DatasetSchema schema : schemas) {
            for (Field field : schema.fields()) {
                if (PropertyNames.isNamed(field)) {
                    add(types, PropertyNames.of(field), type(field));
                }
            }
        }
        return joined(types);
    }

    /** Returns what answers can be sorted by: each property with its schema. */
    static Map<String, String> sortable(List<DatasetSchema> schemas) {
        Map<String, Set<String>> types = new LinkedHashMap<>();
        add(types, "id", text("Id of the item"));
        add(types, "datetime", time());
        for (DatasetSchema schema : schemas) {
            for (Field field : schema.fields()) {
                if (PropertyNames.isNamed(field) && PropertyNames.isOrdered(field)) {
                    add(types, PropertyNames.of(field), type(field));
                }
            }
        }
        return joined(types);
    }

    private static void add(Map<String, Set<String>> types, String name, String type) {
        types.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(type);
    }

    private static Map<String, String> joined(Map<String, Set<String>> types) {
        Map<String, String> joined = new LinkedHashMap<>();
        types.forEach((name, all) -> joined.put(
                name, all.size() == 1 ? all.iterator().next() : "{\"anyOf\":[" + String.join(",", all) + "]}"));
        return joined;
    }

    private static String text(String title) {
        return "{\"type\":\"string\",\"title\":\"" + title + "\"}";
    }

    private static String time() {
        return "{\"type\":\"string\",\"format\":\"date-time\"}";
    }

    private static String type(Field field) {
        Members schema = field.isArray()
                ? new Members()
                        .text("type", "array")
                        .put("items", scalar(field, new Members()).toString())
                : scalar(field, new Members());
        String description = field.notes().description();
        return description.isEmpty()
                ? schema.toString()
                : schema.text("description", description).toString();
    }

    private static Members scalar(Field field, Members schema) {
        return switch (field.kind()) {
            case STRING -> schema.text("type", "string");
            case ENUM -> schema.text("type", "string").put("enum", Members.texts(names(field)));
            case BOOL -> schema.text("type", "boolean");
            case INT32 -> schema.text("type", "integer");
            case INT64 -> schema.put("type", "[\"integer\",\"string\"]");
            case UINT64 -> schema.put("type", "[\"integer\",\"string\"]").put("minimum", "0");
            case FLOAT32, FLOAT64 -> schema.text("type", "number");
            case TIMESTAMP -> schema.text("type", "string").text("format", "date-time");
            case DURATION -> schema.text("type", "string").text("format", "duration");
            case UUID -> schema.text("type", "string").text("format", "uuid");
            case BYTES -> schema.text("type", "string").text("contentEncoding", "base64");
            case GEOMETRY -> schema.put("$ref", new JsonString("https://geojson.org/schema/Geometry.json"));
            case JSON -> schema;
        };
    }

    private static List<String> names(Field field) {
        List<String> names = new ArrayList<>();
        if (field.kind() == TypeKind.ENUM && field.type() instanceof EnumType type) {
            type.values().stream().map(EnumValue::name).forEach(names::add);
        }
        return names;
    }
}
