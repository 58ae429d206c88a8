package org.almagest.index.posting;

import java.util.Arrays;

/** A growing list of row ordinals, to be filled, read and cleared over and over without a new array. One thread. */
public final class RowBuffer {
    private static final int CAPACITY_MIN = 256;

    /** Below this many rows sorting is cheaper than any bit set. */
    private static final int SORT_ROWS_MAX = 64;

    /** A bit set is cheaper than sorting while it has at most this many words for each row. */
    private static final int WORDS_PER_ROW_MAX = 4;

    private int[] rows = new int[CAPACITY_MIN];
    private int count;
    private long[] words = {};

    /** Returns how many rows there are. */
    public int count() {
        return count;
    }

    /** Returns the row at an index from 0. */
    public int row(int index) {
        assert index < count : index + " of " + count;
        return rows[index];
    }

    /** Returns the array behind, of which the first {@link #count} elements count, until rows are added. */
    public int[] array() {
        return rows;
    }

    /** Drops all rows and keeps the memory. */
    public void clear() {
        count = 0;
    }

    /** Appends one row. */
    public void add(int row) {
        reserve(1);
        rows[count++] = row;
    }

    /** Makes room for more rows, and returns the array behind, so that a loop can append with {@link #advanceTo}. */
    public int[] reserve(int more) {
        if (rows.length - count < more) {
            rows = Arrays.copyOf(rows, Math.max(count + more, 2 * count));
        }
        return rows;
    }

    /** Sets the count after rows were written to the array that {@link #reserve} returned. */
    public void advanceTo(int newCount) {
        assert newCount >= 0 && newCount <= rows.length : newCount;
        count = newCount;
    }

    /**
     * Brings the rows from an index on into ascending order, each once.
     *
     * @param firstRow at most the lowest of them
     * @param endRow above the highest of them
     */
    public void sortDistinct(int from, int firstRow, int endRow) {
        int added = count - from;
        int span = (endRow - firstRow + Long.SIZE - 1) / Long.SIZE;
        if (added > SORT_ROWS_MAX && span / WORDS_PER_ROW_MAX <= added) {
            sortByBits(from, firstRow, span);
        } else if (added > 1) {
            Arrays.sort(rows, from, count);
            dropRepeated(from);
        }
    }

    private void dropRepeated(int from) {
        int kept = from + 1;
        for (int i = from + 1; i < count; i++) {
            int step = rows[i] != rows[kept - 1] ? 1 : 0;
            rows[kept] = rows[i];
            kept += step;
        }
        count = kept;
    }

    private void sortByBits(int from, int firstRow, int span) {
        if (words.length < span) {
            words = new long[span];
        }
        for (int i = from; i < count; i++) {
            int bit = rows[i] - firstRow;
            words[bit >>> 6] |= 1L << bit;
        }
        int next = from;
        for (int word = 0; word < span; word++) {
            long bits = words[word];
            words[word] = 0;
            for (; bits != 0; bits &= bits - 1) {
                rows[next++] = firstRow + (word << 6) + Long.numberOfTrailingZeros(bits);
            }
        }
        count = next;
    }
}
