package org.almagest.storage.run;

import java.util.Arrays;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.row.KeyHash;
import org.almagest.internal.row.RowReader;
import org.almagest.schema.DatasetSchema;

/** Key hash to ordinals, for a run in memory. Immutable. */
final class KeyLookup {
    static final int[] NONE = {};

    /** A word of the filter stands for so many places of the table, which are four to eight rows. */
    private static final int PLACES_PER_WORD = 16;

    private static final int WORD_BITS = 6;

    private final long[] hashByRow;

    /**
     * Says of most hashes that are not there that they are not: four bits of a word are set for each hash. It fits into a
     * cache from which the table and the hashes, which are read anywhere, push each other out.
     */
    private final long[] filter;

    /** Ordinals plus one at the place that the hash tells or the next free one behind it; 0 is free. */
    private final int[] table;

    /** Keeps the array. */
    KeyLookup(long[] hashByRow) {
        this.hashByRow = hashByRow;
        int size = Integer.highestOneBit(Math.max(1, hashByRow.length)) << 2; // at most half full
        if (size <= 0) {
            throw new IllegalStateException("keys: " + hashByRow.length + " rows in memory");
        }
        table = new int[size];
        filter = new long[Math.max(1, size / PLACES_PER_WORD)];
        for (int row = 0; row < hashByRow.length; row++) {
            filter[word(hashByRow[row])] |= bits(hashByRow[row]);
            int at = place(hashByRow[row]);
            while (table[at] != 0) {
                at = at + 1 & table.length - 1;
            }
            table[at] = row + 1;
        }
    }

    /** Keys are hashed well already, so some of the bits are as good as all. */
    private int place(long hash) {
        return (int) (hash ^ hash >>> Integer.SIZE) & table.length - 1;
    }

    /** The bits of a hash are as good as random, so the word is told by others than the bits in it. */
    private int word(long hash) {
        return (int) (hash >>> Integer.SIZE) & filter.length - 1;
    }

    private static long bits(long hash) {
        return 1L << hash
                | 1L << (hash >>> WORD_BITS)
                | 1L << (hash >>> 2 * WORD_BITS)
                | 1L << (hash >>> 3 * WORD_BITS);
    }

    /** Reads the keys of all rows of a run. */
    static KeyLookup read(Run run, DatasetSchema schema) {
        RowReader reader = new RowReader(schema);
        RowCursor cursor = run.cursor();
        long[] hashes = new long[run.rowCount()];
        try {
            for (int row = 0; row < hashes.length; row++) {
                cursor.seek(row);
                reader.reset(cursor.bytes(), cursor.offset(), cursor.length());
                byte[] key = reader.keyBytes();
                hashes[row] = key == null ? 0 : KeyHash.of(key);
            }
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
        return new KeyLookup(hashes);
    }

    /** Returns the ordinals of the rows whose key has a hash, in ascending order. */
    int[] ordinals(long hash) {
        int[] found = NONE;
        long bits = bits(hash);
        if ((filter[word(hash)] & bits) != bits) {
            return found;
        }
        for (int at = place(hash); table[at] != 0; at = at + 1 & table.length - 1) {
            int row = table[at] - 1;
            if (hashByRow[row] == hash) {
                found = Arrays.copyOf(found, found.length + 1);
                found[found.length - 1] = row;
            }
        }
        return found;
    }
}
