package org.almagest.storage.encoding;

import java.util.Arrays;

/**
 * One value for each row of a page, or none: pieces of one array of bytes. Filled by its maker, then read.
 *
 * <p>Where a value begins below 0 the row has none.
 */
public final class Slices {
    /** The start of a value that is not there. */
    public static final int UNSET = -1;

    public final byte[] bytes;
    public final int[] starts;
    public final int[] ends;
    public final int rows;

    public Slices(byte[] bytes, int[] starts, int[] ends, int rows) {
        this.bytes = bytes;
        this.starts = starts;
        this.ends = ends;
        this.rows = rows;
    }

    /** Makes slices of the same bytes, all of them unset. */
    public Slices unset() {
        int[] none = new int[rows];
        Arrays.fill(none, UNSET);
        return new Slices(bytes, none, new int[rows], rows);
    }

    public boolean isSet(int row) {
        return starts[row] >= 0;
    }

    public int length(int row) {
        return ends[row] - starts[row];
    }

    /** Returns the first row with a value, or {@link #rows} where none has one. */
    public int first() {
        int row = 0;
        while (row < rows && starts[row] < 0) {
            row++;
        }
        return row;
    }

    public boolean areEqual(int row, int other) {
        int length = ends[row] - starts[row];
        return length == ends[other] - starts[other] && areEqual(bytes, starts[row], starts[other], length);
    }

    /** Tells whether two pieces of one length are equal; most are too short for {@link Arrays#equals} to pay. */
    static boolean areEqual(byte[] bytes, int at, int other, int length) {
        if (length < Long.BYTES) {
            for (int i = 0; i < length; i++) {
                if (bytes[at + i] != bytes[other + i]) {
                    return false;
                }
            }
            return true;
        }
        int last = length - Long.BYTES;
        for (int i = 0; i < last; i += Long.BYTES) {
            if (ByteSink.get64(bytes, at + i) != ByteSink.get64(bytes, other + i)) {
                return false;
            }
        }
        return ByteSink.get64(bytes, at + last) == ByteSink.get64(bytes, other + last);
    }

    /** Tells whether all values that are there are equal, where one is. */
    public boolean isConstant() {
        int first = first();
        for (int row = first + 1; row < rows; row++) {
            if (starts[row] >= 0 && !areEqual(first, row)) {
                return false;
            }
        }
        return true;
    }
}
