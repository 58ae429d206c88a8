package org.almagest.index.key;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Collects the key hash of every row, in row order, and lays them out as a {@link KeyIndex}. One thread. */
public final class KeyIndexBuilder {
    private static final int CAPACITY_MIN = 64;

    private long[] hashes = new long[CAPACITY_MIN];
    private int count;

    /** Adds the hash of the next row. */
    public void add(long hash) {
        if (count == KeyIndex.COUNT_MAX) {
            throw new IllegalStateException("key index: " + count + " rows (at most " + KeyIndex.COUNT_MAX + ")");
        }
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * count);
        }
        hashes[count++] = hash;
    }

    /** Returns how many rows were added. */
    public int count() {
        return count;
    }

    /** Returns how many bytes {@link #write} needs. */
    public int bodyBytes() {
        return KeyIndex.HASHES_OFFSET + count * KeyIndex.ENTRY_BYTES;
    }

    /** Writes the body at the position of a buffer; the collected rows stay. */
    public void write(ByteBuffer target) {
        long[] sorted = Arrays.copyOf(hashes, count);
        Arrays.sort(sorted);
        ByteBuffer body = target.slice(target.position(), bodyBytes()).order(ByteOrder.LITTLE_ENDIAN);
        body.putInt(KeyIndex.COUNT_OFFSET, count);
        body.putInt(KeyIndex.RESERVED_OFFSET, 0);
        body.position(KeyIndex.HASHES_OFFSET);
        body.asLongBuffer().put(sorted);
        body.position(KeyIndex.HASHES_OFFSET + count * Long.BYTES);
        body.asIntBuffer().put(rowsInOrderOf(sorted));
        target.position(target.position() + bodyBytes());
    }

    /** Places every row behind the first entry of its hash; rows ascend, so equal hashes keep their order. */
    private int[] rowsInOrderOf(long[] sorted) {
        int[] rows = new int[count];
        int[] placed = new int[count];
        for (int row = 0; row < count; row++) {
            int first = firstOf(sorted, hashes[row]);
            rows[first + placed[first]++] = row;
        }
        return rows;
    }

    private static int firstOf(long[] sorted, long hash) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (sorted[middle] < hash) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
