package org.almagest.index.posting;

import java.nio.ByteBuffer;
import org.almagest.error.CorruptSectionException;

/**
 * From the code of a field to the rows that have it, for fields with few values; 0 stands for unset. The body is a
 * {@link PostingTable} in which every row is named once. Immutable, safe to share between threads.
 */
public final class ValuePostings {
    private final PostingTable table;

    private ValuePostings(PostingTable table) {
        this.table = table;
    }

    /**
     * Opens a body without copying it; the bytes must not change while the result is in use.
     *
     * @param resource named in a failure
     * @throws CorruptSectionException if entries do not fit each other and the length, or do not name every row once
     */
    public static ValuePostings open(ByteBuffer body, String resource) throws CorruptSectionException {
        PostingTable table = PostingTable.open(body, resource);
        long sum = 0;
        for (int entry = 0; entry < table.entryCount(); entry++) {
            sum += table.count(entry);
        }
        if (sum != table.rowCount()) {
            throw new CorruptSectionException(
                    "postings: " + sum + " rows in all (expected " + table.rowCount() + ")", resource);
        }
        return new ValuePostings(table);
    }

    /** Returns how many rows the segment has. */
    public int rowCount() {
        return table.rowCount();
    }

    /** Returns how many different codes there are, 0 included when a row is unset. */
    public int codeCount() {
        return table.entryCount();
    }

    /** Returns a code by its position in ascending order. */
    public long code(int index) {
        return table.key(index);
    }

    /** Returns how many rows have the code at a position in ascending order. */
    public int countAt(int index) {
        return table.count(index);
    }

    /**
     * Returns the rows with a code from low to high, both included.
     *
     * @throws CorruptSectionException if a bitmap does not hold
     */
    public RowSet rows(long low, long high) throws CorruptSectionException {
        int first = table.lowerBound(low);
        int end = high == Long.MAX_VALUE ? table.entryCount() : table.lowerBound(high + 1);
        return table.union(first, Math.max(first, end));
    }

    /** Returns what is wrong with a bitmap, or an empty text; reads everything. */
    public String findProblem() {
        return table.findProblem();
    }
}
