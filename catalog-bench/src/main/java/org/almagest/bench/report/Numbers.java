package org.almagest.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Spells figures for readers. */
final class Numbers {
    private static final double THOUSAND = 1_000;

    private Numbers() {}

    /** Returns three significant digits, without an exponent. */
    static String significant(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "-";
        }
        if (Math.abs(value) >= THOUSAND) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return new BigDecimal(value).round(new MathContext(3)).toPlainString();
    }

    /** Returns a time in the unit that suits it. */
    static String micros(double micros) {
        if (micros < THOUSAND) {
            return significant(micros) + " µs";
        }
        double millis = micros / THOUSAND;
        return millis < THOUSAND ? significant(millis) + " ms" : significant(millis / THOUSAND) + " s";
    }

    /** Returns a rate of rows. */
    static String rowsPerSecond(double rate) {
        return rate < THOUSAND ? significant(rate) + " rows/s" : significant(rate / THOUSAND) + " k rows/s";
    }
}
