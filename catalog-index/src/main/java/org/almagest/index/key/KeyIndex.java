package org.almagest.index.key;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import org.almagest.error.CorruptSectionException;

/**
 * From the 64-bit hash of a key to the rows that may carry it. Different keys may share a hash, so whoever asks
 * compares the value before it counts. Immutable, safe to share between threads.
 *
 * <p>Format, version 1: little-endian; {@code KeyIndexTest} holds a worked example. Every row of the segment has
 * exactly one entry; entries ascend by hash as a signed number, entries of one hash by row. Order and completeness
 * are checked by {@link #findProblem}, not at open.
 *
 * <pre>
 * offset   bytes  field     constraint
 * 0        4      count     rows of the segment: 0..COUNT_MAX
 * 4        4      reserved  zero
 * 8        8n     hashes    i64 each
 * 8 + 8n   4n     rows      u32 each, below count
 * </pre>
 */
public final class KeyIndex {
    static final int COUNT_OFFSET = 0;
    static final int RESERVED_OFFSET = 4;
    static final int HASHES_OFFSET = 8;

    /** The most rows: their entries still fit one buffer. */
    public static final int COUNT_MAX = 1 << 27;

    /** Bytes of one entry. */
    public static final int ENTRY_BYTES = Long.BYTES + Integer.BYTES;

    private static final int[] NO_ROWS = {};

    private final ByteBuffer body;
    private final int count;
    private final int rowsOffset;
    private final String resource;

    private KeyIndex(ByteBuffer body, int count, String resource) {
        this.body = body;
        this.count = count;
        this.rowsOffset = HASHES_OFFSET + count * Long.BYTES;
        this.resource = resource;
    }

    /**
     * Opens a body without copying it; the bytes must not change while the result is in use.
     *
     * @param resource named in a failure
     * @throws CorruptSectionException if count and length do not fit each other
     */
    public static KeyIndex open(ByteBuffer section, String resource) throws CorruptSectionException {
        ByteBuffer body = section.slice().order(ByteOrder.LITTLE_ENDIAN);
        int count = body.limit() < HASHES_OFFSET ? -1 : body.getInt(COUNT_OFFSET);
        if (count < 0 || count > COUNT_MAX || body.limit() != HASHES_OFFSET + count * ENTRY_BYTES) {
            throw new CorruptSectionException(
                    "key index: count " + count + " in a body of " + body.limit() + " bytes", resource);
        }
        if (body.getInt(RESERVED_OFFSET) != 0) {
            throw new CorruptSectionException(
                    "key index: reserved: " + body.getInt(RESERVED_OFFSET) + " (expected 0)", resource);
        }
        return new KeyIndex(body, count, resource);
    }

    /** Returns how many rows there are. */
    public int count() {
        return count;
    }

    /**
     * Returns the rows whose key has this hash, ascending; a new array, or a shared empty one.
     *
     * @throws CorruptSectionException if an entry names a row that does not exist
     */
    public int[] candidates(long hash) throws CorruptSectionException {
        int first = lowerBound(hash);
        int end = first;
        while (end < count && hash(end) == hash) {
            end++;
        }
        if (first == end) {
            return NO_ROWS;
        }
        int[] rows = new int[end - first];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(first + i);
            if (rows[i] < 0 || rows[i] >= count) {
                throw new CorruptSectionException(
                        "key index: entry " + (first + i) + ": row " + rows[i] + " (at most " + (count - 1) + ")",
                        resource);
            }
        }
        return rows;
    }

    /** Returns the hash of entry {@code index}, in the order of hashes. */
    public long hash(int index) {
        return body.getLong(HASHES_OFFSET + index * Long.BYTES);
    }

    /** Returns the row of entry {@code index}, as stored. */
    public int row(int index) {
        return body.getInt(rowsOffset + index * Integer.BYTES);
    }

    /**
     * Returns the hash of every row, in row order: what a copy of the rows needs; reads every entry.
     *
     * @throws CorruptSectionException if an entry names a row that does not exist, or two name the same
     */
    public long[] hashesByRow() throws CorruptSectionException {
        long[] hashes = new long[count];
        BitSet seen = new BitSet(count);
        for (int i = 0; i < count; i++) {
            int row = row(i);
            if (row < 0 || row >= count || seen.get(row)) {
                throw new CorruptSectionException(
                        "key index: entry " + i + ": row " + row + " (each of " + count + " once)", resource);
            }
            seen.set(row);
            hashes[row] = hash(i);
        }
        return hashes;
    }

    /** Returns what is wrong with order or completeness, or an empty text; reads every entry. */
    public String findProblem() {
        BitSet seen = new BitSet();
        for (int i = 0; i < count; i++) {
            int row = row(i);
            if (row < 0 || row >= count) {
                return "entry " + i + ": row " + row + " (at most " + (count - 1) + ")";
            }
            if (seen.get(row)) {
                return "entry " + i + ": row " + row + " (named twice)";
            }
            seen.set(row);
            if (i > 0 && (hash(i - 1) > hash(i) || hash(i - 1) == hash(i) && row(i - 1) > row)) {
                return "entry " + i + ": out of order";
            }
        }
        return "";
    }

    private int lowerBound(long hash) {
        int from = 0;
        int to = count;
        // Hashes are uniform, so the first probe is where their top bits say; bisection does the rest.
        int probe = (int) (((hash >> Integer.SIZE) + (1L << Integer.SIZE - 1)) * count >>> Integer.SIZE);
        for (int reach = 64; from < to; reach *= 2) {
            assert from <= probe && probe < to : probe;
            if (hash(probe) < hash) {
                from = probe + 1;
                probe = reach < to - from ? from + reach : (from + to) >>> 1;
            } else {
                to = probe;
                probe = reach < to - from ? to - reach : (from + to) >>> 1;
            }
        }
        return from;
    }
}
