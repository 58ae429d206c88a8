package org.almagest.io;

/** Reads short decimals faster than {@link Double#parseDouble}, with the same result. */
final class Decimals {
    /*
     * W. D. Clinger, "How to read floating point numbers accurately" (1990): digits below 2^53 and a power of ten up to
     * 10^22 are exact float64 values, so one division rounds once, correctly.
     */
    private static final int DIGITS_MAX = 15;
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private Decimals() {}

    /** Returns the nearest float64 of a decimal that Java spells the same way. */
    static double parse(String text) {
        int length = text.length();
        int start = length > 0 && text.charAt(0) == '-' ? 1 : 0;
        if (length == start || length > DIGITS_MAX + start + 1 || text.charAt(start) == '.') {
            return Double.parseDouble(text);
        }
        long digits = 0;
        int count = 0;
        int point = -1;
        for (int i = start; i < length; i++) {
            char c = text.charAt(i);
            if (c == '.' && point < 0) {
                point = i;
            } else if (c >= '0' && c <= '9' && count < DIGITS_MAX) {
                digits = digits * 10 + c - '0';
                count++;
            } else {
                return Double.parseDouble(text);
            }
        }
        double value = digits / POWERS[point < 0 ? 0 : length - point - 1];
        return start == 1 ? -value : value;
    }
}
