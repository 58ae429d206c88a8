package org.almagest.storage.column;

import java.util.Arrays;

/** Which rows have a value, while rows still arrive. One thread. */
final class Presence {
    private long[] words = new long[KeyBlocks.ROWS / Long.SIZE];
    private int rowCount;
    private int setCount;

    void add(boolean set) {
        int word = rowCount >>> 6;
        if (word == words.length) {
            words = Arrays.copyOf(words, 2 * word);
        }
        words[word] |= (set ? 1L : 0L) << rowCount;
        rowCount++;
        setCount += set ? 1 : 0;
    }

    boolean isSet(int row) {
        return (words[row >>> 6] >>> row & 1) != 0;
    }

    int rowCount() {
        return rowCount;
    }

    int unsetCount() {
        return rowCount - setCount;
    }
}
