package org.almagest.io.parquet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.almagest.geo.GeoJsonGeometry;
import org.almagest.internal.json.DecimalText;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonBoolean;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonNull;
import org.almagest.internal.json.JsonNumber;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.internal.json.ShortestDecimal;
import org.almagest.io.JsonText;
import org.almagest.io.Rfc3339;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.model.Uint64;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * Reads a column as JSON: structs as objects without the members that are null, lists as arrays, times as RFC 3339.
 *
 * <p>A null member of a struct is the same as none: the file does not tell them apart.
 */
final class JsonColumn {
    private static final JsonLimits STORED = JsonLimits.of(Long.MAX_VALUE, 10_000);

    private final Reading reading;

    private interface Reading {
        JsonValue read(Object raw);
    }

    private JsonColumn(Reading reading) {
        this.reading = reading;
    }

    /** Reads values of a type. */
    static JsonColumn of(Type type, Limits limits) {
        return new JsonColumn(reading(type, limits));
    }

    /** Returns the value, or null for none. */
    @Nullable
    JsonValue read(@Nullable Object raw) {
        return raw == null ? null : reading.read(raw);
    }

    private static Reading reading(Type type, Limits limits) {
        ListShape list = ListShape.of(type);
        if (list != null) {
            Reading element = list.depth() == 1 ? plain(type, limits) : reading(list.element(), limits);
            return raw -> array(list, element, raw);
        }
        return plain(type, limits);
    }

    private static Reading plain(Type type, Limits limits) {
        if (type.isPrimitive()) {
            ScalarType scalar = ScalarType.of(type.asPrimitiveType(), false);
            return raw -> scalar(scalar.decoding().decode(raw, limits));
        }
        GroupType entry = ListShape.mapEntry(type);
        if (entry != null) {
            Reading key = reading(entry.getType(0), limits);
            Reading value = reading(entry.getType(1), limits);
            return raw -> map(key, value, (@Nullable Object[]) raw);
        }
        return struct(type.asGroupType(), limits);
    }

    private static Reading struct(GroupType group, Limits limits) {
        List<Reading> members = new ArrayList<>();
        for (Type member : group.getFields()) {
            members.add(reading(member, limits));
        }
        return raw -> {
            @Nullable Object[] values = (@Nullable Object[]) raw;
            Map<String, JsonValue> object = new LinkedHashMap<>();
            for (int i = 0; i < values.length; i++) {
                Object value = values[i];
                if (value != null) {
                    object.put(group.getFieldName(i), members.get(i).read(value));
                }
            }
            return new JsonObject(object);
        };
    }

    private static JsonValue array(ListShape list, Reading element, Object raw) {
        List<JsonValue> elements = new ArrayList<>();
        for (Object value : list.elements(raw)) {
            elements.add(value == null ? JsonNull.NULL : element.read(value));
        }
        return new JsonArray(elements);
    }

    private static JsonValue map(Reading key, Reading value, @Nullable Object[] raw) {
        Map<String, JsonValue> object = new LinkedHashMap<>();
        if (raw[0] instanceof List<?> entries) {
            for (Object entry : entries) {
                @Nullable Object[] pair = (@Nullable Object[]) entry;
                Object name = pair[0];
                Object content = pair[1];
                if (name != null && content != null) {
                    object.put(name(key.read(name)), value.read(content));
                }
            }
        }
        return new JsonObject(object);
    }

    private static String name(JsonValue key) {
        if (key instanceof JsonString text) {
            return text.value();
        }
        return key instanceof JsonNumber number ? number.literal() : key.toString();
    }

    /** Returns a canonical value, or a list of them, as JSON. */
    static JsonValue any(Object value) {
        if (!(value instanceof List<?> elements)) {
            return scalar(value);
        }
        List<JsonValue> array = new ArrayList<>();
        elements.forEach(element -> array.add(scalar(element)));
        return new JsonArray(array);
    }

    /** Returns a canonical value as JSON. */
    static JsonValue scalar(Object value) {
        if (value instanceof String text) {
            return new JsonString(text);
        }
        if (value instanceof Double number) {
            return Double.isFinite(number)
                    ? new JsonNumber(ShortestDecimal.of(number))
                    : new JsonString(number.toString());
        }
        if (value instanceof Float number) {
            return Float.isFinite(number)
                    ? new JsonNumber(DecimalText.canonical(number.toString().replace('E', 'e')))
                    : new JsonString(number.toString());
        }
        if (value instanceof Instant instant) {
            return new JsonString(Rfc3339.format(instant));
        }
        if (value instanceof Boolean bool) {
            return new JsonBoolean(bool);
        }
        if (value instanceof Json json) {
            return JsonReader.read(json.text(), STORED);
        }
        if (value instanceof Geometry geometry) {
            return JsonReader.read(GeoJsonGeometry.write(geometry), STORED);
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Uint64) {
            return new JsonNumber(value.toString());
        }
        StringBuilder text = new StringBuilder();
        JsonText.append(text, value);
        return JsonReader.read(text.toString(), STORED);
    }

    /** Returns a JSON text as a tree. */
    static JsonValue parse(String text, Limits limits) {
        return JsonReader.read(Json.parse(text, limits).text(), STORED);
    }
}
