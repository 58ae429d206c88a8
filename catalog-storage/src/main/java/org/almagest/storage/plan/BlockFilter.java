package org.almagest.storage.plan;

/** Tests the rows of a run in blocks; a row that it takes away surely does not match. For one thread. */
interface BlockFilter {
    /** How many consecutive rows a block has; it begins at a multiple of that. */
    int ROWS = 1_024;

    /** How many words of bits a block has. */
    int WORDS = ROWS / Long.SIZE;

    /** Tells whether a row of the block may match; costs next to nothing. */
    default boolean mayPass(int block) {
        return true;
    }

    /**
     * Clears the bits of rows that do not match; never sets one.
     *
     * @param block the number of the block
     * @param rows how many rows of it there are in the run
     * @param mask bit {@code i} stands for row {@code block * ROWS + i}
     */
    void keep(int block, int rows, long[] mask);
}
