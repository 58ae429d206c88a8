package org.almagest.storage.segment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.almagest.error.CorruptSectionException;
import org.almagest.storage.compress.Codec;

/** One page at a time, checked and unpacked into arrays that are used again. One thread. */
final class PageDecoder {
    /** Arrays longer than this are not kept for the next page: one huge row must not hold memory for ever. */
    private static final int KEPT_BYTES_MAX = 1 << 20;

    private final SegmentFile segment;
    private byte[] stored = {};
    private byte[] raw = {};
    private int[] bodyOffsets = {};
    private int[] commitOrdinals = {};

    // The next byte of the raw page that a varint is read from.
    private int next;

    PageDecoder(SegmentFile segment) {
        this.segment = segment;
    }

    /** Returns the array that holds the bodies. */
    byte[] raw() {
        return raw;
    }

    /** Returns where the body of a row of the page begins; of the row after the last one, where bodies end. */
    int bodyOffset(int rowInPage) {
        return bodyOffsets[rowInPage];
    }

    int commitOrdinal(int rowInPage) {
        return commitOrdinals[rowInPage];
    }

    /** Reads a page; after a failure the decoder holds nothing of use. */
    void decode(PageDirectory directory, int page) throws CorruptSectionException {
        int offset = directory.offset(page);
        int length = directory.offset(page + 1) - offset;
        stored = sized(stored, length);
        segment.read(offset, stored, length);
        ByteBuffer head = ByteBuffer.wrap(stored, 0, length).order(ByteOrder.LITTLE_ENDIAN);
        int expected = head.getInt(length - Integer.BYTES);
        if (segment.place(offset).crc32c(stored, 0, length - Integer.BYTES) != expected) {
            throw corrupt(page, offset, "crc32c is not 0x" + HexFormat.of().toHexDigits(expected));
        }
        int firstRow = directory.firstRow(page);
        int rows = directory.firstRow(page + 1) - firstRow;
        if (head.getInt(PageFormat.FIRST_ROW_OFFSET) != firstRow
                || Short.toUnsignedInt(head.getShort(PageFormat.ROW_COUNT_OFFSET)) != rows
                || head.getInt(PageFormat.STORED_BYTES_OFFSET) != length - PageFormat.OVERHEAD_BYTES
                || head.get(PageFormat.RESERVED_OFFSET) != 0) {
            throw corrupt(page, offset, "is not the page of rows " + firstRow + " to " + (firstRow + rows - 1));
        }
        int rawBytes = unpack(head, page, offset);
        locateBodies(page, offset, rows, rawBytes);
    }

    private int unpack(ByteBuffer head, int page, int offset) throws CorruptSectionException {
        int storedBytes = head.getInt(PageFormat.STORED_BYTES_OFFSET);
        int rawBytes = head.getInt(PageFormat.RAW_BYTES_OFFSET);
        try {
            Codec codec = Codec.of(Byte.toUnsignedInt(head.get(PageFormat.CODEC_OFFSET)), segment.name());
            if (rawBytes < 0 || rawBytes > Math.min(PageFormat.RAW_BYTES_MAX, codec.rawBytesMax(storedBytes))) {
                throw corrupt(page, offset, rawBytes + " raw bytes from " + storedBytes + " stored");
            }
            raw = sized(raw, rawBytes);
            codec.decompress(stored, PageFormat.STORED_OFFSET, storedBytes, raw, rawBytes);
            return rawBytes;
        } catch (CorruptSectionException e) {
            throw e.resource().isEmpty() ? corrupt(page, offset, e.rule()) : e;
        }
    }

    private void locateBodies(int page, int offset, int rows, int rawBytes) throws CorruptSectionException {
        if (rows > rawBytes / PageFormat.ROW_BYTES_MIN) {
            throw corrupt(page, offset, rows + " rows in " + rawBytes + " raw bytes");
        }
        if (bodyOffsets.length <= rows) {
            bodyOffsets = new int[rows + 1];
            commitOrdinals = new int[rows];
        }
        next = 0;
        long bodyBytes = 0;
        for (int row = 0; row < rows; row++) {
            int commit = varint(rawBytes);
            int length = varint(rawBytes);
            if (commit < 0 || commit >= segment.commitCount() || length < 0) {
                throw corrupt(page, offset, "row " + row + ": commit " + commit + ", " + length + " bytes");
            }
            commitOrdinals[row] = commit;
            bodyOffsets[row] = (int) bodyBytes;
            bodyBytes += length;
            if (bodyBytes > rawBytes) {
                break;
            }
        }
        if (next + bodyBytes != rawBytes) {
            throw corrupt(page, offset, next + bodyBytes + " bytes of rows (expected " + rawBytes + ")");
        }
        bodyOffsets[rows] = (int) bodyBytes;
        for (int row = 0; row <= rows; row++) {
            bodyOffsets[row] += next;
        }
    }

    /** Returns the next varint of the raw page, or -1 when there is none below 2^31. */
    private int varint(int end) {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE && next < end; shift += 7) {
            int part = raw[next++];
            value |= (part & 0x7f) << shift;
            if (part >= 0) {
                boolean fits = shift < 28 || part < 8;
                return fits ? value : -1;
            }
        }
        return -1;
    }

    private CorruptSectionException corrupt(int page, int offset, String problem) {
        return new CorruptSectionException("page " + page + ": " + problem, segment.name(), segment.fileOffset(offset));
    }

    private static byte[] sized(byte[] bytes, int length) {
        boolean keeps = bytes.length <= KEPT_BYTES_MAX || length > KEPT_BYTES_MAX;
        return bytes.length >= length && keeps ? bytes : new byte[length];
    }
}
