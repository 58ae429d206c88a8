package org.almagest.model;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.jspecify.annotations.Nullable;

/**
 * A span of time between two instants, each inclusive or not; half-open {@code [start, end)} by default. Immutable.
 *
 * <p>Datapoints have times of whole milliseconds. A bound finer than that never excludes a datapoint it could match: a
 * start is floored and becomes inclusive, an end with a remainder is floored and becomes inclusive. Two intervals are
 * equal when they cover the same milliseconds.
 */
public final class TimeInterval {
    /** The earliest bound, the first instant of the year -9999. */
    public static final Instant EARLIEST = Instant.parse("-9999-01-01T00:00:00Z");

    /** The latest bound, the last nanosecond of the year 9999. */
    public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final Pattern TEXT =
            Pattern.compile("([\\[(]?)\\s*([^/\\[\\]()]*?)\\s*/\\s*([^/\\[\\]()]*?)\\s*([\\])]?)");

    private final Instant start;
    private final Instant end;
    private final Bound startBound;
    private final Bound endBound;
    private final boolean startGiven;
    private final boolean endGiven;

    /** Whether a bound belongs to the interval. */
    public enum Bound {
        /** It does. */
        INCLUSIVE,
        /** It does not. */
        EXCLUSIVE
    }

    private TimeInterval(Instant start, Bound startBound, Instant end, Bound endBound) {
        if (start.isAfter(end)) {
            throw new InvalidRequestException(
                    "time interval", "start " + TimeText.format(start) + " is after end " + TimeText.format(end));
        }
        this.start = start;
        this.end = end;
        this.startGiven = startBound == Bound.INCLUSIVE;
        this.endGiven = endBound == Bound.INCLUSIVE;
        this.startBound = hasRemainder(start) ? Bound.INCLUSIVE : startBound;
        this.endBound = hasRemainder(end) ? Bound.INCLUSIVE : endBound;
    }

    private static void checkRange(String name, Instant bound) {
        if (bound.isBefore(EARLIEST) || bound.isAfter(LATEST)) {
            throw new InvalidRequestException("time interval: " + name, "year (expected -9999 to 9999)");
        }
    }

    /**
     * Returns {@code [start, end)}.
     *
     * @throws InvalidRequestException if start is after end, or a bound is outside the years -9999 to 9999
     */
    public static TimeInterval of(Instant start, Instant end) {
        return of(start, Bound.INCLUSIVE, end, Bound.EXCLUSIVE);
    }

    /** Returns the interval with both bounds as stated. */
    public static TimeInterval of(Instant start, Bound startBound, Instant end, Bound endBound) {
        checkRange("start", start);
        checkRange("end", end);
        return new TimeInterval(start, startBound, end, endBound);
    }

    /** Returns {@code [start, end]}. */
    public static TimeInterval closed(Instant start, Instant end) {
        return of(start, Bound.INCLUSIVE, end, Bound.INCLUSIVE);
    }

    /** Returns the millisecond of an instant. */
    public static TimeInterval ofInstant(Instant instant) {
        return closed(instant, instant);
    }

    /**
     * Returns the interval from the earliest to the latest of some instants, both inclusive.
     *
     * @throws InvalidRequestException if there is none
     */
    public static TimeInterval covering(Iterable<Instant> instants) {
        Instant first = null;
        Instant last = null;
        for (Instant instant : instants) {
            first = first == null || instant.isBefore(first) ? instant : first;
            last = last == null || instant.isAfter(last) ? instant : last;
        }
        if (first == null || last == null) {
            throw new InvalidRequestException("time interval", "no instants (expected at least 1)");
        }
        return closed(first, last);
    }

    /**
     * Reads {@code START/END} as {@code [START, END)}; brackets around it say otherwise, as in {@code [START/END]}.
     *
     * <p>{@code ..} or nothing in the place of a bound leaves that side open. A single instant is its millisecond. Also
     * reads what {@link #toString} writes.
     *
     * @throws InvalidRequestException if the text is anything else, or start is after end
     */
    public static TimeInterval parse(String text) {
        return parse(text, Bound.EXCLUSIVE);
    }

    /** Reads {@code START/END} as {@code [START, END]}, as STAC and OGC do; else as {@link #parse(String)}. */
    public static TimeInterval parseClosed(String text) {
        return parse(text, Bound.INCLUSIVE);
    }

