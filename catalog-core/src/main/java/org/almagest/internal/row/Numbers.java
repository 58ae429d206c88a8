package org.almagest.internal.row;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.OptionalLong;
import org.almagest.model.Uint64;
import org.almagest.schema.TypeKind;

/** Converts numbers between types, exactly or not at all. */
final class Numbers {
    private static final double TWO_TO_63 = 0x1p63;
    private static final BigInteger UINT64_MAX =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    private Numbers() {}

    /** Returns an integer of any type as a long; empty where it is no integer or does not fit. */
    static OptionalLong toLong(Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return OptionalLong.of(((Number) value).longValue());
        }
        if (value instanceof Uint64 && ((Uint64) value).bits() >= 0) {
            return OptionalLong.of(((Uint64) value).bits());
        }
        if (value instanceof BigInteger && ((BigInteger) value).bitLength() < Long.SIZE) {
            return OptionalLong.of(((BigInteger) value).longValue());
        }
        return OptionalLong.empty();
    }

    /** Returns the bits of an integer that fits an int32, int64 or uint64 field. */
    static long toIntegerBits(Slot slot, Object value, InputPlace place) {
        if (value instanceof Long && slot.kind() == TypeKind.INT64) {
            return (Long) value;
        }
        if (!isInteger(value)) {
            throw InputTypes.wrongType(slot, value, place);
        }
        if (slot.kind() == TypeKind.UINT64) {
            return uint64Bits(value, place);
        }
        OptionalLong number = toLong(value);
        if (slot.kind() == TypeKind.INT32) {
            if (number.isEmpty() || number.getAsLong() != (int) number.getAsLong()) {
                throw outOfRange(place, Integer.MIN_VALUE + " to " + Integer.MAX_VALUE);
            }
        } else if (number.isEmpty()) {
            throw outOfRange(place, Long.MIN_VALUE + " to " + Long.MAX_VALUE);
        }
        return number.getAsLong();
    }

    private static long uint64Bits(Object value, InputPlace place) {
        if (value instanceof Uint64) {
            return ((Uint64) value).bits();
        }
        if (value instanceof Long && (Long) value >= 0) {
            return (Long) value;
        }
        BigInteger number = toBigInteger(value);
        if (number.signum() < 0 || number.compareTo(UINT64_MAX) > 0) {
            throw outOfRange(place, "0 to " + UINT64_MAX);
        }
        return number.longValue();
    }

    private static RuntimeException outOfRange(InputPlace place, String range) {
        return place.refused("integer out of range (expected " + range + ")");
    }

    /** Returns a number that a float64 field can hold without loss. */
    static double toDouble(Slot slot, Object value, InputPlace place) {
        if (value instanceof Double || value instanceof Float) {
            return ((Number) value).doubleValue();
        }
        if (!isInteger(value)) {
            throw InputTypes.wrongType(slot, value, place);
        }
        double converted = integerToDouble(value);
        if (Double.isNaN(converted)) {
            throw place.refused("integer that float64 cannot hold exactly (expected float64)");
        }
        return converted;
    }

    /** Returns a number that a float32 field can hold without loss. */
    static float toFloat(Slot slot, Object value, InputPlace place) {
        if (value instanceof Float) {
            return (Float) value;
        }
        if (!isInteger(value) && !(value instanceof Double)) {
            throw InputTypes.wrongType(slot, value, place);
        }
        double wide = value instanceof Double ? (Double) value : integerToDouble(value);
        boolean lost = Double.isNaN(wide) ? !(value instanceof Double) : (double) (float) wide != wide;
        if (lost) {
            throw place.refused("number that float32 cannot hold exactly (expected float32)");
        }
        return (float) wide;
    }

    private static boolean isInteger(Object value) {
        return value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte
                || value instanceof Uint64
                || value instanceof BigInteger;
    }

    private static BigInteger toBigInteger(Object integer) {
        if (integer instanceof BigInteger) {
            return (BigInteger) integer;
        }
        return integer instanceof Uint64
                ? ((Uint64) integer).toBigInteger()
                : BigInteger.valueOf(((Number) integer).longValue());
    }

    /** Returns the integer as a double, or NaN where no double is equal to it. */
    private static double integerToDouble(Object integer) {
        OptionalLong small = toLong(integer);
        if (small.isPresent()) {
            double converted = small.getAsLong();
            // 2^63 is the one double whose conversion back saturates to a long that it was not made from.
            return converted != TWO_TO_63 && (long) converted == small.getAsLong() ? converted : Double.NaN;
        }
        BigInteger large = toBigInteger(integer);
        double converted = large.doubleValue();
        boolean exact =
                !Double.isInfinite(converted) && new BigDecimal(converted).compareTo(new BigDecimal(large)) == 0;
        return exact ? converted : Double.NaN;
    }
}
