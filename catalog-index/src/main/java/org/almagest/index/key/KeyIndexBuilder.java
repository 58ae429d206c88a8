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
        return Math.toIntExact(KeyIndex.bodyBytes(count));
    }

    /** Writes the body at the position of a buffer; the collected rows stay. */
    public void write(ByteBuffer target) {
        long[] sorted = Arrays.copyOf(hashes, count);
        Arrays.sort(sorted);
        ByteBuffer body = target.slice(target.position(), bodyBytes()).order(ByteOrder.LITTLE_ENDIAN);
        int blocks = KeyFilter.blocks(count);
        body.putInt(KeyIndex.COUNT_OFFSET, count);
        body.putInt(KeyIndex.BLOCKS_OFFSET, blocks);
        body.putLong(KeyIndex.RESERVED_OFFSET, 0);
        body.position(KeyIndex.FILTER_OFFSET);
        body.asLongBuffer().put(KeyFilter.bits(sorted, blocks));
        body.position(KeyIndex.hashesOffset(count));
        body.asLongBuffer().put(sorted);
        body.position(KeyIndex.hashesOffset(count) + count * Long.BYTES);
        body.asIntBuffer().put(rowsInOrderOf(body));
        target.position(target.position() + bodyBytes());
    }

    /** Places every row behind the first entry of its hash; rows ascend, so equal hashes keep their order. */
    private int[] rowsInOrderOf(ByteBuffer body) {
        int[] rows = new int[count];
        int[] placed = new int[count];
        int hashesOffset = KeyIndex.hashesOffset(count);
        for (int row = 0; row < count; row++) {
            int first = KeyIndex.lowerBound(body, hashesOffset, count, hashes[row]);
            rows[first + placed[first]++] = row;
        }
        return rows;
    }
}
