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

    /**
     * Moves the numbers of the rows that have a value to the front.
     *
     * @param firstRow of a block
     * @return how many there are
     */
    int keepSet(int firstRow, int rows, long[] numbers) {
        if (setCount == rowCount) {
            return rows;
        }
        int kept = 0;
        for (int i = 0; i < rows; i++) {
            numbers[kept] = numbers[i];
            kept += isSet(firstRow + i) ? 1 : 0;
        }
        return kept;
    }

    /** Sets the codes of the rows without a value to 0. */
    void clearUnset(int firstRow, int rows, long[] codes) {
        for (int i = 0; setCount < rowCount && i < rows; i++) {
            if (!isSet(firstRow + i)) {
                codes[i] = 0;
            }
        }
    }

    int rowCount() {
        return rowCount;
    }

    int unsetCount() {
        return rowCount - setCount;
    }
}
