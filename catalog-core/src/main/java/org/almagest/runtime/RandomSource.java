package org.almagest.runtime;

import java.security.SecureRandom;

/** Gives random bits. Safe for use by several threads. */
@FunctionalInterface
public interface RandomSource {
    /** Returns 64 random bits. */
    long nextLong();

    /** Returns a source that nobody can predict. */
    static RandomSource secure() {
        return new SecureRandom()::nextLong;
    }
}
