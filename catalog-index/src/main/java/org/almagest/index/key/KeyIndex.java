package org.almagest.index.key;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.format.Presence;

/**
 * From the 64-bit hash of a key to the rows that may carry it. Different keys may share a hash, so whoever asks
 * compares the value before it counts. Immutable, safe to share between threads.
 *
 * <p>Format, version 2: little-endian; {@code KeyIndexTest} holds a worked example. Every row of the segment has
 * exactly one entry; entries ascend by hash as a signed number, entries of one hash by row. In front stands a
 * {@link KeyFilter}, so that most keys that are not there cost one look into memory. Order, completeness and filter are
 * checked by {@link #findProblem}, not at open.
 *
 * <pre>
 * offset          bytes  field     constraint
 * 0               4      count     n, rows of the segment: 0..COUNT_MAX
 * 4               4      blocks    b, of the filter: follows from count
 * 8               8      reserved  zero
 * 16              16b    filter    two u64 for each block
 * 16 + 16b        8n     hashes    i64 each
 * 16 + 16b + 8n   4n     rows      u32 each, below count
 * </pre>
 */
public final class KeyIndex {
    static final int COUNT_OFFSET = 0;
    static final int BLOCKS_OFFSET = 4;
    static final int RESERVED_OFFSET = 8;
    static final int FILTER_OFFSET = 16;

    /** The version of the body. */
    public static final int VERSION = 2;

    /** The most rows: their entries still fit one buffer. */
    public static final int COUNT_MAX = 1 << 27;

    /** Bytes of one entry. */
    public static final int ENTRY_BYTES = Long.BYTES + Integer.BYTES;

    /** The first step away from a guess; two guesses are mostly within it. */
    private static final int REACH = 8;

    /** How many hashes near the first guess are brought into memory together: the square root of a million is 1,000. */
    private static final int GUESS_ROWS = 1_024;

    private static final int[] NO_ROWS = {};

    private final ByteBuffer body;
    private final Presence presence;
    private final int count;
    private final KeyFilter filter;
    private final int hashesOffset;
    private final int rowsOffset;
    private final String resource;

    private KeyIndex(ByteBuffer body, Presence presence, int count, String resource) {
        this.body = body;
        this.presence = presence;
        this.count = count;
        this.filter = new KeyFilter(body, presence, FILTER_OFFSET, KeyFilter.blocks(count));
        this.hashesOffset = hashesOffset(count);
        this.rowsOffset = hashesOffset + count * Long.BYTES;
        this.resource = resource;
    }

    /** Returns how many bytes an index of so many rows has. */
    static long bodyBytes(int count) {
        return hashesOffset(count) + (long) count * ENTRY_BYTES;
    }

    static int hashesOffset(int count) {
        return FILTER_OFFSET + KeyFilter.blocks(count) * KeyFilter.BLOCK_BYTES;
    }

    /**
     * Opens a body without copying it; the bytes must not change while the result is in use.
     *
     * @param resource named in a failure
     * @throws CorruptSectionException if count and length do not fit each other
     */
    public static KeyIndex open(ByteBuffer section, String resource) throws CorruptSectionException {
        return open(section, Presence.ALWAYS, resource);
    }

    /** As {@link #open(ByteBuffer, String)}, for a body of which {@code presence} is told what is read here and there. */
    public static KeyIndex open(ByteBuffer section, Presence presence, String resource) throws CorruptSectionException {
        ByteBuffer body = section.slice().order(ByteOrder.LITTLE_ENDIAN);
        int count = body.limit() < FILTER_OFFSET ? -1 : body.getInt(COUNT_OFFSET);
        if (count < 0 || count > COUNT_MAX || body.limit() != bodyBytes(count)) {
            throw new CorruptSectionException(
                    "key index: count " + count + " in a body of " + body.limit() + " bytes", resource);
        }
        if (body.getInt(BLOCKS_OFFSET) != KeyFilter.blocks(count)) {
            throw new CorruptSectionException(
                    "key index: " + body.getInt(BLOCKS_OFFSET) + " blocks (expected " + KeyFilter.blocks(count) + ")",
                    resource);
        }
        if (body.getLong(RESERVED_OFFSET) != 0) {
            throw new CorruptSectionException(
                    "key index: reserved: " + body.getLong(RESERVED_OFFSET) + " (expected 0)", resource);
        }
        return new KeyIndex(body, presence, count, resource);
    }

    /** Returns how many rows there are. */
    public int count() {
        return count;
    }

    /** Returns whether a row may have a key with this hash; false for all but about one in fifty that are not there. */
    public boolean mayHave(long hash) {
        return filter.mayHave(hash);
    }

    /**
     * Returns the rows whose key has this hash, ascending; a new array, or a shared empty one.
     *
     * @throws CorruptSectionException if an entry names a row that does not exist
     */
    public int[] candidates(long hash) throws CorruptSectionException {
        if (!filter.mayHave(hash)) {
            return NO_ROWS;
        }
        needNear(hash);
        int first = lowerBound(body, hashesOffset, count, hash);
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
        return body.getLong(hashesOffset + index * Long.BYTES);
    }

    /** Returns the row of entry {@code index}, as stored. */
    public int row(int index) {
        presence.need(rowsOffset + index * Integer.BYTES, Integer.BYTES);
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

    /** Returns what is wrong with order, completeness or filter, or an empty text; reads every entry. */
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
            if (!filter.mayHave(hash(i))) {
                return "entry " + i + ": not in the filter";
            }
        }
        return "";
    }

    /** Says that hashes near where a hash is first looked for are going to be read. */
    private void needNear(long hash) {
        if (count > 0) {
            int first = firstGuess(count, hash);
            int from = Math.max(0, first - GUESS_ROWS / 2);
            int rows = Math.min(count, first + GUESS_ROWS / 2) - from;
            presence.need(hashesOffset + from * Long.BYTES, rows * Long.BYTES);
        }
    }

    private static int firstGuess(int count, long hash) {
        long fromLowest = (hash >> Integer.SIZE) + (1L << Integer.SIZE - 1);
        return (int) (fromLowest * count >>> Integer.SIZE);
    }

    /**
     * Returns the first entry whose hash is not less, or count when all are.
     *
     * <p>Hashes are even, so the first guess is where the value says and the second corrects it by how far off that was;
     * uneven ones cost more steps but are found as well.
     */
    static int lowerBound(ByteBuffer body, int hashesOffset, int count, long hash) {
        int from = 0;
        int to = count;
        if (count == 0) {
            return 0;
        }
        int first = firstGuess(count, hash);
        long off = Math.multiplyHigh(hash - body.getLong(hashesOffset + first * Long.BYTES), count);
        int probe = (int) Math.max(0, Math.min(count - 1L, first + off));
        // Rows before `from` are less, rows from `to` on are not; steps double until the range is closed.
        for (long reach = REACH; from < to; reach *= 2) {
            assert from <= probe && probe < to : probe;
            if (body.getLong(hashesOffset + probe * Long.BYTES) < hash) {
                from = probe + 1;
                probe = to == count && reach < to - from ? (int) (from + reach) : (from + to) >>> 1;
            } else {
                to = probe;
                probe = from == 0 && reach < to ? (int) (to - reach) : (from + to) >>> 1;
            }
        }
        return from;
    }
}
