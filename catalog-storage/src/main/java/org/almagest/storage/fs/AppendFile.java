package org.almagest.storage.fs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A new file that only grows. Used by one thread at a time, and never opened again for writing once closed.
 *
 * <p>Closing forces nothing.
 */
public interface AppendFile extends Closeable {
    /** Returns the name under which the file was created; it may have been renamed since. */
    String name();

    /**
     * Writes all remaining bytes at the end of the file, however many system calls that takes.
     *
     * <p>After a failure {@link #length} tells how many bytes landed, and every further append is refused: bytes after
     * a partial frame could never be told from damage.
     *
     * @throws NoSpaceIOException if the disk, a quota or the limit of file size is exhausted
     */
    void append(ByteBuffer bytes) throws IOException;

    /**
     * Makes all bytes and the length durable, not the name.
     *
     * <p>After a failure every further append and force is refused: a second force could report success for bytes
     * that the kernel has dropped.
     *
     * @param barrier the rule this call obeys, of kind {@link Barrier.Kind#FILE}
     */
    void force(Barrier barrier) throws IOException;

    /** Returns how many bytes the file has, those of a failed append included. */
    long length();

    @Override
    void close() throws IOException;
}
