package org.almagest.storage.encoding;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.almagest.error.CorruptSectionException;

/**
 * The bytes of a page that is open, and where its parts lie; moved from page to page. One thread.
 *
 * <p>What describes the columns is copied at once, so that the cache misses of a page that was not read lately overlap,
 * and with that of the record of the row that is asked for first.
 */
public final class PageBytes {
    public ByteBuffer buffer = ByteBuffer.allocate(0);
    /** Where the page begins in the buffer. */
    public int start;
    /** Where the records begin in the buffer. */
    public int records;
    /** How many bits the record of a row has. */
    public int recordBits;
    /** Where the heap begins in the buffer. */
    public int heap;
    /** The first index after what may be read. */
    public int end;

    public int rows;

    private static final int NO_ROW = -1;

    private byte[] head = {};
    private byte[] record = {};
    private int recordRow = NO_ROW;
    private boolean loaded;
    private long held;

    /** Takes what is read of a row ahead of time, so that its cache lines are on the way while the head is read. */
    @SuppressWarnings("UnusedVariable")
    private int touched;

    /** Moves to a page; nothing of it is read before {@link #load}. */
    public void place(ByteBuffer bytes, int at) {
        buffer = bytes;
        start = at;
        loaded = false;
        recordRow = NO_ROW;
    }

    /**
     * Reads what describes the page, unless that was done.
     *
     * @param row the row that is going to be read
     */
    public void load(int row) throws CorruptSectionException {
        if (loaded) {
            return;
        }
        ByteBuffer bytes = buffer;
        int at = start;
        int recordsOffset = bytes.getInt(at + PageFormat.RECORDS_OFFSET);
        recordBits = bytes.getInt(at + PageFormat.RECORD_BITS_OFFSET);
        records = at + recordsOffset;
        // Most records lie in two lines; what comes after the last one is still of the page.
        int recordEnd = records + (int) ((row + 1L) * recordBits >>> 3);
        touched += bytes.get(records + (int) ((long) row * recordBits >>> 3)) + bytes.get(recordEnd);
        heap = at + bytes.getInt(at + PageFormat.HEAP_OFFSET);
        end = at + bytes.getInt(at + PageFormat.PAGE_BYTES_OFFSET);
        rows = bytes.getShort(at + PageFormat.ROW_COUNT_OFFSET) & 0xFFFF;
        if (head.length < recordsOffset) {
            int length = Math.max(recordsOffset, Math.min(2 * head.length, PageFormat.PAGE_BYTES_MAX));
            holds(length - head.length);
            head = new byte[length];
        }
        bytes.get(at, head, 0, recordsOffset);
        // What is left of a longer page must not be taken for a part of this one.
        Arrays.fill(head, recordsOffset, Math.min(head.length, recordsOffset + 2 * Long.BYTES), (byte) 0);
        loaded = true;
    }

    /** Says how many bytes more a reader holds, also when another page is open; fewer where it let go of some. */
    public void holds(int more) {
        held += more;
    }

    /** Returns about how many bytes readers of pages so far hold. */
    public long held() {
        return held;
    }

    /** Returns where the first column is described. */
    int columns() {
        int count = u16(start + PageFormat.COLUMN_COUNT_OFFSET);
        return start + PageFormat.COLUMNS_OFFSET + count * PageFormat.COLUMN_BYTES;
    }

    public int u8(int at) {
        return head[at - start] & 0xFF;
    }

    public int u16(int at) {
        return ByteSink.get16(head, at - start) & 0xFFFF;
    }

    public int i32(int at) {
        return ByteSink.get32(head, at - start);
    }

    public long i64(int at) {
        return ByteSink.get64(head, at - start);
    }

    /** Appends bytes that describe columns. */
    public void put(int from, int count, ByteSink out) {
        out.put(head, from - start, count);
    }

    /**
     * Returns a copy of a row's record, which begins at bit {@link #recordShift}; nine bytes after it may be read, but mean
     * nothing.
     */
    byte[] record(int row) {
        if (row != recordRow) {
            long bit = (long) row * recordBits;
            int bytes = (int) ((bit & 7) + recordBits + 7 >>> 3);
            if (record.length < bytes + Long.BYTES + 1) {
                int length = bytes + Long.BYTES + 1;
                holds(length - record.length);
                record = new byte[length];
            }
            recordRow = NO_ROW; // until all of it was read
            buffer.get(records + (int) (bit >>> 3), record, 0, bytes);
            recordRow = row;
        }
        return record;
    }

    /** Returns the bit at which the copy of the record begins that was asked for last. */
    int recordShift() {
        return (int) ((long) recordRow * recordBits & 7);
    }

    /** Returns the bit of a row's record. */
    public boolean bit(int row, int bitOffset) {
        long bit = (long) row * recordBits + bitOffset;
        return (buffer.get(records + (int) (bit >>> 3)) >>> (bit & 7) & 1) != 0;
    }

    /** Refuses bytes that do not lie between the start of the page and its end. */
    public void check(long from, long length) throws CorruptSectionException {
        if (length < 0 || from < start || length > end - from) {
            throw corrupt("part of " + length + " bytes at " + (from - start));
        }
    }

    /** Refuses bytes that do not lie in what describes columns. */
    public void checkHead(long from, long length) throws CorruptSectionException {
        if (length < 0 || from < start || length > records - from) {
            throw corrupt("part of " + length + " bytes at " + (from - start));
        }
    }

    /** Returns a refusal; whoever knows which page it is adds the place. */
    public static CorruptSectionException corrupt(String rule) {
        return new CorruptSectionException(rule, "");
    }
}
