package org.almagest.storage.fs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import org.almagest.storage.fs.StorageCounters.Counter;

/** Reads by {@code RandomAccessFile}, which, unlike a channel, no interrupt can close for the other readers. */
final class DiskReadFile implements ReadFile {
    private static final int CHUNK_BYTES = 64 << 10;

    private final String name;
    private final RandomAccessFile file;
    private final StorageCounters counters;
    private boolean closed;

    DiskReadFile(String name, RandomAccessFile file, StorageCounters counters) {
        this.name = name;
        this.file = file;
        this.counters = counters;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized long size() throws IOException {
        try {
            return file.length();
        } catch (IOException e) {
            throw DiskFailures.describe(name, "size", e);
        }
    }

    @Override
    public synchronized int read(ByteBuffer destination, long position) throws IOException {
        if (position < 0) {
            throw new IllegalArgumentException(name + ": read: position " + position + " (at least 0)");
        }
        int start = destination.position();
        try {
            file.seek(position);
            byte[] chunk = new byte[Math.min(destination.remaining(), CHUNK_BYTES)];
            while (destination.hasRemaining()) {
                int count = file.read(chunk, 0, Math.min(destination.remaining(), chunk.length));
                if (count < 0) {
                    break;
                }
                destination.put(chunk, 0, count);
            }
        } catch (IOException e) {
            throw DiskFailures.describe(name, "read at " + position, e);
        }
        int read = destination.position() - start;
        counters.add(Counter.BYTES_READ, read);
        return read;
    }

    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            counters.add(Counter.OPEN_FILES, -1);
            file.close();
        }
    }
}
