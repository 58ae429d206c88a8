package org.almagest.storage.encoding;

import java.util.Arrays;
import org.almagest.storage.compress.Codec;

/** Describes long values as {@link Encoding#BLOCKS}, where that saves enough. One thread. */
final class BlockEncoder {
    /** Shorter values would cost a scattered row much more than their own bytes. */
    private static final int MEAN_BYTES_MIN = 256;
    /** Raw bytes after which a block is closed. */
    private static final int BLOCK_BYTES = 1 << 15;

    private static final int SAVING_MIN = 8;

    private final ByteSink raw = new ByteSink();
    private final ByteSink table = new ByteSink();
    private final ByteSink stored = new ByteSink();
    private byte[] scratch = {};
    private int blockCount;

    /** Returns false, having described nothing, where the values stay as they are. */
    boolean encode(Slices values, PageImage page) {
        long bytes = 0;
        int count = 0;
        for (int row = 0; row < values.rows; row++) {
            if (values.isSet(row)) {
                bytes += values.length(row);
                count++;
            }
        }
        if (bytes < (long) count * MEAN_BYTES_MIN) {
            return false;
        }
        long[] blockOfRow = new long[values.rows];
        long[] offsets = new long[values.rows];
        compress(values, page, blockOfRow, offsets);
        if (stored.length() > bytes - bytes / SAVING_MIN) {
            return false;
        }
        page.columns().put8(Encoding.BLOCKS);
        pack(values, blockOfRow, page);
        pack(values, offsets, page);
        long[] lengths = new long[values.rows];
        Arrays.setAll(lengths, values::length);
        pack(values, lengths, page);
        page.columns().put32(blockCount);
        page.columns().put(table.bytes(), 0, table.length());
        page.heap().put(stored.bytes(), 0, stored.length());
        return true;
    }

    private static void pack(Slices values, long[] numbers, PageImage page) {
        long[] packed = page.borrow();
        System.arraycopy(numbers, 0, packed, 0, numbers.length);
        page.pack(packed, values.starts);
    }

    private void compress(Slices values, PageImage page, long[] blockOfRow, long[] offsets) {
        raw.clear();
        table.clear();
        stored.clear();
        blockCount = 0;
        boolean isConstant = values.isConstant();
        for (int row = 0; row < values.rows; row++) {
            if (values.isSet(row) && !(isConstant && raw.length() > 0)) { // What all rows have is stored once.
                if (raw.length() > 0 && raw.length() + values.length(row) > BLOCK_BYTES) {
                    close(page);
                }
                blockOfRow[row] = blockCount;
                offsets[row] = raw.length();
                raw.put(values.bytes, values.starts[row], values.length(row));
            }
        }
        close(page);
    }

    private void close(PageImage page) {
        int most = Codec.LZ4.storedBytesMax(raw.length());
        if (scratch.length < most) {
            scratch = new byte[most];
        }
        int length = Codec.LZ4.compress(raw.bytes(), raw.length(), scratch);
        table.put32(page.heap().length() + stored.length());
        if (length < raw.length()) {
            stored.put(scratch, 0, length);
            table.put32(length);
        } else {
            stored.put(raw.bytes(), 0, raw.length());
            table.put32(raw.length());
        }
        table.put32(raw.length());
        blockCount++;
        raw.clear();
    }
}