    private static TimeInterval parse(String text, Bound defaultEnd) {
        String slashed = text.strip();
        if (slashed.indexOf('/') < 0) {
            slashed = slashed.replace(", ", "/"); // the form that toString writes
        }
        if (slashed.indexOf('/') < 0) {
            return ofInstant(TimeText.parseInstant(slashed));
        }
        Matcher matcher = TEXT.matcher(slashed);
        if (!matcher.matches() || matcher.group(1).isEmpty() != matcher.group(4).isEmpty()) {
            throw new InvalidRequestException(
                    "time interval " + Quoted.text(text), "not an interval (expected START/END)");
        }
        Instant start = bound(matcher.group(2), EARLIEST);
        Instant end = bound(matcher.group(3), LATEST);
        if (isOpen(matcher.group(2)) && isOpen(matcher.group(3))) {
            throw new InvalidRequestException(
                    "time interval " + Quoted.text(text), "open at both ends (expected a bound)");
        }
        Bound startBound = matcher.group(1).equals("(") ? Bound.EXCLUSIVE : Bound.INCLUSIVE;
        Bound endBound = matcher.group(4).isEmpty()
                ? defaultEnd
                : matcher.group(4).equals("]") ? Bound.INCLUSIVE : Bound.EXCLUSIVE;
        return of(start, startBound, end, endBound);
    }

    private static Instant bound(String text, Instant open) {
        return isOpen(text) ? open : TimeText.parseInstant(text);
    }

    private static boolean isOpen(String text) {
        return text.isEmpty() || text.equals("..");
    }

    /** Returns the first bound, as given. */
    public Instant start() {
        return start;
    }

    /** Returns the last bound, as given. */
    public Instant end() {
        return end;
    }

    /** Returns whether the start belongs to the interval; always for one finer than a millisecond. */
    public Bound startBound() {
        return startBound;
    }

    /** Returns whether the end belongs to the interval; always for one finer than a millisecond. */
    public Bound endBound() {
        return endBound;
    }

    /** Returns the first millisecond of the interval, in Unix milliseconds. */
    public long startMillis() {
        return start.toEpochMilli() + (startBound == Bound.EXCLUSIVE ? 1 : 0);
    }

    /** Returns the millisecond after the last one of the interval, in Unix milliseconds. */
    public long endMillis() {
        return end.toEpochMilli() + (endBound == Bound.INCLUSIVE ? 1 : 0);
    }

    /** Tells whether no millisecond lies in the interval. */
    public boolean isEmpty() {
        return startMillis() >= endMillis();
    }

    /** Tells whether a time in Unix milliseconds lies in the interval. */
    public boolean containsMillis(long timeMillis) {
        return startMillis() <= timeMillis && timeMillis < endMillis();
    }

    /**
     * Tells whether a span of time, both ends inclusive, shares an instant with this interval.
     *
     * <p>Compared in nanoseconds, with the bounds exactly as given.
     *
     * @param last not before {@code first}
     */
    public boolean meets(Instant first, Instant last) {
        int toStart = last.compareTo(start);
        int toEnd = first.compareTo(end);
        boolean none = start.equals(end) && !(startGiven && endGiven);
        return !none && (toStart > 0 || toStart == 0 && startGiven) && (toEnd < 0 || toEnd == 0 && endGiven);
    }

    /** Returns the equal interval {@code [start, end)} of whole milliseconds. */
    public TimeInterval halfOpen() {
        long startMillis = startMillis();
        long endMillis = Math.max(startMillis, endMillis());
        // The end may be the first instant of the year 10000, which nobody could give as a bound.
        return new TimeInterval(
                Instant.ofEpochMilli(startMillis), Bound.INCLUSIVE, Instant.ofEpochMilli(endMillis), Bound.EXCLUSIVE);
    }

    private static boolean hasRemainder(Instant instant) {
        return instant.getNano() % NANOS_PER_MILLI != 0;
    }

    /** Tells whether both cover the same milliseconds; all empty intervals with the same start are equal. */
    @Override
    public boolean equals(@Nullable Object object) {
        if (!(object instanceof TimeInterval)) {
            return false;
        }
        TimeInterval other = (TimeInterval) object;
        return startMillis() == other.startMillis()
                && Math.max(startMillis(), endMillis()) == Math.max(other.startMillis(), other.endMillis());
    }

    @Override
    public int hashCode() {
        return Long.hashCode(startMillis()) * 31 + Long.hashCode(Math.max(startMillis(), endMillis()));
    }

    /** Returns {@code [2017-01-01T00:00:00.000 UTC, 2023-01-01T00:00:00.000 UTC)}, bounds floored to milliseconds. */
    @Override
    public String toString() {
        return (startBound == Bound.INCLUSIVE ? "[" : "(")
                + TimeText.format(start)
                + ", "
                + TimeText.format(end)
                + (endBound == Bound.INCLUSIVE ? "]" : ")");
    }
}
