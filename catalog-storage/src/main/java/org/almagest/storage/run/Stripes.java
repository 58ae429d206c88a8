package org.almagest.storage.run;

/** Spreads what threads write for every query over cache lines, so that they do not wait for each other's. */
final class Stripes {
    /** How many lines there are; threads beyond share them. */
    private static final int COUNT = 8;

    /** Elements of four bytes that lie in one line, twice: processors fetch lines in pairs. */
    private static final int STRIDE = 32;

    /** The length of an array with an element for each stripe, a line apart. */
    static final int LENGTH = COUNT * STRIDE;

    private Stripes() {}

    /** Returns the stripe of this thread. */
    static int ownStripe() {
        return (int) (Thread.currentThread().getId() % COUNT);
    }

    /** Returns the index of this thread's element. */
    static int own() {
        return index(ownStripe());
    }

    /** Returns the index of the element of a stripe. */
    static int index(int stripe) {
        return stripe * STRIDE;
    }

    static int count() {
        return COUNT;
    }
}
