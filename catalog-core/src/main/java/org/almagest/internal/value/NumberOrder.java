package org.almagest.internal.value;

import java.math.BigDecimal;
import org.almagest.model.Uint64;

/** The order of numbers by value, exact whatever the types; -0.0 equals 0.0. */
final class NumberOrder {
    private static final double TWO_TO_63 = 0x1p63;

    private NumberOrder() {}

    /** Compares two numbers: -1, 0, 1, or {@link ValueFamily#UNORDERED} where one is NaN. */
    static int compare(Object left, Object right) {
        boolean leftFloats = isFloat(left);
        boolean rightFloats = isFloat(right);
        if (leftFloats && rightFloats) {
            return compareFloats(((Number) left).doubleValue(), ((Number) right).doubleValue());
        } else if (isLong(left) && isLong(right)) {
            return Long.compare(((Number) left).longValue(), ((Number) right).longValue());
        } else if (isLong(left) && rightFloats) {
            return compareMixed(((Number) left).longValue(), ((Number) right).doubleValue());
        } else if (leftFloats && isLong(right)) {
            return mirrored(compareMixed(((Number) right).longValue(), ((Number) left).doubleValue()));
        } else if (leftFloats && !Double.isFinite(((Number) left).doubleValue())) {
            return compareFloats(((Number) left).doubleValue(), 0);
        } else if (rightFloats && !Double.isFinite(((Number) right).doubleValue())) {
            return compareFloats(0, ((Number) right).doubleValue());
        }
        return decimal(left).compareTo(decimal(right));
    }

    /** Compares two floats, where equal zeros may differ in sign. */
    static int compareFloats(double left, double right) {
        if (left < right) {
            return -1;
        } else if (left > right) {
            return 1;
        }
        return left == right ? 0 : ValueFamily.UNORDERED;
    }

    /** Compares an integer with a float without rounding either. */
    private static int compareMixed(long left, double right) {
        if (Double.isNaN(right)) {
            return ValueFamily.UNORDERED;
        } else if (right >= TWO_TO_63) {
            return -1;
        } else if (right < -TWO_TO_63) {
            return 1;
        }
        long whole = (long) right;
        // A float at or above 2^53 is whole, one below keeps its whole part exactly: the difference is exact.
        return left == whole ? compareFloats(0, right - whole) : Long.compare(left, whole);
    }

    private static int mirrored(int order) {
        return order == ValueFamily.UNORDERED ? order : -order;
    }

    private static boolean isLong(Object number) {
        return number instanceof Long || number instanceof Integer;
    }

    private static boolean isFloat(Object number) {
        return number instanceof Double || number instanceof Float;
    }

    private static BigDecimal decimal(Object number) {
        if (number instanceof BigDecimal) {
            return (BigDecimal) number;
        } else if (number instanceof Uint64) {
            return new BigDecimal(((Uint64) number).toBigInteger());
        }
        return isLong(number)
                ? BigDecimal.valueOf(((Number) number).longValue())
                : new BigDecimal(((Number) number).doubleValue());
    }
}
