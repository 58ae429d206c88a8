package org.almagest.io.stac.request;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.model.TimeInterval;

/**
 * The parameter {@code datetime}: an instant by RFC 3339, or two with a slash between, one of which may be open.
 *
 * <p>Stricter than times elsewhere: a date alone, a missing zone, a blank for the T and a leap second are refused, as
 * STAC asks. Both ends belong to the interval.
 */
public final class StrictDatetime {
    private static final int DATE_TIME_LENGTH = 19;
    private static final String PATTERN = "0000-00-00T00:00:00";
    private static final int FRACTION_MAX = 9;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final String EXPECTED =
            " (expected RFC 3339 such as 2025-01-01T00:00:00Z, or two with a slash between)";

    private StrictDatetime() {}

    /**
     * Returns the interval that a text names.
     *
     * @throws InvalidRequestException if it is none, or ends before it starts
     */
    public static TimeInterval parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            Instant instant = instant(text, text);
            return TimeInterval.closed(instant, instant);
        }
        String first = text.substring(0, slash);
        String last = text.substring(slash + 1);
        boolean openStart = first.isEmpty() || first.equals("..");
        boolean openEnd = last.isEmpty() || last.equals("..");
        if (openStart && openEnd) {
            throw refused(text, "open at both ends");
        }
        Instant start = openStart ? TimeInterval.EARLIEST : instant(first, text);
        Instant end = openEnd ? TimeInterval.LATEST : instant(last, text);
        if (end.isBefore(start)) {
            throw refused(text, "ends before it starts");
        }
        return TimeInterval.closed(start, end);
    }

    private static InvalidRequestException refused(String text, String what) {
        return new InvalidRequestException("datetime", Quoted.text(text) + ": " + what + EXPECTED);
    }

    private static Instant instant(String text, String whole) {
        int length = text.length();
        boolean formed = length > DATE_TIME_LENGTH;
        for (int i = 0; formed && i < DATE_TIME_LENGTH; i++) {
            char expected = PATTERN.charAt(i);
            char c = text.charAt(i);
            formed = switch (expected) {
                case '0' -> c >= '0' && c <= '9';
                case 'T' -> c == 'T' || c == 't';
                default -> c == expected;
            };
        }
        if (!formed) {
            throw refused(whole, "no instant");
        }
        int zone = endOfFraction(text);
        int offset = zone < 0 ? Integer.MIN_VALUE : offsetSeconds(text.substring(zone));
        if (offset == Integer.MIN_VALUE) {
            throw refused(whole, "no instant");
        }
        return instant(text, zone, offset, whole);
    }

    private static Instant instant(String text, int zone, int offset, String whole) {
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        int year = number(text, 0, 4);
        if (year < 1 || hour > 23 || minute > 59 || second > 59) {
            throw refused(whole, "no such time");
        }
        try {
            long day =
                    LocalDate.of(year, number(text, 5, 7), number(text, 8, 10)).toEpochDay();
            long seconds = day * SECONDS_PER_DAY + hour * 3_600L + minute * 60L + second - offset;
            return Instant.ofEpochSecond(seconds, nanos(text, zone));
        } catch (DateTimeException e) {
            throw refused(whole, "no such day");
        }
    }

    /** Returns where the zone begins, -1 where the fraction is malformed. */
    private static int endOfFraction(String text) {
        if (text.charAt(DATE_TIME_LENGTH) != '.') {
            return DATE_TIME_LENGTH;
        }
        int end = DATE_TIME_LENGTH + 1;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        int digits = end - DATE_TIME_LENGTH - 1;
        return digits < 1 || digits > FRACTION_MAX ? -1 : end;
    }

    private static int nanos(String text, int end) {
        int nanos = 0;
        for (int i = 0; i < FRACTION_MAX; i++) {
            int at = DATE_TIME_LENGTH + 1 + i;
            nanos = nanos * 10 + (at < end ? text.charAt(at) - '0' : 0);
        }
        return nanos;
    }

    /** Returns the seconds of {@code Z} or {@code +hh:mm}, the smallest int where it is neither. */
    private static int offsetSeconds(String zone) {
        if (zone.equalsIgnoreCase("Z")) {
            return 0;
        }
        boolean formed =
                zone.length() == 6 && (zone.charAt(0) == '+' || zone.charAt(0) == '-') && zone.charAt(3) == ':';
        for (int i = 1; formed && i < 6; i++) {
            formed = i == 3 || zone.charAt(i) >= '0' && zone.charAt(i) <= '9';
        }
        if (!formed || number(zone, 1, 3) > 23 || number(zone, 4, 6) > 59) {
            return Integer.MIN_VALUE;
        }
        int seconds = number(zone, 1, 3) * 3_600 + number(zone, 4, 6) * 60;
        return zone.charAt(0) == '-' ? -seconds : seconds;
    }

    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + text.charAt(i) - '0';
        }
        return value;
    }
}
