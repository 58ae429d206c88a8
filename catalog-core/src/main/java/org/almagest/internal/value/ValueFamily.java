package org.almagest.internal.value;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.almagest.model.EnumValue;
import org.almagest.model.TimeText;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;

/**
 * Values that compare with each other: those of one family, whatever the types of their fields.
 *
 * <p>Values are in the form in which a datapoint that was read has them; numbers may be {@link BigDecimal} as well.
 */
public enum ValueFamily {
    /** All integers and floats, by value. */
    NUMBER(NumberOrder::compare),
    /** Strings and names of enum values, by code point. */
    TEXT((left, right) -> TextOrder.compare(textOf(left), textOf(right))),
    /** False before true. */
    BOOL((left, right) -> Boolean.compare((Boolean) left, (Boolean) right)),
    /** Instants, in nanoseconds. */
    INSTANT((left, right) -> Integer.signum(((Instant) left).compareTo((Instant) right))),
    /** Durations, in nanoseconds. */
    DURATION((left, right) -> Integer.signum(((Duration) left).compareTo((Duration) right))),
    /** UUIDs of custom fields, by unsigned bytes. */
    UUID((left, right) -> compareUnsigned((java.util.UUID) left, (java.util.UUID) right)),
    /** Ids of datapoints, which are UUIDs in an order of their own. */
    ID((left, right) -> compareIds((java.util.UUID) left, (java.util.UUID) right)),
    /** Byte strings, by unsigned bytes. */
    BYTES((left, right) -> Integer.signum(((Bytes) left).compareTo((Bytes) right))),
    /** Geometry, JSON and arrays: nothing compares. */
    NONE((left, right) -> ValueFamily.UNORDERED);

    /** The result of a comparison with NaN: neither less nor equal nor greater. */
    public static final int UNORDERED = 2;

    private final Order order;

    ValueFamily(Order order) {
        this.order = order;
    }

    private interface Order {
        int compare(Object left, Object right);
    }

    /** Returns the family of the values of a field. */
    public static ValueFamily of(Field field) {
        return field.isArray() ? NONE : ofElement(field);
    }

    /** Returns the family of the elements of an array field, or of the values of another one. */
    public static ValueFamily ofElement(Field field) {
        return switch (field.kind()) {
            case INT32, INT64, UINT64, FLOAT32, FLOAT64 -> NUMBER;
            case STRING, ENUM -> TEXT;
            case BOOL -> BOOL;
            case TIMESTAMP -> INSTANT;
            case DURATION -> DURATION;
            case UUID -> UUID;
            case BYTES -> BYTES;
            case GEOMETRY, JSON -> NONE;
        };
    }

    /** Returns the family of the value of a literal. */
    public static ValueFamily ofConstant(Object value) {
        if (value instanceof Number) {
            return NUMBER;
        } else if (value instanceof String) {
            return TEXT;
        } else if (value instanceof Boolean) {
            return BOOL;
        } else if (value instanceof Instant) {
            return INSTANT;
        } else if (value instanceof Duration) {
            return DURATION;
        } else if (value instanceof java.util.UUID) {
            return UUID;
        }
        return value instanceof Bytes ? BYTES : NONE;
    }

    /** Compares two values of this family: -1, 0, 1 or {@link #UNORDERED}. */
    public int compare(Object left, Object right) {
        return order.compare(left, right);
    }

    /** Returns an order of all values of this family, NaN after every other number. */
    public Comparator<Object> sorting() {
        return (left, right) -> {
            int result = compare(left, right);
            return result == UNORDERED ? Boolean.compare(isNan(left), isNan(right)) : result;
        };
    }

    private static boolean isNan(Object value) {
        return value instanceof Number && Double.isNaN(((Number) value).doubleValue());
    }

    /**
     * Returns the value of a literal as one of this family, or null where it has none. Text stands for the instant,
     * duration or UUID that it names.
     */
    public @Nullable Object constant(Object value) {
        ValueFamily own = ofConstant(value);
        if (own == this || this == ID && own == UUID) {
            return this == NONE ? null : value;
        }
        return own == TEXT ? named((String) value) : null;
    }

    private @Nullable Object named(String text) {
        try {
            return switch (this) {
                case INSTANT -> TimeText.parseInstant(text);
                case DURATION -> Duration.parse(text);
                case UUID, ID -> DatapointId.parse(text).toUuid();
                default -> null;
            };
        } catch (InvalidRequestException | DateTimeException e) {
            return null;
        }
    }

    /** Returns how values of this family lie to a constant of it. */
    public ConstantOrder against(Object constant) {
        return this == NUMBER ? NumberConstant.of((Number) constant) : value -> compare(value, constant);
    }

    private static String textOf(Object value) {
        return value instanceof EnumValue ? ((EnumValue) value).name() : (String) value;
    }

    private static int compareUnsigned(java.util.UUID left, java.util.UUID right) {
        int high = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
    }

    private static int compareIds(java.util.UUID left, java.util.UUID right) {
        return DatapointId.compare(
                left.getMostSignificantBits(),
                left.getLeastSignificantBits(),
                right.getMostSignificantBits(),
                right.getLeastSignificantBits());
    }
}
