package org.almagest.internal.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.almagest.model.Uint64;

/**
 * A number that values of all number types are compared with, exactly and without allocation.
 *
 * <p>For each type it keeps the value of that type that is nearest to the number, and on which side of the number that
 * value lies: no other value of the type is between the two, so comparing with the neighbour decides.
 *
 * <p>A decimal of at most 17 significant digits (9 for float32) to which a float rounds, and which rounds to that float,
 * stands for the float: 0.1 equals the float64 that is written 0.1, although their values differ by 5.6e-18.
 */
final class NumberConstant implements ConstantOrder {
    /** Digits that are always enough to tell a float64, or a float32, from its neighbours. */
    private static final int FLOAT64_DIGITS = 17;

    private static final int FLOAT32_DIGITS = 9;

    /** The largest number of digits before the decimal point of a 64-bit integer. */
    private static final int INTEGER_DIGITS = 20;

    /** Powers of ten outside of which no float but 0 and the infinities lies. */
    private static final int FLOAT_MAGNITUDE = 400;

    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger UINT64_MAX = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    private final Number number;
    private final Neighbour signed;
    private final Neighbour unsigned;
    private final FloatNeighbour float64;
    private final FloatNeighbour float32;

    /** The neighbour among integers, as bits, and how it compares with the number. */
    private record Neighbour(long bits, int order) {}

    /** The neighbour among floats and how it compares with the number. */
    private record FloatNeighbour(double value, int order) {
        int compare(double other) {
            int result = NumberOrder.compareFloats(other, value);
            return result == 0 ? order : result;
        }
    }

    private NumberConstant(BigDecimal decimal) {
        this.number = decimal;
        this.signed = neighbour(decimal, LONG_MIN, LONG_MAX);
        this.unsigned = neighbour(decimal, BigInteger.ZERO, UINT64_MAX);
        this.float64 = float64(decimal);
        this.float32 = float32(decimal);
    }

    private NumberConstant(double special) {
        this.number = special;
        this.signed = special > 0 ? new Neighbour(Long.MAX_VALUE, -1) : new Neighbour(Long.MIN_VALUE, 1);
        this.unsigned = special > 0 ? new Neighbour(-1, -1) : new Neighbour(0, 1);
        this.float64 = new FloatNeighbour(special, 0);
        this.float32 = float64;
    }

    /** Takes a {@link BigDecimal}, or a Double that is infinite or NaN. */
    static ConstantOrder of(Number number) {
        if (number instanceof BigDecimal) {
            return new NumberConstant((BigDecimal) number);
        }
        double special = number.doubleValue();
        return Double.isNaN(special) ? value -> ValueFamily.UNORDERED : new NumberConstant(special);
    }

    @Override
    public int compare(Object value) {
        if (value instanceof Double) {
            return float64.compare((Double) value);
        } else if (value instanceof Long || value instanceof Integer) {
            int result = Long.compare(((Number) value).longValue(), signed.bits);
            return result == 0 ? signed.order : result;
        } else if (value instanceof Float) {
            return float32.compare((Float) value);
        } else if (value instanceof Uint64) {
            int result = Long.compareUnsigned(((Uint64) value).bits(), unsigned.bits);
            return result == 0 ? unsigned.order : result;
        }
        return NumberOrder.compare(value, number);
    }

    /** Returns the signed integer that equals the number. */
    OptionalLong equalSigned() {
        return signed.order == 0 ? OptionalLong.of(signed.bits) : OptionalLong.empty();
    }

    /** Returns the bits of the unsigned integer that equals the number. */
    OptionalLong equalUnsigned() {
        return unsigned.order == 0 ? OptionalLong.of(unsigned.bits) : OptionalLong.empty();
    }

    /** Returns the float64 that equals the number. */
    OptionalDouble equalFloat64() {
        return float64.order == 0 ? OptionalDouble.of(float64.value) : OptionalDouble.empty();
    }

    /** Returns the float32 that equals the number, or a float64 that no float32 equals. */
    OptionalDouble equalFloat32() {
        return float32.order == 0 ? OptionalDouble.of(float32.value) : OptionalDouble.empty();
    }

    private static Neighbour neighbour(BigDecimal decimal, BigInteger least, BigInteger greatest) {
        int sign = decimal.signum();
        long magnitude = magnitude(decimal);
        // Before any arithmetic: 1e999999999 written out would not fit into memory.
        BigInteger floor;
        if (sign != 0 && magnitude > INTEGER_DIGITS) {
            floor = sign > 0 ? greatest.add(BigInteger.ONE) : least.subtract(BigInteger.ONE);
        } else if (sign == 0 || magnitude <= 0) {
            floor = BigInteger.valueOf(Math.min(sign, 0));
        } else {
            floor = decimal.setScale(0, RoundingMode.FLOOR).unscaledValue();
        }
        if (floor.compareTo(least) < 0) {
            return new Neighbour(least.longValue(), 1);
        } else if (floor.compareTo(greatest) > 0) {
            return new Neighbour(greatest.longValue(), -1);
        }
        return new Neighbour(floor.longValue(), new BigDecimal(floor).compareTo(decimal));
    }

    private static FloatNeighbour float64(BigDecimal decimal) {
        double nearest = decimal.doubleValue();
        if (Double.isInfinite(nearest)) {
            return new FloatNeighbour(nearest, nearest > 0 ? 1 : -1);
        }
        BigDecimal exact = new BigDecimal(nearest);
        return new FloatNeighbour(nearest, means(decimal, exact, FLOAT64_DIGITS) ? 0 : exact.compareTo(decimal));
    }

    private static FloatNeighbour float32(BigDecimal decimal) {
        float nearest = decimal.floatValue();
        if (Float.isFinite(nearest) && means(decimal, new BigDecimal(nearest), FLOAT32_DIGITS)) {
            return new FloatNeighbour(nearest, 0);
        }
        return float64(decimal);
    }

    /** Tells whether the decimal is what the float rounds to at as many digits as the decimal has. */
    private static boolean means(BigDecimal decimal, BigDecimal exact, int digits) {
        if (decimal.signum() == 0 || Math.abs(magnitude(decimal)) > FLOAT_MAGNITUDE) {
            return decimal.signum() == exact.signum();
        }
        BigDecimal plain = decimal.stripTrailingZeros();
        int length = plain.precision();
        return length <= digits
                && exact.round(new MathContext(length, RoundingMode.HALF_EVEN)).compareTo(plain) == 0;
    }

    /** Returns the digits before the decimal point; negative for zeros after it. */
    private static long magnitude(BigDecimal decimal) {
        return (long) decimal.precision() - decimal.scale();
    }
}
