package org.almagest.internal.value;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.almagest.model.EnumValue;
import org.almagest.model.Uint64;
import org.jspecify.annotations.Nullable;

/**
 * The values that rows are sorted by, in one form for each value whatever type it was stored with, and their order.
 *
 * <p>In this form a number is a Long, a {@link Uint64} above all Longs or a Double, an enum value is its name, and the
 * id of a datapoint is a {@link DatapointId}; -0.0 is 0.0.
 */
public final class SortValues {
    private static final Comparator<Object> NUMBERS = ValueFamily.NUMBER.sorting();
    private static final int OBJECT_BYTES = 32;

    private SortValues() {}

    /** Values that compare with each other, in the order in which classes follow each other. */
    private enum Kind {
        NUMBER,
        TEXT,
        BOOL,
        INSTANT,
        DURATION,
        UUID,
        ID,
        BYTES
    }

    /**
     * Returns a value in the form that is sorted.
     *
     * @throws InvalidRequestException if values of its type have no order
     */
    public static Object canonical(Object value) {
        if (value instanceof Integer) {
            return ((Integer) value).longValue();
        } else if (value instanceof Float || value instanceof Double) {
            return ((Number) value).doubleValue() + 0.0; // -0.0 + 0.0 is 0.0
        } else if (value instanceof Uint64 && ((Uint64) value).bits() >= 0) {
            return ((Uint64) value).bits();
        } else if (value instanceof EnumValue) {
            return ((EnumValue) value).name();
        }
        if (kindOf(value) == null) {
            throw new InvalidRequestException(
                    "sort value", value.getClass().getSimpleName() + " (expected a type with an order)");
        }
        return value;
    }

    private static @Nullable Kind kindOf(Object value) {
        if (value instanceof Long || value instanceof Double || value instanceof Uint64) {
            return Kind.NUMBER;
        } else if (value instanceof String) {
            return Kind.TEXT;
        } else if (value instanceof Boolean) {
            return Kind.BOOL;
        } else if (value instanceof Instant) {
            return Kind.INSTANT;
        } else if (value instanceof Duration) {
            return Kind.DURATION;
        } else if (value instanceof UUID) {
            return Kind.UUID;
        } else if (value instanceof DatapointId) {
            return Kind.ID;
        }
        return value instanceof Bytes ? Kind.BYTES : null;
    }

    /** Compares two values in the form that is sorted: classes in their order, within a class by value. */
    public static int compare(Object left, Object right) {
        if (left instanceof Long && right instanceof Long) {
            return Long.compare((Long) left, (Long) right);
        }
        Kind kind = kindOf(left);
        Kind other = kindOf(right);
        assert kind != null && other != null : left + " " + right;
        if (kind != other) {
            return kind.compareTo(other);
        }
        return switch (kind) {
            case NUMBER -> NUMBERS.compare(left, right);
            case TEXT -> TextOrder.compare((String) left, (String) right);
            case BOOL -> Boolean.compare((Boolean) left, (Boolean) right);
            case INSTANT -> ((Instant) left).compareTo((Instant) right);
            case DURATION -> ((Duration) left).compareTo((Duration) right);
            case UUID -> ValueFamily.UUID.compare(left, right);
            case ID -> ((DatapointId) left).compareTo((DatapointId) right);
            case BYTES -> ((Bytes) left).compareTo((Bytes) right);
        };
    }

    /** Returns how many bytes of heap a value takes, at most about. */
    public static long heapBytes(Object value) {
        if (value instanceof String) {
            return 2 * OBJECT_BYTES + 2L * ((String) value).length();
        }
        return value instanceof Bytes ? 2 * OBJECT_BYTES + ((Bytes) value).length() : OBJECT_BYTES;
    }
}
