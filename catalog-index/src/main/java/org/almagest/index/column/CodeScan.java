package org.almagest.index.column;

import java.util.Arrays;
import org.almagest.index.stats.ZoneMap;

/**
 * Looks for rows by the code of one field, and passes over the zones where none can be. Codes are unsigned, ranges include
 * both ends, a low end of 0 includes rows that are unset. Keeps the marks of the block it looked into last. One thread.
 */
public final class CodeScan {
    private static final int NO_BLOCK = -1;

    private final CodeColumn column;
    private final ZoneMap zones;
    private final long low;
    private final long high;
    private final long[] marks = new long[CodeColumn.BLOCK_ROWS / Long.SIZE];
    private int markedBlock = NO_BLOCK;

    /**
     * Prepares a scan.
     *
     * @param zones of the same rows
     * @throws IllegalArgumentException if they differ in their number of rows
     */
    public CodeScan(CodeColumn column, ZoneMap zones, long low, long high) {
        if (column.rowCount() != zones.rowCount()) {
            throw new IllegalArgumentException(
                    "scan: " + zones.rowCount() + " rows of zones (expected " + column.rowCount() + ")");
        }
        this.column = column;
        this.zones = zones;
        this.low = low;
        this.high = high;
    }

    /** Returns whether the code of a row is in the range. */
    public boolean matches(int row) {
        long code = column.code(row);
        return Long.compareUnsigned(code, low) >= 0 && Long.compareUnsigned(code, high) <= 0;
    }

    /** Returns the first row of [from, end) in the range, or {@code end} when there is none. */
    public int nextRow(int from, int end) {
        int last = Math.min(end, column.rowCount());
        int row = from;
        while (row < last) {
            int block = row >>> CodeColumn.BLOCK_BITS;
            if (block != markedBlock) {
                int next = zones.nextZone(block, low, high);
                if (next != block) {
                    row = next << CodeColumn.BLOCK_BITS;
                    continue;
                }
                mark(block);
            }
            int inBlock = nextMark(row & CodeColumn.BLOCK_ROWS - 1);
            row = (block << CodeColumn.BLOCK_BITS) + inBlock;
            if (inBlock < CodeColumn.BLOCK_ROWS) {
                return Math.min(row, end);
            }
        }
        return end;
    }

    /** Returns the index of the first mark at or after one, or {@code BLOCK_ROWS} when there is none. */
    private int nextMark(int from) {
        int word = from >>> 6;
        long bits = marks[word] & -1L << from;
        while (bits == 0) {
            if (++word == marks.length) {
                return CodeColumn.BLOCK_ROWS;
            }
            bits = marks[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(bits);
    }

    /** Returns how many rows of [from, end) are in the range. */
    public long count(int from, int end) {
        int last = Math.min(end, column.rowCount());
        long count = 0;
        int row = from;
        while (row < last) {
            int block = row >>> CodeColumn.BLOCK_BITS;
            int stop = Math.min(last, block + 1 << CodeColumn.BLOCK_BITS);
            if (zones.isWithin(block, low, high)) {
                count += stop - row;
            } else if (zones.mayMeet(block, low, high)) {
                mark(block);
                count += marksIn(row & CodeColumn.BLOCK_ROWS - 1, stop - (block << CodeColumn.BLOCK_BITS));
            }
            row = stop;
        }
        return count;
    }

    private int marksIn(int from, int end) {
        int count = 0;
        for (int word = from >>> 6; word << 6 < end; word++) {
            long bits = marks[word];
            bits &= word == from >>> 6 ? -1L << from : -1;
            bits &= end - (word << 6) < Long.SIZE ? (1L << end) - 1 : -1;
            count += Long.bitCount(bits);
        }
        return count;
    }

    /**
     * Clears the marks of the rows of a block that are not in the range, so that conditions on several fields meet.
     *
     * @param mask row i of the block is bit i % 64 of element i / 64
     * @return whether any mark is left
     */
    public boolean retain(int block, long[] mask) {
        if (zones.isWithin(block, low, high)) {
            return anyMark(mask);
        }
        if (!zones.mayMeet(block, low, high)) {
            Arrays.fill(mask, 0, marks.length, 0);
            return false;
        }
        mark(block);
        long any = 0;
        for (int word = 0; word < marks.length; word++) {
            mask[word] &= marks[word];
            any |= mask[word];
        }
        return any != 0;
    }

    private boolean anyMark(long[] mask) {
        long any = 0;
        for (int word = 0; word < marks.length; word++) {
            any |= mask[word];
        }
        return any != 0;
    }

    private void mark(int block) {
        if (block != markedBlock) {
            column.markRange(block, low, high, marks);
            markedBlock = block;
        }
    }
}
