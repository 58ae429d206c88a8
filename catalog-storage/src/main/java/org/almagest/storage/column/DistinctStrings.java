package org.almagest.storage.column;

import java.util.Arrays;

/** The different byte strings among some, until they are too many or too long together. One thread. */
final class DistinctStrings {
    private static final int CAPACITY_MIN = 1 << 6;
    private static final int MIX = 0x9E3779B9;
    private static final int MULTIPLIER = 31;

    private final int countMax;
    private final int bytesMax;
    private byte[] bytes = new byte[CAPACITY_MIN];
    private int[] ends = new int[CAPACITY_MIN];
    private int[] slots = new int[2 * CAPACITY_MIN];
    private int[] hashes = new int[CAPACITY_MIN];
    private int count;

    DistinctStrings(int countMax, int bytesMax) {
        this.countMax = countMax;
        this.bytesMax = bytesMax;
    }

    /** Returns the number of a string, in the order of first addition from 0; -1 when there would be too many. */
    int add(byte[] source, int from, int to) {
        int hash = hash(source, from, to);
        int slot = slotOf(hash, source, from, to);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        int start = end(count - 1);
        int length = to - from;
        if (count == countMax || length > bytesMax - start) {
            return -1;
        }
        if (start + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(start + length, 2 * bytes.length));
        }
        System.arraycopy(source, from, bytes, start, length);
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
            hashes = Arrays.copyOf(hashes, 2 * count);
        }
        ends[count] = start + length;
        hashes[count] = hash;
        slots[slot] = ++count;
        if (2 * count > slots.length) {
            grow();
        }
        return count - 1;
    }

    private static int hash(byte[] source, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = MULTIPLIER * hash + source[i];
        }
        return (hash ^ hash >>> 15) * MIX;
    }

    private int slotOf(int hash, byte[] source, int from, int to) {
        int mask = slots.length - 1;
        int slot = hash >>> 8 & mask;
        while (slots[slot] != 0) {
            int entry = slots[slot] - 1;
            if (hashes[entry] == hash && Arrays.equals(bytes, end(entry - 1), end(entry), source, from, to)) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        slots = new int[2 * slots.length];
        int mask = slots.length - 1;
        for (int entry = 0; entry < count; entry++) {
            int slot = hashes[entry] >>> 8 & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = entry + 1;
        }
    }

    private int end(int entry) {
        return entry < 0 ? 0 : ends[entry];
    }

    int count() {
        return count;
    }

    int byteCount() {
        return end(count - 1);
    }

    /** Returns the numbers of the strings in ascending order of their unsigned bytes. */
    int[] sorted() {
        Integer[] order = new Integer[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        Arrays.sort(
                order,
                (left, right) ->
                        Arrays.compareUnsigned(bytes, end(left - 1), end(left), bytes, end(right - 1), end(right)));
        int[] sorted = new int[count];
        for (int i = 0; i < count; i++) {
            sorted[i] = order[i];
        }
        return sorted;
    }

    /** Returns a copy of a string. */
    byte[] string(int number) {
        return Arrays.copyOfRange(bytes, end(number - 1), end(number));
    }
}
