package org.almagest.storage.run;

import java.util.Arrays;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.row.KeyHash;
import org.almagest.internal.row.RowReader;
import org.almagest.schema.DatasetSchema;

/** Key hash to ordinals, for a run in memory. Immutable. */
final class KeyLookup {
    static final int[] NONE = {};

    private final long[] sortedHashes;
    private final int[] ordinals;

    KeyLookup(long[] hashByRow) {
        sortedHashes = hashByRow.clone();
        Arrays.sort(sortedHashes);
        ordinals = new int[hashByRow.length];
        // Slots of equal hashes are filled from the left; -1 marks a free one.
        Arrays.fill(ordinals, -1);
        for (int row = 0; row < hashByRow.length; row++) {
            int slot = first(hashByRow[row]);
            while (ordinals[slot] >= 0) {
                slot++;
            }
            ordinals[slot] = row;
        }
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

    int[] ordinals(long hash) {
        int from = first(hash);
        int to = from;
        while (to < sortedHashes.length && sortedHashes[to] == hash) {
            to++;
        }
        return from == to ? NONE : Arrays.copyOfRange(ordinals, from, to);
    }

    private int first(long hash) {
        int low = 0;
        int high = sortedHashes.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sortedHashes[middle] < hash) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
