package org.almagest.storage.aggregate;

import java.util.Arrays;

/** Counts by a number, without an object for each; open addressing, never more numbers than its bound; for one thread. */
final class LongCounts {
    private static final int CAPACITY_MIN = 64;
    private static final long SCATTER = 0x9E3779B97F4A7C15L;

    private final BucketBound bound;
    private long[] numbers = new long[CAPACITY_MIN];

    /** By the place of the number; 0 where the place is free. */
    private long[] counts = new long[CAPACITY_MIN];

    private int size;

    LongCounts(BucketBound bound) {
        this.bound = bound;
    }

    /**
     * Counts rows for a number.
     *
     * @param rows at least 1
     */
    void add(long number, long rows) {
        int place = placeOf(number);
        if (counts[place] == 0) {
            bound.checkRoom(size);
            size++;
            numbers[place] = number;
        }
        counts[place] += rows;
        if (2 * size > counts.length) {
            grow();
        }
    }

    private int placeOf(long number) {
        int mask = counts.length - 1;
        int place = (int) ((number * SCATTER) >>> Integer.SIZE) & mask;
        while (counts[place] != 0 && numbers[place] != number) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldNumbers = numbers;
        long[] oldCounts = counts;
        numbers = new long[2 * oldNumbers.length];
        counts = new long[2 * oldCounts.length];
        for (int i = 0; i < oldCounts.length; i++) {
            if (oldCounts[i] != 0) {
                int place = placeOf(oldNumbers[i]);
                numbers[place] = oldNumbers[i];
                counts[place] = oldCounts[i];
            }
        }
    }

    /** Returns how many rows a number has. */
    long count(long number) {
        return counts[placeOf(number)];
    }

    /** Returns the numbers that have rows, ascending. */
    long[] sorted() {
        long[] sorted = new long[size];
        int next = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
                sorted[next++] = numbers[i];
            }
        }
        Arrays.sort(sorted);
        return sorted;
    }
}
