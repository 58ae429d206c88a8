package org.almagest.internal.json;

import java.math.BigInteger;

/**
 * The shortest decimal digits that read back as the same float64, equal on every JDK.
 *
 * <p>{@code Double.toString} of JDKs before 19 sometimes gives a digit too many, so text made from it, and every hash
 * of such text, would depend on the JDK.
 */
public final class ShortestDecimal {
    /*
     * Raffaello Giulietti, "The Schubfach way to render doubles" (2021), with the paper's names: v = c 2^q, the
     * candidates s 10^k and (s + 1) 10^k with k = floor(log10(2^q)), and g = floor(10^-k 2^-r) + 1 in 126 bits.
     * Unlike Double.toString one digit is enough here: 5e-324, not 4.9E-324.
     */
    private static final int PRECISION = 53;
    private static final int Q_MIN = -1074;
    private static final long C_MIN = 1L << (PRECISION - 1);
    private static final int EXPONENT_MASK = 0x7FF;
    private static final long FRACTION_MASK = C_MIN - 1;
    private static final int K_MIN = -324;
    private static final int K_MAX = 292;
    private static final long MASK_63 = Long.MAX_VALUE;

    /** 10 to each power a long can hold. */
    private static final long[] POWERS = new long[19];

    /** For k from K_MIN on: the upper and the lower 63 bits of g. */
    private static final long[] G = new long[2 * (K_MAX - K_MIN + 1)];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
        for (int k = K_MIN; k <= K_MAX; k++) {
            BigInteger g = scaledPowerOfTen(-k, floorLog2PowerOf10(-k) - 125).add(BigInteger.ONE);
            G[2 * (k - K_MIN)] = g.shiftRight(63).longValueExact();
            G[2 * (k - K_MIN) + 1] = g.longValue() & MASK_63;
        }
    }

    private ShortestDecimal() {}

    /** Returns {@code value} as ECMAScript writes it: {@code 0.1}, {@code 1e+21}, {@code 0} for both zeros. */
    public static String of(double value) {
        StringBuilder out = new StringBuilder(24);
        append(out, value);
        return out.toString();
    }

    /**
     * Appends {@code value} as ECMAScript writes it.
     *
     * @throws IllegalArgumentException if {@code value} is not finite
     */
    public static void append(StringBuilder out, double value) {
        if (value == 0) {
            out.append('0');
            return;
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("not a finite number: " + value);
        }
        long bits = Double.doubleToRawLongBits(value);
        int biased = (int) (bits >>> (PRECISION - 1)) & EXPONENT_MASK;
        long fraction = bits & FRACTION_MASK;
        if (biased == 0) {
            appendShortest(out, bits < 0, Q_MIN, fraction);
            return;
        }
        int q = Q_MIN - 1 + biased;
        long c = C_MIN | fraction;
        if (-PRECISION < q && q < 0 && c >> -q << -q == c) {
            appendDecimal(out, bits < 0, c >> -q, 0); // an integer below 2^53: nothing shorter rounds to it
        } else {
            appendShortest(out, bits < 0, q, c);
        }
    }

    private static void appendShortest(StringBuilder out, boolean negative, int q, long c) {
        int odd = (int) c & 1;
        boolean regular = c != C_MIN || q == Q_MIN;
        long cb = c << 2;
        int k = regular ? floorLog10PowerOf2(q) : floorLog10ThreeQuartersPowerOf2(q);
        int h = q + floorLog2PowerOf10(-k) + 2;
        int g = 2 * (k - K_MIN);
        long middle = roundToOdd(G[g], G[g + 1], cb << h);
        long lower = roundToOdd(G[g], G[g + 1], (regular ? cb - 2 : cb - 1) << h) + odd;
        long upper = roundToOdd(G[g], G[g + 1], (cb + 2) << h) - odd;
        long s = middle >> 2;
        if (s >= 10) {
            long shorter = s / 10 * 10;
            boolean below = lower <= shorter << 2;
            boolean above = (shorter + 10) << 2 <= upper;
            if (below != above) {
                appendDecimal(out, negative, below ? shorter : shorter + 10, k);
                return;
            }
        }
        boolean below = lower <= s << 2;
        boolean above = (s + 1) << 2 <= upper;
        if (below != above) {
            appendDecimal(out, negative, below ? s : s + 1, k);
            return;
        }
        long twice = middle - ((2 * s + 1) << 1); // both read back: the closer one, the even one of two equally close
        appendDecimal(out, negative, twice < 0 || twice == 0 && (s & 1) == 0 ? s : s + 1, k);
    }

    private static void appendDecimal(StringBuilder out, boolean negative, long digits, int exponent) {
        long rest = digits;
        int k = exponent;
        while (rest % 10 == 0) {
            rest /= 10;
            k++;
        }
        int count = 1;
        while (count < POWERS.length && POWERS[count] <= rest) {
            count++;
        }
        DecimalText.append(out, negative, Long.toString(rest), count + k);
    }

    /** The paper's rop: the product of g and cp without its 126 low bits, the lowest bit set when any was lost. */
    private static long roundToOdd(long g1, long g0, long cp) {
        long x1 = Math.multiplyHigh(g0, cp);
        long y0 = g1 * cp;
        long y1 = Math.multiplyHigh(g1, cp);
        long z = (y0 >>> 1) + x1;
        long w = y1 + (z >>> 63);
        return w | ((z & MASK_63) + MASK_63) >>> 63;
    }

    /** Returns floor(10^e 2^-r). */
    private static BigInteger scaledPowerOfTen(int e, int r) {
        BigInteger power = BigInteger.TEN.pow(Math.abs(e));
        return e >= 0 ? power.shiftRight(r) : BigInteger.ONE.shiftLeft(-r).divide(power);
    }

    // The three multipliers are log10(2) 2^41, log10(3/4) 2^41 and log2(10) 2^38; exact in the range of float64.

    private static int floorLog10PowerOf2(int e) {
        return (int) (e * 661_971_961_083L >> 41);
    }

    private static int floorLog10ThreeQuartersPowerOf2(int e) {
        return (int) (e * 661_971_961_083L - 274_743_187_321L >> 41);
    }

    private static int floorLog2PowerOf10(int e) {
        return (int) (e * 913_124_641_741L >> 38);
    }
}
