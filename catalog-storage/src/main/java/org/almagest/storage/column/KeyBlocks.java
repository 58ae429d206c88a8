package org.almagest.storage.column;

import java.util.Arrays;

/**
 * One number per row, kept packed while rows still arrive: blocks of 1,024, each with the bits that its own span needs.
 * Rows without a value repeat the number before them, 0 at the begin of a block. One thread.
 */
final class KeyBlocks {
    /** The rows of every block but the last. */
    static final int ROWS = 1 << 10;

    private static final int CAPACITY_MIN = 1 << 7;

    private final long[] pending = new long[ROWS];
    private long[] words = new long[CAPACITY_MIN];
    private int wordCount;
    private long[] lows = new long[8];
    private int[] firstWords = new int[8];
    private byte[] widths = new byte[8];
    private int blockCount;
    private int pendingCount;
    private long lowest = Long.MAX_VALUE;
    private long highest = Long.MIN_VALUE;

    void add(long key) {
        pending[pendingCount++] = key;
        lowest = Math.min(lowest, key);
        highest = Math.max(highest, key);
        if (pendingCount == ROWS) {
            pack();
        }
    }

    /** Adds the numbers of the next rows: as many as a block has, fewer only at the end. */
    void add(long[] keys, int rows) {
        assert pendingCount == 0 : pendingCount;
        System.arraycopy(keys, 0, pending, 0, rows);
        pendingCount = rows;
        for (int i = 0; i < rows; i++) {
            lowest = Math.min(lowest, keys[i]);
            highest = Math.max(highest, keys[i]);
        }
        if (rows == ROWS) {
            pack();
        }
    }

    /** Repeats the number of the row before, which costs least where the row has none of its own. */
    void addUnset() {
        add(pendingCount == 0 ? 0 : pending[pendingCount - 1]);
    }

    private void pack() {
        long low = pending[0];
        long high = pending[0];
        for (int i = 1; i < ROWS; i++) {
            low = Math.min(low, pending[i]);
            high = Math.max(high, pending[i]);
        }
        int width = Long.SIZE - Long.numberOfLeadingZeros(high - low);
        grow(width * (ROWS / Long.SIZE));
        lows[blockCount] = low;
        widths[blockCount] = (byte) width;
        firstWords[blockCount] = wordCount;
        blockCount++;
        packWords(low, width);
        pendingCount = 0;
    }

    private void packWords(long low, int width) {
        if (width == 0) {
            return;
        }
        long word = 0;
        int filled = 0;
        for (int i = 0; i < ROWS; i++) {
            long key = pending[i] - low;
            word |= key << filled;
            filled += width;
            if (filled >= Long.SIZE) {
                words[wordCount++] = word;
                filled -= Long.SIZE;
                word = filled == 0 ? 0 : key >>> width - filled;
            }
        }
        assert filled == 0 : filled;
    }

    private void grow(int more) {
        if (wordCount + more > words.length) {
            words = Arrays.copyOf(words, Math.max(wordCount + more, 2 * words.length));
        }
        if (blockCount == lows.length) {
            lows = Arrays.copyOf(lows, 2 * blockCount);
            firstWords = Arrays.copyOf(firstWords, 2 * blockCount);
            widths = Arrays.copyOf(widths, 2 * blockCount);
        }
    }

    /** Returns how many bytes the numbers take up, those that are not packed yet in full. */
    long packedBytes() {
        return (long) Long.BYTES * (wordCount + pendingCount);
    }

    /** Returns whether the numbers reach over more than half of all that there are. */
    boolean isWide() {
        return lowest < highest && highest - lowest < 0;
    }

    /** Tells whether all numbers lie within bounds, those repeated for rows without a value included. */
    boolean isWithin(long least, long most) {
        return lowest > highest || lowest >= least && highest <= most;
    }

    int rowCount() {
        return blockCount * ROWS + pendingCount;
    }

    /** Fills in the numbers of a block; returns how many rows it has, 0 behind the last. */
    int read(int block, long[] out) {
        if (block >= blockCount) {
            int rows = block == blockCount ? pendingCount : 0;
            System.arraycopy(pending, 0, out, 0, rows);
            return rows;
        }
        int width = widths[block];
        long low = lows[block];
        if (width == 0) {
            Arrays.fill(out, 0, ROWS, low);
            return ROWS;
        }
        long mask = -1L >>> Long.SIZE - width;
        int first = firstWords[block];
        for (int i = 0; i < ROWS; i++) {
            int bit = i * width;
            int word = first + (bit >>> 6);
            int shift = bit & Long.SIZE - 1;
            long key = words[word] >>> shift;
            if (shift + width > Long.SIZE) {
                key |= words[word + 1] << Long.SIZE - shift;
            }
            out[i] = low + (key & mask);
        }
        return ROWS;
    }
}
