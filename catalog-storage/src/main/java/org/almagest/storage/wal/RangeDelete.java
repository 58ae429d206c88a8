package org.almagest.storage.wal;

/**
 * The delete of all rows of a collection in a span of time, as of one version.
 *
 * @param startMillis the first millisecond, in Unix milliseconds
 * @param endMillis the millisecond after the last one
 * @param upToSequence rows of later commits stay
 */
public record RangeDelete(long startMillis, long endMillis, long upToSequence) {
    /** Refuses an empty span and a sequence below 1. */
    public RangeDelete {
        if (startMillis >= endMillis || upToSequence < 1) {
            throw new IllegalArgumentException(
                    "range delete: " + startMillis + " to " + endMillis + " up to sequence " + upToSequence);
        }
    }
}
