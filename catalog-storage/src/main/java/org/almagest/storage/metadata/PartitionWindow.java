package org.almagest.storage.metadata;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A calendar window in UTC, one year, month, day or hour long: what a segment's rows lie in.
 *
 * @param startMillis the first millisecond, in Unix milliseconds
 */
public record PartitionWindow(Kind kind, long startMillis) {
    private static final long MILLIS_PER_HOUR = 3_600_000;
    private static final long MILLIS_PER_DAY = 24 * MILLIS_PER_HOUR;

    /** How long a window is; the codes stand in manifests and never change. */
    public enum Kind {
        /** A calendar year. */
        YEAR(1),
        /** A calendar month. */
        MONTH(2),
        /** A day. */
        DAY(3),
        /** An hour. */
        HOUR(4);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** Returns the code on disk, 1 to 4. */
        public int code() {
            return code;
        }

        /** Returns the kind with this code. */
        public static Optional<Kind> ofCode(int code) {
            return code >= 1 && code <= values().length ? Optional.of(values()[code - 1]) : Optional.empty();
        }
    }

    /** Refuses a start that is not the first millisecond of a window. */
    public PartitionWindow {
        if (start(kind, startMillis) != startMillis) {
            throw new IllegalArgumentException(
                    "window: start: " + Instant.ofEpochMilli(startMillis) + " (expected the start of a " + kind + ")");
        }
    }

    /** Returns the window that holds a time in Unix milliseconds. */
    public static PartitionWindow of(Kind kind, long timeMillis) {
        return new PartitionWindow(kind, start(kind, timeMillis));
    }

    private static long start(Kind kind, long timeMillis) {
        if (kind == Kind.HOUR) {
            return timeMillis - Math.floorMod(timeMillis, MILLIS_PER_HOUR);
        }
        long epochDay = Math.floorDiv(timeMillis, MILLIS_PER_DAY);
        if (kind == Kind.DAY) {
            return epochDay * MILLIS_PER_DAY;
        }
        LocalDate day = LocalDate.ofEpochDay(epochDay);
        return firstMilli(LocalDate.of(day.getYear(), kind == Kind.YEAR ? 1 : day.getMonthValue(), 1));
    }

    /** Returns the millisecond after the last one. */
    public long endMillis() {
        if (kind == Kind.HOUR || kind == Kind.DAY) {
            return startMillis + (kind == Kind.HOUR ? MILLIS_PER_HOUR : MILLIS_PER_DAY);
        }
        LocalDate day = startDay();
        return firstMilli(kind == Kind.YEAR ? day.plusYears(1) : day.plusMonths(1));
    }

    private LocalDate startDay() {
        return LocalDate.ofEpochDay(Math.floorDiv(startMillis, MILLIS_PER_DAY));
    }

    private static long firstMilli(LocalDate day) {
        return day.toEpochDay() * MILLIS_PER_DAY;
    }

    /** Tells whether a time in Unix milliseconds lies in the window. */
    public boolean contains(long timeMillis) {
        return timeMillis >= startMillis && timeMillis < endMillis();
    }
}
