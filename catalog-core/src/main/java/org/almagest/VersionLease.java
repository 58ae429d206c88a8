package org.almagest;

/**
 * Keeps one version of a catalog readable, whatever is written meanwhile. Safe for use by several threads.
 *
 * <p>Queries name the version by {@code Query.Builder.version}. Let go of it early: what it keeps takes space.
 */
public interface VersionLease extends AutoCloseable {
    /** Returns the version that is kept. */
    long version();

    /** Lets go of the version. Closing again does nothing. */
    @Override
    void close();
}
