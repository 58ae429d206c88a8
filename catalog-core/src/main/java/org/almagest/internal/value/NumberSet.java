package org.almagest.internal.value;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.almagest.model.Uint64;

/** Numbers to look values up in, sorted once for each number type. */
final class NumberSet implements ValueSet {
    private final long[] signed;
    private final long[] unsigned;
    private final double[] float64;
    private final double[] float32;

    private NumberSet(List<NumberConstant> constants) {
        this.signed = constants.stream()
                .flatMapToLong(constant -> constant.equalSigned().stream())
                .sorted()
                .toArray();
        this.unsigned = constants.stream()
                .flatMapToLong(constant -> constant.equalUnsigned().stream())
                .map(NumberSet::flipped)
                .sorted()
                .toArray();
        this.float64 = constants.stream()
                .flatMapToDouble(constant -> constant.equalFloat64().stream())
                .map(NumberSet::plainZero)
                .sorted()
                .toArray();
        this.float32 = constants.stream()
                .flatMapToDouble(constant -> constant.equalFloat32().stream())
                .map(NumberSet::plainZero)
                .sorted()
                .toArray();
    }

    static ValueSet of(Collection<Object> constants) {
        return new NumberSet(constants.stream()
                .map(constant -> NumberConstant.of((Number) constant))
                .filter(NumberConstant.class::isInstance)
                .map(NumberConstant.class::cast)
                .toList());
    }

    @Override
    public boolean contains(Object value) {
        if (value instanceof Double) {
            return Arrays.binarySearch(float64, plainZero((Double) value)) >= 0;
        } else if (value instanceof Long || value instanceof Integer) {
            return Arrays.binarySearch(signed, ((Number) value).longValue()) >= 0;
        } else if (value instanceof Float) {
            return Arrays.binarySearch(float32, plainZero((Float) value)) >= 0;
        }
        return Arrays.binarySearch(unsigned, flipped(((Uint64) value).bits())) >= 0;
    }

    @Override
    public int side(Object value) {
        if (value instanceof Double) {
            return side(float64, (Double) value);
        } else if (value instanceof Long || value instanceof Integer) {
            return side(signed, ((Number) value).longValue());
        } else if (value instanceof Float) {
            return side(float32, (Float) value);
        }
        return side(unsigned, flipped(((Uint64) value).bits()));
    }

    private static int side(long[] sorted, long value) {
        if (sorted.length == 0 || value < sorted[0]) {
            return -1;
        }
        return value > sorted[sorted.length - 1] ? 1 : 0;
    }

    private static int side(double[] sorted, double value) {
        if (Double.isNaN(value)) {
            return ValueFamily.UNORDERED;
        } else if (sorted.length == 0 || value < sorted[0]) {
            return -1;
        }
        return value > sorted[sorted.length - 1] ? 1 : 0;
    }

    /** Maps the unsigned order of bits to the signed one. */
    private static long flipped(long bits) {
        return bits ^ Long.MIN_VALUE;
    }

    /** Adding 0.0 turns -0.0 into 0.0 and changes nothing else. */
    private static double plainZero(double value) {
        return value + 0.0;
    }
}
