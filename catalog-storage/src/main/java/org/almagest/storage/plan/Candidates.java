package org.almagest.storage.plan;

/** The rows of one run that may match, each once, in the order of a scan; for one thread. */
public interface Candidates {
    /** Returned by {@link #next} when no candidate is left. */
    int NONE = -1;

    /** Returns the ordinal of the next candidate, or {@link #NONE}. */
    int next();

    /** Puts the next candidates into an array without passing them; returns how many, 0 where they are not found yet. */
    default int peek(int[] into, int atMost) {
        return 0;
    }

    /** Returns how many candidates are left, and passes them all. */
    default long countRest() {
        long count = 0;
        while (next() != NONE) {
            count++;
        }
        return count;
    }
}
