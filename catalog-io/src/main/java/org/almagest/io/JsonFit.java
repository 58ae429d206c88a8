package org.almagest.io;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.almagest.internal.json.DecimalText;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonBoolean;
import org.almagest.internal.json.JsonNull;
import org.almagest.internal.json.JsonNumber;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.internal.json.ShortestDecimal;
import org.almagest.model.Bytes;
import org.almagest.model.Limits;
import org.almagest.model.Uint64;
import org.almagest.schema.EnumType;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;

/**
 * Puts JSON values into fields only where they come back as they were, and chooses types for new fields.
 *
 * <p>Numbers are float64, text is string; nothing is guessed from the look of a text.
 */
final class JsonFit {
    private static final int UUID_LENGTH = 36;

    private JsonFit() {}

    /** Returns a field for values like this one; empty where none holds it exactly. */
    static Optional<Field> field(String name, JsonValue value) {
        if (value instanceof JsonArray array) {
            return arrayField(name, array.elements());
        }
        if (value instanceof JsonObject) {
            return Optional.of(Field.json(name));
        }
        return scalarKind(value).map(kind -> Field.of(name, kind).queryable());
    }

    private static Optional<Field> arrayField(String name, List<JsonValue> elements) {
        boolean nested = elements.stream().anyMatch(value -> value instanceof JsonArray || value instanceof JsonObject);
        if (nested) {
            return Optional.of(Field.json(name));
        }
        Optional<TypeKind> first = elements.isEmpty() ? Optional.empty() : scalarKind(elements.get(0));
        boolean homogeneous =
                elements.stream().allMatch(value -> scalarKind(value).equals(first));
        return homogeneous ? first.map(kind -> Field.of(name, kind).array()) : Optional.empty();
    }

    private static Optional<TypeKind> scalarKind(JsonValue value) {
        if (value instanceof JsonString) {
            return Optional.of(TypeKind.STRING);
        }
        if (value instanceof JsonBoolean) {
            return Optional.of(TypeKind.BOOL);
        }
        return value instanceof JsonNumber number && float64(number) != null
                ? Optional.of(TypeKind.FLOAT64)
                : Optional.empty();
    }

    /** Returns the canonical value for the field, or null where another value would come back. */
    static @Nullable Object fit(JsonValue value, Field field, Limits limits) {
        if (!field.isArray()) {
            return scalar(value, field, limits);
        }
        if (!(value instanceof JsonArray array) || array.elements().isEmpty()) {
            return null;
        }
        List<Object> elements = new ArrayList<>(array.elements().size());
        for (JsonValue element : array.elements()) {
            Object fitting = scalar(element, field, limits);
            if (fitting == null) {
                return null;
            }
            elements.add(fitting);
        }
        return elements;
    }

    private static @Nullable Object scalar(JsonValue value, Field field, Limits limits) {
        if (field.kind() == TypeKind.JSON) {
            return value instanceof JsonNull ? null : JsonTrees.json(value, limits);
        }
        if (value instanceof JsonString string) {
            return text(string.value(), field);
        }
        if (value instanceof JsonNumber number) {
            return number(number, field.kind());
        }
        return value instanceof JsonBoolean bool && field.kind() == TypeKind.BOOL ? (Object) bool.value() : null;
    }

    private static @Nullable Object number(JsonNumber number, TypeKind kind) {
        return switch (kind) {
            case FLOAT64 -> float64(number);
            case FLOAT32 -> float32(number);
            case INT64 -> int64(number);
            case INT32 -> {
                Long value = int64(number);
                yield value != null && value == value.intValue() ? (Object) value.intValue() : null;
            }
            case UINT64 -> uint64(number);
            default -> null;
        };
    }

    private static @Nullable Double float64(JsonNumber number) {
        double value = number.toDouble();
        return Double.isFinite(value) && ShortestDecimal.of(value).equals(DecimalText.canonical(number.literal()))
                ? (Double) value
                : null;
    }

    private static @Nullable Float float32(JsonNumber number) {
        float value = Float.parseFloat(number.literal());
        return Float.isFinite(value)
                        && DecimalText.canonical(Float.toString(value).replace("E", "e"))
                                .equals(DecimalText.canonical(number.literal()))
                ? (Float) value
                : null;
    }

    private static @Nullable Long int64(JsonNumber number) {
        try {
            return Long.valueOf(DecimalText.canonical(number.literal()));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Uint64 uint64(JsonNumber number) {
        String literal = DecimalText.canonical(number.literal());
        try {
            return literal.startsWith("-") ? null : Uint64.parse(literal);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Object text(String text, Field field) {
        try {
            return switch (field.kind()) {
                case STRING -> text;
                case TIMESTAMP -> Rfc3339.isExact(text) ? Rfc3339.parse(text) : null;
                case UUID -> uuid(text);
                case ENUM -> ((EnumType) field.type()).named(text).orElse(null);
                case DURATION -> same(Duration.parse(text), text);
                case BYTES -> bytes(text);
                default -> null;
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Object uuid(String text) {
        return text.length() == UUID_LENGTH ? same(UUID.fromString(text), text) : null;
    }

    private static @Nullable Object same(Object value, String text) {
        return value.toString().equals(text) ? value : null;
    }

    private static @Nullable Object bytes(String text) {
        byte[] content = Base64.getDecoder().decode(text);
        return Base64.getEncoder().encodeToString(content).equals(text) ? Bytes.of(content) : null;
    }

    /** Returns what kind of value this is, for a notice. */
    static String kindName(JsonValue value) {
        if (value instanceof JsonString) {
            return "text";
        }
        return value instanceof JsonNumber || value instanceof JsonBoolean || value instanceof JsonArray
                ? value.kindName().replaceFirst("^an? ", "")
                : "object";
    }
}
