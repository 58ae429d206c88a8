package org.almagest.schema;

import java.time.Instant;
import org.almagest.model.TimeInterval;
import org.jspecify.annotations.Nullable;

/**
 * The two timestamp fields that hold the temporal extent of a datapoint, both ends inclusive.
 *
 * <p>The extent lies between the values of the two, whichever is earlier; a row where one of them is unset has its
 * {@code time} in the place of it. A row without both has no extent but its {@code time}.
 *
 * @param startField the field of the first instant
 * @param endField the field of the last instant
 */
public record TimeExtent(String startField, String endField) {
    /**
     * Tells whether the extent of a row meets an interval.
     *
     * <p>Compared in nanoseconds, with the bounds exactly as given. A row without both fields is taken by its {@code
     * time} alone, in milliseconds as ever.
     *
     * @param start the value of {@link #startField}
     * @param end the value of {@link #endField}
     */
    public static boolean meets(TimeInterval interval, Instant time, @Nullable Instant start, @Nullable Instant end) {
        if (start == null && end == null) {
            return interval.containsMillis(time.toEpochMilli());
        }
        return interval.meets(first(time, start, end), last(time, start, end));
    }

    /** Returns the first instant of a row's extent. */
    public static Instant first(Instant time, @Nullable Instant start, @Nullable Instant end) {
        Instant one = start == null ? time : start;
        Instant other = end == null ? time : end;
        return one.isAfter(other) ? other : one;
    }

    /** Returns the last instant of a row's extent. */
    public static Instant last(Instant time, @Nullable Instant start, @Nullable Instant end) {
        Instant one = start == null ? time : start;
        Instant other = end == null ? time : end;
        return one.isAfter(other) ? one : other;
    }
}
