package org.almagest.runtime;

/** Gives random bits. Safe for use by several threads. */
@FunctionalInterface
public interface RandomSource {
    /** Returns 64 random bits. */
    long nextLong();

    /**
     * Returns 64 bits that hardly come twice on a machine; others may predict them.
     *
     * <p>For names of files that last as long as a process: a source of unpredictable bits may take long to begin with.
     */
    default long nextUnique() {
        return nextLong();
    }

    /** Returns a source that nobody can predict. */
    static RandomSource secure() {
        return new SecureSource();
    }
}
