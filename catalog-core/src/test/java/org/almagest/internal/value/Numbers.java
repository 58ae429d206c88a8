package org.almagest.internal.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.almagest.model.Uint64;

/** Random numbers around the places where types differ, and their order by decimal arithmetic alone. */
public final class Numbers {
    private static final double[] FLOATS = {
        0.0,
        -0.0,
        0.1,
        0.3,
        1.0,
        -1.5,
        1e23,
        0x1p53,
        0x1p63,
        0x1p64,
        -0x1p63,
        1e-300,
        Double.MIN_VALUE,
        Double.MAX_VALUE
    };
    private static final long[] INTEGERS = {
        0, 1, -1, 20, (1L << 53) - 1, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MAX_VALUE
    };
    private static final String[] DECIMALS = {
        "0",
        "-0.0",
        "0.1",
        "0.10",
        "0.3",
        "0.30000000000000004",
        "0.10000000000000000001",
        "1e23",
        "20",
        "-1.5",
        "9007199254740993",
        "9007199254740993.5",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775808",
        "-9223372036854775809",
        "1e-400",
        "1e400",
        "-1e400",
        "5e-324"
    };

    private Numbers() {}

    /** Returns a finite value of any number type. */
    public static Object value(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> (int) integer(random);
            case 1 -> integer(random);
            case 2 -> Uint64.ofBits(integer(random));
            case 3 -> finite((float) number(random));
            default -> number(random);
        };
    }

    /** Returns a number as a filter has it. */
    public static BigDecimal decimal(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> new BigDecimal(DECIMALS[random.nextInt(DECIMALS.length)]);
            case 1 -> new BigDecimal(Double.toString(number(random)));
            case 2 -> new BigDecimal(Float.toString(finite((float) number(random))));
            default -> BigDecimal.valueOf(random.nextInt(-30, 30), random.nextInt(3));
        };
    }

    private static float finite(float value) {
        return Float.isFinite(value) ? value : 0.1f;
    }

    private static double number(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> FLOATS[random.nextInt(FLOATS.length)];
            case 1 -> random.nextInt(-300, 300) / 10.0;
            case 2 -> (double) integer(random);
            default -> {
                double any = Double.longBitsToDouble(random.nextLong());
                yield Double.isFinite(any) ? any : 0.1;
            }
        };
    }

    private static long integer(SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> INTEGERS[random.nextInt(INTEGERS.length)];
            case 1 -> random.nextLong(-30, 30);
            default -> random.nextLong();
        };
    }

    /** Returns the exact value of a finite number. */
    public static BigDecimal exact(Object value) {
        if (value instanceof Uint64 unsigned) {
            return new BigDecimal(unsigned.toBigInteger());
        } else if (value instanceof Double || value instanceof Float) {
            return new BigDecimal(((Number) value).doubleValue());
        }
        return new BigDecimal(value.toString());
    }

    /** Returns how a finite value of a field lies to a constant. */
    public static int order(Object value, BigDecimal constant) {
        BigDecimal exact = exact(value);
        boolean single = value instanceof Float;
        int digits = constant.signum() == 0 ? 1 : constant.stripTrailingZeros().precision();
        if ((single || value instanceof Double) && digits <= (single ? 9 : 17)) {
            boolean roundsThere =
                    exact.round(new MathContext(digits, RoundingMode.HALF_EVEN)).compareTo(constant) == 0;
            boolean roundsBack = single
                    ? Float.parseFloat(constant.toString()) == (Float) value
                    : Double.parseDouble(constant.toString()) == (Double) value;
            if (roundsThere && roundsBack) {
                return 0;
            }
        }
        if (single && digits <= 17) {
            return order(((Float) value).doubleValue(), constant);
        }
        return Integer.signum(exact.compareTo(constant));
    }
}
