package org.almagest.storage.sim;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.almagest.storage.fs.ReadFile;
import org.almagest.storage.fs.StorageCounters.Counter;

/** A simulated file open for reading; it can be read on when its name is gone. */
final class SimReadFile extends SimHandle implements ReadFile {
    private final SimFile file;
    private boolean closed;

    SimReadFile(SimStorage storage, String name, SimFile file) {
        super(storage, "read", name);
        this.file = file;
        storage.opened(this, Counter.OPEN_FILES);
    }

    @Override
    public long size() throws IOException {
        synchronized (storage.disk()) {
            requireOpen();
            return file.length();
        }
    }

    @Override
    public int read(ByteBuffer destination, long position) throws IOException {
        if (position < 0) {
            throw new IllegalArgumentException(name() + ": read: position " + position + " (at least 0)");
        }
        synchronized (storage.disk()) {
            requireOpen();
            storage.enter(SimCall.READ, name());
            int from = (int) Math.min(position, file.length());
            int count = Math.min(destination.remaining(), file.length() - from);
            destination.put(file.view(from, from + count));
            storage.counters().add(Counter.BYTES_READ, count);
            return count;
        }
    }

    @Override
    public void close() {
        synchronized (storage.disk()) {
            closed = true;
            storage.closed(this, Counter.OPEN_FILES);
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException(name() + ": read: file is closed");
        }
    }
}
