package org.almagest.aggregate;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.almagest.internal.json.ShortestDecimal;

/**
 * Datapoints that have something in common, counted.
 *
 * @param key what they have in common, as text
 * @param value the same as a value: of a histogram the {@link Instant} where the bucket begins, of a grid the text of
 *     the cell, of distinct values the value, in the form that {@link Aggregate} states
 * @param count how many there are
 */
public record Bucket(String key, Object value, long count) {
    private static final DateTimeFormatter RFC_3339 =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);

    private static final int SECONDS_PER_MINUTE = 60;

    /**
     * Returns a bucket of a histogram.
     *
     * <p>The key is its start by RFC 3339, in the zone's offset of that instant: {@code 2025-04-01T00:00:00+02:00},
     * {@code 2025-04-01T00:00:00Z}. An offset that is no whole number of minutes, as before standard time, is rounded
     * to one, the instant kept (RFC 3339, 5.8).
     *
     * @param start its first instant, a whole second
     */
    public static Bucket ofTime(Instant start, ZoneId zone, long count) {
        int seconds = zone.getRules().getOffset(start).getTotalSeconds();
        int minutes = (int) Math.round((double) seconds / SECONDS_PER_MINUTE);
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(minutes * SECONDS_PER_MINUTE);
        return new Bucket(RFC_3339.format(OffsetDateTime.ofInstant(start, offset)), start, count);
    }

    /** Returns a bucket of a grid. */
    public static Bucket ofCell(String cell, long count) {
        return new Bucket(cell, cell, count);
    }

    /**
     * Returns a bucket of distinct values.
     *
     * <p>The key is the value's text: integers in decimal, floats in the fewest digits that name them, as ECMAScript
     * writes them, {@code NaN}, {@code Infinity}; instants and durations by ISO 8601, bytes in hexadecimal digits.
     */
    public static Bucket ofValue(Object value, long count) {
        boolean isFinite = value instanceof Double && Double.isFinite((Double) value);
        return new Bucket(isFinite ? ShortestDecimal.of((Double) value) : value.toString(), value, count);
    }
}
