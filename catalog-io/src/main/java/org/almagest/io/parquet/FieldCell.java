package org.almagest.io.parquet;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.io.FieldText;
import org.almagest.io.JsonTrees;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.model.Uint64;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Reads the values of one column into one field; a value that the field does not hold exactly is refused. */
final class FieldCell {
    private final String subject;
    private final Field field;
    private final Limits limits;
    private final @Nullable ListShape list;
    private final @Nullable ScalarType scalar;
    private final JsonColumn json;

    private FieldCell(String name, Field field, Type type, boolean geometry, Limits limits) {
        this.subject = "field " + Quoted.text(name);
        this.field = field;
        this.limits = limits;
        this.list = ListShape.of(type);
        this.scalar = scalar(type, geometry);
        this.json = JsonColumn.of(type, limits);
    }

    /** Reads a column into a field; {@code geometry} where metadata says that its bytes are geometries. */
    static FieldCell of(Field field, Type type, boolean geometry, Limits limits) {
        return new FieldCell(field.name(), field, type, geometry, limits);
    }

    /** Reads a column into the time of a row. */
    static FieldCell ofTime(Type type, Limits limits) {
        return new FieldCell(DatasetSchema.TIME, Field.timestamp("instant"), type, false, limits);
    }

    /** Returns the field that holds every value of a column exactly. */
    static Field field(String name, Type type, boolean geometry) {
        ScalarType scalar = scalar(type, geometry);
        if (scalar == null) {
            return Field.json(name);
        }
        Field field = Field.of(name, scalar.kind());
        if (ListShape.of(type) != null) {
            return field.array();
        }
        return switch (scalar.kind()) {
            case BOOL, INT32, INT64, UINT64, FLOAT32, FLOAT64, TIMESTAMP, DURATION -> field.queryable();
            default -> field;
        };
    }

    /** Returns what the values or the elements of the lists of a column are; null for structs, maps, lists of these. */
    private static @Nullable ScalarType scalar(Type type, boolean geometry) {
        ListShape list = ListShape.of(type);
        Type element = list == null ? type : list.element();
        boolean nested = !element.isPrimitive()
                || list != null && list.depth() > 1 && ListShape.of(element) != null && list.depth() == 3;
        return nested ? null : ScalarType.of(element.asPrimitiveType(), geometry);
    }

    /** Returns the value for the field. */
    Object read(Object raw) {
        if (field.kind() == TypeKind.JSON && !field.isArray()) {
            return json(raw);
        }
        if (scalar == null || field.isArray() != (list != null)) {
            throw new InvalidRequestException(
                    subject,
                    (list != null ? "a list" : scalar == null ? "a struct" : "a single value") + " (expected "
                            + field.typeText() + ")");
        }
        if (list == null) {
            return converted(scalar.decoding().decode(raw, limits));
        }
        List<Object> elements = new ArrayList<>();
        for (Object element : list.elements(raw)) {
            if (element == null) {
                throw new InvalidRequestException(subject, "null in a list (expected " + field.typeText() + ")");
            }
            elements.add(converted(scalar.decoding().decode(element, limits)));
        }
        return elements;
    }

    private Object json(Object raw) {
        if (scalar != null && list == null) {
            Object value = scalar.decoding().decode(raw, limits);
            if (value instanceof Json) {
                return value;
            }
            if (value instanceof String text) {
                return Json.parse(text, limits);
            }
        }
        return JsonTrees.json(Objects.requireNonNull(json.read(raw)), limits);
    }

    private Object converted(Object value) {
        if (scalar != null && scalar.kind() == field.kind()) {
            return value;
        }
        if (value instanceof String text) {
            return new FieldText(limits).parse(subject, text, field.type());
        }
        if (value instanceof Number || value instanceof Uint64) {
            try {
                return number(value);
            } catch (ArithmeticException | NumberFormatException e) {
                throw refused(value);
            }
        }
        if (field.kind() == TypeKind.JSON) {
            return JsonTrees.json(JsonColumn.scalar(value), limits);
        }
        throw refused(value);
    }

    private Object number(Object value) {
        if (field.kind() == TypeKind.JSON) {
            return JsonTrees.json(JsonColumn.scalar(value), limits);
        }
        if (field.kind() == TypeKind.FLOAT64 && value instanceof Float) {
            return ((Float) value).doubleValue();
        }
        if (field.kind() == TypeKind.FLOAT32 && value instanceof Double number && !Double.isFinite(number)) {
            return number.floatValue();
        }
        BigDecimal exact = value instanceof Float || value instanceof Double
                ? new BigDecimal(((Number) value).doubleValue())
                : new BigDecimal(value.toString());
        return switch (field.kind()) {
            case INT32 -> exact.intValueExact();
            case INT64 -> exact.longValueExact();
            case UINT64 -> Uint64.parse(exact.toBigIntegerExact().toString());
            case FLOAT32 -> same(exact, exact.floatValue());
            case FLOAT64 -> same(exact, exact.doubleValue());
            case DURATION -> Duration.ofNanos(exact.longValueExact());
            default -> throw refused(value);
        };
    }

    private static Number same(BigDecimal exact, Number rounded) {
        double value = rounded.doubleValue();
        if (!Double.isFinite(value) || new BigDecimal(value).compareTo(exact) != 0) {
            throw new ArithmeticException();
        }
        return rounded;
    }

    private InvalidRequestException refused(Object value) {
        String what = value instanceof Number || value instanceof Uint64
                ? "number " + value
                : value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        return new InvalidRequestException(subject, what + " (expected " + field.typeText() + ")");
    }
}
