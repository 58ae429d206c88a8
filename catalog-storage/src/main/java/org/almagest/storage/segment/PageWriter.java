package org.almagest.storage.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.almagest.internal.format.Varint;
import org.almagest.storage.compress.Codec;

/** Gathers rows into pages, compresses those it pays for, and notes where each begins. One thread. */
final class PageWriter {
    /** Raw bytes at which a page is closed: {@code docs/format/segment.md} has the measurement. */
    static final int RAW_BYTES_TARGET = 1 << 12;

    /** A compressed page must save at least one part in this many, or it is not worth unpacking. */
    private static final int SAVING_MIN = 16;

    private final SegmentOutput output;
    private final SegmentIdentity identity;
    private final SectionBuffer directory = new SectionBuffer(ByteOrder.LITTLE_ENDIAN);

    private byte[] heads = new byte[RAW_BYTES_TARGET];
    private byte[] bodies = new byte[RAW_BYTES_TARGET];
    private byte[] raw = new byte[RAW_BYTES_TARGET];
    private byte[] stored = new byte[RAW_BYTES_TARGET];
    private int headBytes;
    private int bodyBytes;
    private int firstRow;
    private int rowCount;
    private int pageCount;

    PageWriter(SegmentOutput output, SegmentIdentity identity) {
        this.output = output;
        this.identity = identity;
    }

    /** Returns how many pages were written. */
    int pageCount() {
        return pageCount;
    }

    /** Returns the directory of all pages written. */
    SectionBuffer directory() {
        return directory;
    }

    /** Returns how many raw bytes wait for their page to fill. */
    int pendingBytes() {
        return headBytes + bodyBytes;
    }

    void add(int commitOrdinal, SegmentRow row) throws IOException {
        int rowBytes = Varint.length(commitOrdinal) + Varint.length(row.bodyLength) + row.bodyLength;
        if (rowCount == PageFormat.ROWS_MAX || rowCount > 0 && pendingBytes() + rowBytes > RAW_BYTES_TARGET) {
            flush();
        }
        heads = grown(heads, headBytes + 2 * Varint.BYTES_MAX);
        headBytes = Varint.put(heads, headBytes, commitOrdinal);
        headBytes = Varint.put(heads, headBytes, row.bodyLength);
        bodies = grown(bodies, bodyBytes + row.bodyLength);
        System.arraycopy(row.body, row.bodyOffset, bodies, bodyBytes, row.bodyLength);
        bodyBytes += row.bodyLength;
        rowCount++;
    }

    /** Writes the rows that wait as a page; does nothing when there are none. */
    void flush() throws IOException {
        if (rowCount == 0) {
            return;
        }
        int rawBytes = headBytes + bodyBytes;
        raw = grown(raw, rawBytes);
        System.arraycopy(heads, 0, raw, 0, headBytes);
        System.arraycopy(bodies, 0, raw, headBytes, bodyBytes);
        stored = grown(stored, Codec.LZ4.storedBytesMax(rawBytes));
        int storedBytes = Codec.LZ4.compress(raw, rawBytes, stored);
        Codec codec =
                storedBytes <= rawBytes - rawBytes / SAVING_MIN && storedBytes < rawBytes ? Codec.LZ4 : Codec.NONE;
        if (codec == Codec.NONE) {
            storedBytes = Codec.NONE.compress(raw, rawBytes, stored);
        }
        directory.room(2 * Integer.BYTES).putInt(firstRow).putInt((int) output.position());
        output.append(page(codec, rawBytes, storedBytes));
        pageCount++;
        firstRow += rowCount;
        rowCount = 0;
        headBytes = 0;
        bodyBytes = 0;
    }

    private ByteBuffer page(Codec codec, int rawBytes, int storedBytes) {
        ByteBuffer page = ByteBuffer.allocate(PageFormat.OVERHEAD_BYTES + storedBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(storedBytes)
                .putInt(rawBytes)
                .putInt(firstRow)
                .putShort((short) rowCount)
                .put((byte) codec.id())
                .put((byte) 0)
                .put(stored, 0, storedBytes);
        long fileOffset = output.start() + output.position();
        page.putInt(identity.place(fileOffset).crc32c(page.array(), 0, page.position()));
        return page.flip();
    }

    /** Returns an array of at least this length with the same content; doubles, so that growth stays linear. */
    private static byte[] grown(byte[] bytes, int length) {
        return bytes.length >= length ? bytes : Arrays.copyOf(bytes, Math.max(length, 2 * bytes.length));
    }
}
