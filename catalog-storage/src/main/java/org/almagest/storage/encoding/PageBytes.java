package org.almagest.storage.encoding;

import java.nio.ByteBuffer;
import org.almagest.error.CorruptSectionException;

/** The bytes of a page that is open, and where its parts lie; moved from page to page. One thread. */
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

    public int u8(int at) {
        return buffer.get(at) & 0xFF;
    }

    public int u16(int at) {
        return buffer.getShort(at) & 0xFFFF;
    }

    public int i32(int at) {
        return buffer.getInt(at);
    }

    public long i64(int at) {
        return buffer.getLong(at);
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

    /** Returns a refusal; whoever knows which page it is adds the place. */
    public static CorruptSectionException corrupt(String rule) {
        return new CorruptSectionException(rule, "");
    }
}
