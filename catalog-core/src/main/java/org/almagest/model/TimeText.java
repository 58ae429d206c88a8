package org.almagest.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.jspecify.annotations.Nullable;

/** Reads times as people and files write them, and writes them in one form. */
public final class TimeText {
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Pattern UNIX_SECONDS = Pattern.compile("-?\\d{1,12}");
    private static final Pattern DATE_TIME = Pattern.compile("(-?\\d{4})-(\\d\\d)-(\\d\\d)"
            + "(?:[Tt ](\\d\\d):(\\d\\d)(?::(\\d\\d)(?:[.,](\\d{1,9}))?)?"
            + "(?:\\s?(Z|z|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?))?)?");
    private static final String EXPECTED =
            "expected an ISO 8601 date or date-time, such as 2017-01-01 or 2017-01-01T02:45:25.679+09:00, or Unix seconds";

    private TimeText() {}

    /**
     * Returns the instant that a text names, in nanoseconds.
     *
     * <p>Takes ISO 8601 dates (the first instant of the day), date-times with a blank or {@code T}, with or without
     * seconds, up to nine digits of fraction, with or without a zone (none is UTC), and whole numbers as Unix seconds.
     * Years -9999 to 9999.
     *
     * @throws InvalidRequestException if the text is anything else, names a day that does not exist or a leap second
     */
    public static Instant parseInstant(String text) {
        String trimmed = text.strip();
        try {
            if (UNIX_SECONDS.matcher(trimmed).matches()) {
                return checked(Instant.ofEpochSecond(Long.parseLong(trimmed)), text);
            }
            Matcher matcher = DATE_TIME.matcher(trimmed);
            if (matcher.matches()) {
                return checked(instantOf(matcher), text);
            }
        } catch (DateTimeException e) {
            throw new InvalidRequestException("time " + Quoted.text(text), String.valueOf(e.getMessage()), e);
        }
        throw new InvalidRequestException("time " + Quoted.text(text), "not a time (" + EXPECTED + ")");
    }

    private static Instant instantOf(Matcher matcher) {
        if ("60".equals(matcher.group(6))) {
            throw new DateTimeException("leap second (expected seconds 00 to 59)");
        }
        LocalDateTime local = LocalDateTime.of(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                number(matcher.group(4)),
                number(matcher.group(5)),
                number(matcher.group(6)),
                nanos(matcher.group(7)));
        return local.toInstant(zone(matcher.group(8)));
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
    }

    private static ZoneOffset zone(@Nullable String text) {
        if (text == null || !(text.startsWith("+") || text.startsWith("-"))) {
            return ZoneOffset.UTC;
        }
        return ZoneOffset.of(text);
    }

    private static Instant checked(Instant instant, String text) {
        if (instant.isBefore(TimeInterval.EARLIEST) || instant.isAfter(TimeInterval.LATEST)) {
            throw new InvalidRequestException("time " + Quoted.text(text), "year (expected -9999 to 9999)");
        }
        return instant;
    }

    /** Returns {@code 2017-01-01T00:00:00.000 UTC}, floored to the millisecond. */
    public static String format(Instant instant) {
        return MILLIS.format(instant);
    }
}
