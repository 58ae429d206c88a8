package org.almagest.storage.run;

import java.util.Arrays;

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
