package org.almagest.io;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Reads the one spelling of a time that most files use, much faster than a general parser. */
public final class Rfc3339 {
    private static final String PATTERN = "0000-00-00T00:00:00";
    private static final int FRACTION_DIGITS_MAX = 9;
    private static final int SECONDS_PER_DAY = 86_400;

    private Rfc3339() {}

    /**
     * Returns the instant of {@code yyyy-MM-ddTHH:mm:ss[.f]Z}, with 1 to 9 digits in the fraction; null for any other
     * text, for the year 0 and for days and times that do not exist.
     */
    public static @Nullable Instant parse(String text) {
        int last = text.length() - 1;
        if (last < PATTERN.length() || text.charAt(last) != 'Z') {
            return null;
        }
        for (int i = 0; i < PATTERN.length(); i++) {
            char expected = PATTERN.charAt(i);
            char c = text.charAt(i);
            if (expected == '0' ? c < '0' || c > '9' : c != expected) {
                return null;
            }
        }
        int nanos = nanos(text, PATTERN.length(), last);
        int hour = two(text, 11);
        int minute = two(text, 14);
        int second = two(text, 17);
        int year = two(text, 0) * 100 + two(text, 2);
        if (nanos < 0 || year < 1 || hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        try {
            LocalDate date = LocalDate.of(year, two(text, 5), two(text, 8));
            return Instant.ofEpochSecond(
                    date.toEpochDay() * SECONDS_PER_DAY + hour * 3_600L + minute * 60L + second, nanos);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * Tells whether {@link java.time.Instant} text made from the value is the same text again: no fraction, or one that
     * does not end in 0.
     */
    public static boolean isExact(String text) {
        int last = text.length() - 1;
        return parse(text) != null && (last == PATTERN.length() || text.charAt(last - 1) != '0');
    }

    /** Returns {@code yyyy-MM-ddTHH:mm:ss[.f]Z} with as many digits of fraction as the value has. */
    public static String format(Instant instant) {
        String text = instant.toString();
        int end = text.length() - 1;
        if (instant.getNano() == 0) {
            return text;
        }
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return end == text.length() - 1 ? text : text.substring(0, end) + "Z";
    }

    private static int two(String text, int at) {
        return 10 * (text.charAt(at) - '0') + text.charAt(at + 1) - '0';
    }

    /** Returns the nanoseconds of a fraction, 0 where there is none, -1 where it is malformed. */
    private static int nanos(String text, int from, int to) {
        if (from == to) {
            return 0;
        }
        int digits = to - from - 1;
        if (text.charAt(from) != '.' || digits < 1 || digits > FRACTION_DIGITS_MAX) {
            return -1;
        }
        int nanos = 0;
        for (int i = 0; i < FRACTION_DIGITS_MAX; i++) {
            char c = i < digits ? text.charAt(from + 1 + i) : '0';
            if (c < '0' || c > '9') {
                return -1;
            }
            nanos = nanos * 10 + c - '0';
        }
        return nanos;
    }
}
