package org.almagest.storage.fs;

import java.io.Closeable;
import java.io.IOException;

/** A lock that is held; closing it releases the lock and leaves its file. */
public interface LockHandle extends Closeable {
    /** Returns the name of the file that carries the lock. */
    String name();

    @Override
    void close() throws IOException;
}
