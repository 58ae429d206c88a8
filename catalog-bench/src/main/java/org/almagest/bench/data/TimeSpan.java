package org.almagest.bench.data;

/**
 * A window of time in Unix milliseconds.
 *
 * @param startMillis inclusive
 * @param endMillis exclusive
 */
public record TimeSpan(long startMillis, long endMillis) {
    /** All time there is. */
    public static final TimeSpan ALL = new TimeSpan(Long.MIN_VALUE, Long.MAX_VALUE);

    /** Tells whether a time lies in the window. */
    public boolean contains(long timeMillis) {
        return timeMillis >= startMillis && timeMillis < endMillis;
    }

    /** Tells whether this is {@link #ALL}. */
    public boolean isAll() {
        // Not equals: the first of a process brings the compiler of records' methods into the time of an engine's
        // answer.
        return startMillis == ALL.startMillis && endMillis == ALL.endMillis;
    }
}
