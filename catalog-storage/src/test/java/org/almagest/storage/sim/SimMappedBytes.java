package org.almagest.storage.sim;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.almagest.internal.format.Presence;
import org.almagest.storage.fs.MappedBytes;
import org.almagest.storage.fs.StorageCounters.Counter;

/** A read-only view of the bytes of a simulated file. */
final class SimMappedBytes extends SimHandle implements MappedBytes {
    private final ByteBuffer bytes;
    private volatile boolean closed;

    SimMappedBytes(SimStorage storage, String name, ByteBuffer bytes) {
        super(storage, "map", name);
        this.bytes = bytes;
        storage.opened(this, Counter.OPEN_MAPPINGS);
        storage.counters().add(Counter.MAPPED_BYTES, bytes.capacity());
    }

    @Override
    public long length() {
        return bytes.capacity();
    }

    @Override
    public ByteBuffer buffer() {
        if (closed) {
            throw new IllegalStateException(name() + ": mapping: is closed");
        }
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public Presence presence() {
        return Presence.ALWAYS;
    }

    @Override
    public IOException readFailure(InternalError fault) {
        return new IOException(name() + ": read of mapped bytes: " + fault.getMessage(), fault);
    }

    @Override
    public void close() {
        synchronized (storage.disk()) {
            closed = true;
            if (storage.closed(this, Counter.OPEN_MAPPINGS)) {
                storage.counters().add(Counter.MAPPED_BYTES, -bytes.capacity());
            }
        }
    }
}
