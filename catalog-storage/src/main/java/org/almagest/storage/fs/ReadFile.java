package org.almagest.storage.fs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file open for positional reads. Safe for use by many threads, one read at a time.
 */
public interface ReadFile extends Closeable {
    /** Returns the name under which the file was opened. */
    String name();

    /** Returns the length in bytes now; another process may still append. */
    long size() throws IOException;

    /**
     * Fills the buffer from {@code position} on, as far as the file goes.
     *
     * @return how many bytes were read: fewer than remained in the buffer only at the end of the file, 0 beyond it
     */
    int read(ByteBuffer destination, long position) throws IOException;

    @Override
    void close() throws IOException;
}
