package org.almagest.storage.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.almagest.internal.format.Presence;

/**
 * Bytes of a sealed file, mapped for reading. Safe to share between threads; whoever mapped them closes them once
 * nobody reads any more.
 *
 * <p>From JDK 22 on closing unmaps, and a late read throws {@link IllegalStateException}. On 17 the bytes count as
 * retired until the collector has found every buffer on them unreachable, so drop references soon.
 */
public interface MappedBytes extends AutoCloseable {
    /** Returns the name of the file. */
    String name();

    /** Returns how many bytes are mapped. */
    long length();

    /**
     * Returns a new read-only, little-endian view of all mapped bytes, with a position of its own.
     *
     * @throws IllegalStateException if closed
     */
    ByteBuffer buffer();

    /** Returns what brings bytes of this file into memory before they are read here and there; offsets as in {@link #buffer}. */
    Presence presence();

    /**
     * Turns what the JVM throws when mapped bytes cannot be read into a failure that names the file.
     *
     * <p>A disk error under a mapping, or a file cut short behind our back, surfaces as {@link InternalError} at
     * whatever instruction touched the byte. Whoever loops over mapped bytes catches that one error and throws this.
     */
    IOException readFailure(InternalError fault);

    /** Releases the bytes; closing again does nothing. */
    @Override
    void close();
}
