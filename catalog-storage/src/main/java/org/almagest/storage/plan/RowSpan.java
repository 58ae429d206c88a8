package org.almagest.storage.plan;

import org.almagest.query.SortOrder;

/**
 * Consecutive rows of a run and the direction in which they are read.
 *
 * @param first the first ordinal, inclusive
 * @param end the last ordinal, exclusive
 * @param order the direction
 */
public record RowSpan(int first, int end, SortOrder order) {
    /** Tells whether there is no row. */
    public boolean isEmpty() {
        return first >= end;
    }

    /** Returns how many rows there are. */
    public int rows() {
        return Math.max(0, end - first);
    }

    /** Returns what leads from a row to the next one: 1 or -1. */
    public int step() {
        return order == SortOrder.ASCENDING ? 1 : -1;
    }

    /** Returns the row that is read first. */
    public int begin() {
        return order == SortOrder.ASCENDING ? first : end - 1;
    }

    /** Returns the ordinal after the row that is read last, in the direction of reading. */
    public int stop() {
        return order == SortOrder.ASCENDING ? end : first - 1;
    }
}
