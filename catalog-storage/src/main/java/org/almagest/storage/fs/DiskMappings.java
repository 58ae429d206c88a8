package org.almagest.storage.fs;

import java.io.EOFException;
import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.almagest.internal.format.Presence;
import org.almagest.runtime.Scheduler;
import org.almagest.storage.fs.StorageCounters.Counter;
import org.jspecify.annotations.Nullable;

/** The choke point of all mappings: makes them, counts them, and follows those that only a collection can unmap. */
final class DiskMappings implements Runnable {
    private final ReferenceQueue<ByteBuffer> collected = new ReferenceQueue<>();
    private final Set<Retired> retired = ConcurrentHashMap.newKeySet();
    private final StorageCounters counters = new StorageCounters(this);
    private final ReadAlong along = new ReadAlong();
    private final Residence.Eras eras = new Residence.Eras(along);

    /** Brings the counters up to date. */
    @Override
    public void run() {
        countCollected();
    }

    StorageCounters counters() {
        return counters;
    }

    /** Trusts no page any more to be in memory until it was looked at. */
    void lookAgain() {
        eras.end();
    }

    /** Lets threads of a scheduler wait for the disk beside those that read. */
    void readAlong(Scheduler threads) {
        along.use(threads);
    }

    /** Ends these threads; mappings stay. */
    void close() {
        along.close();
    }

    MappedBytes map(String name, Path path, long offset, long length) throws IOException {
        if (offset < 0 || length < 0 || length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + ": map: " + length + " bytes at " + offset);
        }
        countCollected();
        Mapping mapping = Uninterrupted.call(new Uninterrupted.Call<>() {
            @Override
            public Mapping run() throws IOException {
                // The mapping outlives the channel, so an interrupt can close nothing that somebody else uses.
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                    return map(name, channel, offset, length);
                }
            }
        });
        counters.add(Counter.OPEN_MAPPINGS, 1);
        counters.add(Counter.MAPPED_BYTES, length);
        return mapping;
    }

    private Mapping map(String name, FileChannel channel, long offset, long length) throws IOException {
        long size = channel.size();
        if (offset > size || length > size - offset) {
            throw new EOFException(
                    name + ": map: " + length + " bytes at " + offset + " (file has " + size + " bytes)");
        }
        if (length == 0) {
            return new Mapping(name, ByteBuffer.allocate(0), Optional.empty());
        }
        Optional<ArenaMapper> mapper = ArenaMapper.instance();
        if (mapper.isEmpty()) {
            return new Mapping(name, channel.map(MapMode.READ_ONLY, offset, length), Optional.empty());
        }
        ArenaMapper.ArenaBytes mapped = mapper.get().map(channel, offset, length);
        return new Mapping(name, mapped.bytes(), Optional.of(mapped.arena()));
    }

    private void retire(ByteBuffer bytes) {
        counters.add(Counter.RETIRED_BYTES, bytes.capacity());
        retired.add(new Retired(bytes, collected));
    }

    private void countCollected() {
        Reference<? extends ByteBuffer> reference = collected.poll();
        while (reference != null) {
            Retired gone = (Retired) reference;
            retired.remove(gone);
            counters.add(Counter.RETIRED_BYTES, -gone.bytes);
            reference = collected.poll();
        }
    }

    /** Tells when the last buffer on a closed mapping is gone: every slice and duplicate keeps the first one alive. */
    private static final class Retired extends PhantomReference<ByteBuffer> {
        private final long bytes;

        Retired(ByteBuffer buffer, ReferenceQueue<ByteBuffer> queue) {
            super(buffer, queue);
            this.bytes = buffer.capacity();
        }
    }

    private final class Mapping implements MappedBytes {
        private final String name;
        private final long length;
        private final Optional<AutoCloseable> arena;
        private final Presence presence;
        private volatile @Nullable ByteBuffer bytes;

        Mapping(String name, ByteBuffer bytes, Optional<AutoCloseable> arena) {
            this.name = name;
            this.length = bytes.capacity();
            this.bytes = bytes;
            this.arena = arena;
            this.presence = bytes.capacity() == 0 ? Presence.ALWAYS : Residence.of(bytes, eras);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public ByteBuffer buffer() {
            ByteBuffer current = bytes;
            if (current == null) {
                throw new IllegalStateException(name + ": mapping: is closed");
            }
            return current.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        public Presence presence() {
            return presence;
        }

        @Override
        public IOException readFailure(InternalError fault) {
            return new IOException(name + ": read of mapped bytes: " + fault.getMessage(), fault);
        }

        @Override
        public synchronized void close() {
            ByteBuffer current = bytes;
            if (current == null) {
                return;
            }
            bytes = null;
            counters.add(Counter.OPEN_MAPPINGS, -1);
            counters.add(Counter.MAPPED_BYTES, -length);
            if (arena.isPresent()) {
                if (presence instanceof Residence) {
                    ((Residence) presence).awaitHelp();
                }
                unmap(arena.get());
            } else if (current.isDirect()) {
                retire(current);
            }
        }

        private void unmap(AutoCloseable open) {
            try {
                open.close();
            } catch (RuntimeException e) {
                throw e; // somebody is reading: a snapshot was released too early
            } catch (Exception impossible) {
                throw new AssertionError(impossible); // an arena's close declares none
            }
        }
    }
}
