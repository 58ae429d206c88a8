package org.almagest.storage.column;

import java.time.Duration;
import java.time.Instant;
import org.almagest.model.Uint64;
import org.almagest.schema.TypeKind;

/**
 * How the values of a kind are signed 64-bit numbers in the same order, and which number is which value.
 *
 * <p>Integers are themselves, unsigned ones with the highest bit turned; false and true are 0 and 1; timestamps and
 * durations are counts of a unit of 10<sup>-scale</sup> seconds. Floats are either decimals, a whole number divided by
 * 10<sup>scale</sup>, or the bits of the float, those of negative ones turned so that they ascend.
 *
 * @param kind of the field
 * @param scale digits behind the point; {@link #BITS} for floats that are no short decimals
 */
record Numbering(TypeKind kind, int scale) {
    /** The scale of floats that are their bits. */
    static final int BITS = 0xFF;

    /** The finest decimals: their divisor is exact as a float, so the quotient is the float nearest to the decimal. */
    static final int DECIMAL_SCALE_MAX = 15;

    static final int NANOS_SCALE = 9;

    private static final double[] POWERS = new double[DECIMAL_SCALE_MAX + 1];
    private static final long[] LONG_POWERS = new long[NANOS_SCALE + 1];

    static {
        double power = 1;
        for (int i = 0; i <= DECIMAL_SCALE_MAX; i++) {
            POWERS[i] = power;
            if (i <= NANOS_SCALE) {
                LONG_POWERS[i] = (long) power;
            }
            power *= 10;
        }
    }

    /** Tells whether a header may have this numbering. */
    boolean isValid() {
        return switch (kind) {
            case BOOL, INT32, INT64, UINT64 -> scale == 0;
            case FLOAT32, FLOAT64 -> scale == BITS || scale >= 0 && scale <= DECIMAL_SCALE_MAX;
            case TIMESTAMP, DURATION -> scale >= 0 && scale <= NANOS_SCALE;
            default -> false;
        };
    }

    static double power(int scale) {
        return POWERS[scale];
    }

    static long unitsPerSecond(int scale) {
        return LONG_POWERS[scale];
    }

    /** Returns the bits of a float as a number that ascends with it, -0.0 directly before 0.0, NaN last. */
    static long ofDouble(double value) {
        long bits = Double.doubleToLongBits(value);
        return bits ^ bits >> Long.SIZE - 1 & Long.MAX_VALUE;
    }

    static long ofFloat(float value) {
        int bits = Float.floatToIntBits(value);
        return bits ^ bits >> Integer.SIZE - 1 & Integer.MAX_VALUE;
    }

    static double toDouble(long key) {
        return Double.longBitsToDouble(key ^ key >> Long.SIZE - 1 & Long.MAX_VALUE);
    }

    static float toFloat(long key) {
        int bits = (int) key;
        return Float.intBitsToFloat(bits ^ bits >> Integer.SIZE - 1 & Integer.MAX_VALUE);
    }

    static long ofUnsigned(long bits) {
        return bits ^ Long.MIN_VALUE;
    }

    /** Returns the value of a number, as a datapoint that was read has it. */
    Object value(long key) {
        return switch (kind) {
            case BOOL -> key != 0;
            case INT32 -> (int) key;
            case INT64 -> key;
            case UINT64 -> Uint64.ofBits(ofUnsigned(key));
            case FLOAT64 -> scale == BITS ? toDouble(key) : key / POWERS[scale];
            case FLOAT32 -> scale == BITS ? toFloat(key) : (float) (key / POWERS[scale]);
            case TIMESTAMP -> Instant.ofEpochSecond(seconds(key), nanos(key));
            case DURATION -> Duration.ofSeconds(seconds(key), nanos(key));
            default -> throw new IllegalStateException("column: numbers of " + kind);
        };
    }

    /** Returns the value of the code of NaN. */
    Object nan() {
        if (kind == TypeKind.FLOAT32) {
            return Float.NaN;
        }
        return Double.NaN;
    }

    private long seconds(long key) {
        return Math.floorDiv(key, LONG_POWERS[scale]);
    }

    private long nanos(long key) {
        return Math.floorMod(key, LONG_POWERS[scale]) * LONG_POWERS[NANOS_SCALE - scale];
    }
}
