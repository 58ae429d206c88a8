package org.almagest.storage.column;

import java.util.Arrays;

/** The different numbers among some, until there are too many; afterwards the rank of each. One thread. */
final class DistinctNumbers {
    private static final int CAPACITY_MIN = 1 << 6;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final int countMax;
    private long[] keys = new long[CAPACITY_MIN];
    private int[] ranks = new int[CAPACITY_MIN];
    private int count;
    private int shift = Long.numberOfLeadingZeros(CAPACITY_MIN) + 1;

    DistinctNumbers(int countMax) {
        this.countMax = countMax;
    }

    /** Adds a number; returns false when there would be too many, and then nothing can be added any more. */
    boolean add(long key) {
        int slot = slotOf(key);
        if (ranks[slot] != 0) {
            return true;
        }
        if (count == countMax) {
            return false;
        }
        keys[slot] = key;
        ranks[slot] = ++count;
        if (2 * count > keys.length) {
            grow();
        }
        return true;
    }

    private int slotOf(long key) {
        int mask = keys.length - 1;
        int slot = (int) (key * MIX >>> shift);
        while (ranks[slot] != 0 && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldRanks = ranks;
        keys = new long[2 * oldKeys.length];
        ranks = new int[keys.length];
        shift--;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldRanks[i] != 0) {
                int slot = slotOf(oldKeys[i]);
                keys[slot] = oldKeys[i];
                ranks[slot] = oldRanks[i];
            }
        }
    }

    int count() {
        return count;
    }

    /** Returns the numbers in ascending order, and gives each its place, from 1, as {@link #rank}. */
    long[] sort() {
        long[] sorted = new long[count];
        int next = 0;
        for (int slot = 0; slot < keys.length; slot++) {
            if (ranks[slot] != 0) {
                sorted[next++] = keys[slot];
            }
        }
        Arrays.sort(sorted);
        for (int i = 0; i < count; i++) {
            ranks[slotOf(sorted[i])] = i + 1;
        }
        return sorted;
    }

    /** Returns the place of a number that was added, from 1, after {@link #sort}; before it, when it was added. */
    int rank(long key) {
        return ranks[slotOf(key)];
    }
}
