package org.almagest.storage.encoding;

import org.almagest.error.CorruptSectionException;

/**
 * One integer for each row: a base and, unless all are equal, some bits of the row's record to add to it. One thread.
 *
 * <pre>
 * offset  bytes  field       constraint
 * 0       1      width       bits of a code: 0..64
 * 1       8      base        i64, wraps around
 * 9       4      bit offset  of the code in the record; only where the width is not 0
 * </pre>
 */
public final class Packed {
    private PageBytes page = new PageBytes();
    private int width;
    private long base;
    private long mask;
    private int bitOffset;

    /** Opens what stands at an index of the buffer and returns the index after it. */
    public int open(PageBytes opened, int at) throws CorruptSectionException {
        page = opened;
        width = opened.u8(at);
        base = opened.i64(at + 1);
        if (width == 0) {
            return at + 1 + Long.BYTES;
        }
        bitOffset = opened.i32(at + 1 + Long.BYTES);
        if (width > Long.SIZE || bitOffset < 0 || bitOffset > opened.recordBits - width) {
            throw PageBytes.corrupt("integers of " + width + " bits at " + bitOffset);
        }
        mask = -1L >>> Long.SIZE - width;
        return at + 1 + Long.BYTES + Integer.BYTES;
    }

    /** Tells whether all rows have the same. */
    boolean isConstant() {
        return width == 0;
    }

    /** Tells whether every row has a number from 0 to below a bound, which is less than 2^32. */
    boolean isWithin(long bound) {
        return width < Integer.SIZE && base >= 0 && base < bound && (1L << width) <= bound - base;
    }

    int width() {
        return width;
    }

    long base() {
        return base;
    }

    int bitOffset() {
        return bitOffset;
    }

    /**
     * Returns bits of a record that was copied.
     *
     * @param width how many, from 1 to 64
     */
    static long code(byte[] record, int bit, int width) {
        int at = bit >>> 3;
        int shift = bit & 7;
        long code = ByteSink.get64(record, at) >>> shift;
        if (shift + width > Long.SIZE) {
            code |= (long) record[at + Long.BYTES] << Long.SIZE - shift;
        }
        return code & -1L >>> Long.SIZE - width;
    }

    public long get(int row) {
        if (width == 0) {
            return base;
        }
        PageBytes from = page;
        long bit = (long) row * from.recordBits + bitOffset;
        int at = from.records + (int) (bit >>> 3);
        int shift = (int) bit & 7;
        long code = from.buffer.getLong(at) >>> shift;
        if (shift + width > Long.SIZE) {
            code |= (long) from.buffer.get(at + Long.BYTES) << Long.SIZE - shift;
        }
        return base + (code & mask);
    }
}
