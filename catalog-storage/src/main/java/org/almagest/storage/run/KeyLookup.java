package org.almagest.storage.run;

import java.util.Arrays;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.row.KeyHash;
import org.almagest.internal.row.RowReader;
import org.almagest.schema.DatasetSchema;

/** Key hash to ordinals, for a run in memory. Immutable. */
final class KeyLookup {
    static final int[] NONE = {};

    private final long[] hashByRow;

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
        for (int row = 0; row < hashByRow.length; row++) {
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
