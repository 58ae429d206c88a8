package org.almagest.index.posting;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.roaringbitmap.buffer.MutableRoaringBitmap;

/** Collects pairs of key and row and lays them out as a {@link PostingTable}. Takes 8 to 16 bytes a pair. One thread. */
public final class PostingTableBuilder {
    /** Keys are below this. */
    public static final long KEY_LIMIT = 1L << 37;

    private static final int ROW_BITS = 26;
    private static final int CAPACITY_MIN = 64;

    /** Keys below this are sorted by counting them. */
    private static final int COUNTED_KEYS_MAX = 1 << 17;

    private long[] pairs = new long[CAPACITY_MIN];
    private int pairCount;
    private long keyMax;
    private ByteBuffer entries = ByteBuffer.allocate(0);
    private byte[] bitmaps = {};
    private int bitmapBytes;
    private boolean sealed;

    /**
     * Adds a row to a key; rows of one key come in ascending order, or any order when keys reach 2^17.
     *
     * @throws IllegalArgumentException if key or row is out of range
     */
    public void add(long key, int row) {
        if (key < 0 || key >= KEY_LIMIT || row < 0 || row >= PostingTable.ROW_COUNT_MAX || sealed) {
            throw new IllegalArgumentException("postings: key " + key + ", row " + row + ", sealed " + sealed);
        }
        if (pairCount == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * pairCount);
        }
        pairs[pairCount++] = key << ROW_BITS | row;
        keyMax = Math.max(keyMax, key);
    }

    /** Returns how many pairs were added. */
    public int pairCount() {
        return pairCount;
    }

    /** Makes the bitmaps and returns how many bytes {@link #write} needs; nothing may be added afterwards. */
    public int bodyBytes() {
        seal();
        return PostingTable.ENTRIES_OFFSET + entries.limit() + bitmapBytes;
    }

    /**
     * Writes the body at the position of a buffer; nothing may be added afterwards.
     *
     * @param rowCount rows of the segment
     */
    public void write(ByteBuffer target, int rowCount) {
        ByteBuffer body = target.slice(target.position(), bodyBytes()).order(ByteOrder.LITTLE_ENDIAN);
        body.putInt(rowCount).putInt(entries.limit() / PostingTable.ENTRY_BYTES);
        body.put(entries.duplicate()).put(bitmaps, 0, bitmapBytes);
        target.position(target.position() + bodyBytes());
    }

    private void seal() {
        if (sealed) {
            return;
        }
        sealed = true;
        if (keyMax < COUNTED_KEYS_MAX) {
            sortByCounting();
        } else {
            Arrays.sort(pairs, 0, pairCount);
        }
        entries = ByteBuffer.allocate(keys() * PostingTable.ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < pairCount; ) {
            int to = from;
            while (to < pairCount && pairs[to] >>> ROW_BITS == pairs[from] >>> ROW_BITS) {
                to++;
            }
            appendBitmap(from, to);
            from = to;
        }
        entries.flip();
        pairs = new long[0];
    }

    private void sortByCounting() {
        int[] ends = new int[(int) keyMax + 2];
        for (int i = 0; i < pairCount; i++) {
            ends[(int) (pairs[i] >>> ROW_BITS) + 1]++;
        }
        for (int key = 1; key < ends.length; key++) {
            ends[key] += ends[key - 1];
        }
        long[] sorted = new long[pairCount];
        for (int i = 0; i < pairCount; i++) {
            sorted[ends[(int) (pairs[i] >>> ROW_BITS)]++] = pairs[i];
        }
        pairs = sorted;
    }

    private int keys() {
        int keys = 0;
        for (int i = 0; i < pairCount; i++) {
            keys += i == 0 || pairs[i] >>> ROW_BITS != pairs[i - 1] >>> ROW_BITS ? 1 : 0;
        }
        if (keys > PostingTable.ENTRY_COUNT_MAX) {
            throw new IllegalStateException(
                    "postings: " + keys + " keys (at most " + PostingTable.ENTRY_COUNT_MAX + ")");
        }
        return keys;
    }

    private void appendBitmap(int from, int to) {
        int[] rows = new int[to - from];
        for (int i = from; i < to; i++) {
            rows[i - from] = (int) pairs[i] & PostingTable.ROW_COUNT_MAX - 1;
        }
        MutableRoaringBitmap bitmap = MutableRoaringBitmap.bitmapOf(rows);
        bitmap.runOptimize();
        int bytes = bitmap.serializedSizeInBytes();
        if (bitmaps.length - bitmapBytes < bytes) {
            bitmaps = Arrays.copyOf(bitmaps, Math.max(Math.addExact(bitmapBytes, bytes), bitmapBytes / 2 * 3));
        }
        bitmap.serialize(ByteBuffer.wrap(bitmaps, bitmapBytes, bytes).slice());
        entries.putLong(pairs[from] >>> ROW_BITS).putInt(bitmapBytes).putInt(bitmap.getCardinality());
        bitmapBytes += bytes;
    }
}
