package org.almagest.storage.sim;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.almagest.storage.fs.AppendFile;
import org.almagest.storage.fs.Barrier;
import org.almagest.storage.fs.StorageCounters.Counter;

/** A simulated file that a process appends to. */
final class SimAppendFile extends SimHandle implements AppendFile {
    private final SimFile file;
    private boolean failed;
    private boolean closed;

    SimAppendFile(SimStorage storage, String name, SimFile file) {
        super(storage, "append", name);
        this.file = file;
        storage.opened(this, Counter.OPEN_FILES);
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
        synchronized (storage.disk()) {
            requireUsable("append");
            Optional<SimFault> fault = storage.count(SimCall.APPEND, name());
            int wanted = bytes.remaining();
            int landed = (int) Math.min(landing(fault, wanted), storage.disk().freeBytes());
            file.append(storage.disk().nextSequence(), bytes, landed);
            storage.counters().add(Counter.BYTES_WRITTEN, landed);
            if (fault.isPresent() || landed < wanted) {
                failed = true;
                String more = " (" + landed + " of " + wanted + " bytes landed)";
                throw SimStorage.failure(fault.orElse(SimFault.NO_SPACE), name() + ": append", more);
            }
        }
    }

    @Override
    public void force(Barrier barrier) throws IOException {
        barrier.require(Barrier.Kind.FILE);
        synchronized (storage.disk()) {
            requireUsable("force");
            Optional<SimFault> fault = storage.count(SimCall.FORCE, name());
            if (fault.isPresent()) {
                failed = true;
                if (fault.get() == SimFault.FORCE_DROPS) {
                    file.dropPending();
                }
                throw new IOException(name() + ": force: Input/output error");
            }
            if (!storage.isOff(barrier)) {
                file.force();
                storage.counters().pass(barrier);
            }
        }
    }

    @Override
    public long length() {
        synchronized (storage.disk()) {
            return file.length();
        }
    }

    @Override
    public void close() {
        synchronized (storage.disk()) {
            closed = true;
            if (storage.closed(this, Counter.OPEN_FILES)) {
                file.seal();
            }
        }
    }

    @Override
    void died() {
        file.seal();
    }

    private void requireUsable(String action) throws IOException {
        if (closed || failed) {
            throw new IOException(
                    name() + ": " + action + ": " + (closed ? "file is closed" : "file has failed before"));
        }
    }

    private static int landing(Optional<SimFault> fault, int wanted) {
        if (fault.isEmpty()) {
            return wanted;
        }
        return switch (fault.get()) {
            case SHORT_THEN_EIO, SHORT_THEN_NO_SPACE -> wanted / 2;
            default -> 0;
        };
    }
}
