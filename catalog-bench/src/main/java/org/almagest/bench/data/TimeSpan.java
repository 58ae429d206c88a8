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
        return equals(ALL);
    }
}
