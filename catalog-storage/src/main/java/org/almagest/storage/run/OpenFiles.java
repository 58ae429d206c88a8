package org.almagest.storage.run;

import java.util.ArrayList;
import java.util.List;

/**
 * The mapped files of an open store, kept until the store is closed and no query reads them any more. Thread-safe.
 *
 * <p>A query that is still open when the store is closed goes on with the files it has; they are released with it.
 */
public final class OpenFiles {
    private final List<AutoCloseable> open = new ArrayList<>();
    private int users = 1;
    private boolean closed;

    /** Keeps a file until the end. */
    public synchronized void add(AutoCloseable file) {
        open.add(file);
    }

    /** Refuses to go on in a closed store. */
    public synchronized void checkOpen() {
        if (closed) {
            throw new IllegalStateException("catalog: closed");
        }
    }

    /** Keeps all files open until {@link #release}. */
    public synchronized void retain() {
        checkOpen();
        users++;
    }

    /** Ends one use. */
    public synchronized void release() {
        if (--users == 0) {
            closeAll();
        }
    }

    /** Ends the use by the store itself; later uses are refused. */
    public synchronized void close() {
        if (!closed) {
            closed = true;
            release();
        }
    }

    private void closeAll() {
        for (AutoCloseable file : open) {
            try {
                file.close();
            } catch (Exception e) {
                throw new IllegalStateException("catalog: close: " + e, e);
            }
        }
        open.clear();
    }
}
