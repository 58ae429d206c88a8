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

    /** Returns how many rows have a code; reads no bitmap. */
    public int count(long code) {
        int entry = table.lowerBound(code);
        return isThere(entry, code) ? table.count(entry) : 0;
    }

    /** Returns how many rows have a code from low to high, both included; reads no bitmap. */
    public int count(long low, long high) {
        int count = 0;
        for (int entry = table.lowerBound(low); entry < table.entryCount() && table.key(entry) <= high; entry++) {
            count += table.count(entry);
        }
        return count;
    }

    /**
     * Returns the rows with a code.
     *
     * @throws CorruptSectionException if the bitmap does not hold
     */
    public RowSet rows(long code) throws CorruptSectionException {
        int entry = table.lowerBound(code);
        return isThere(entry, code) ? table.rows(entry) : RowSet.EMPTY;
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

    /**
     * Returns the rows whose code is true in a table; a code behind the table counts as its last element.
     *
     * @param truth 1 for each code that is wanted, else 0; at least one element
     * @throws CorruptSectionException if a bitmap does not hold
     */
    public RowSet rows(byte[] truth) throws CorruptSectionException {
        int[] entries = new int[table.entryCount()];
        int count = 0;
        for (int entry = 0; entry < entries.length; entry++) {
            entries[count] = entry;
            count += truth[(int) Math.min(table.key(entry), truth.length - 1)] & 1;
        }
        return table.union(entries, count);
    }

    /** Returns what is wrong with a bitmap, or an empty text; reads everything. */
    public String findProblem() {
        return table.findProblem();
    }

    private boolean isThere(int entry, long code) {
        return entry < table.entryCount() && table.key(entry) == code;
    }
}
