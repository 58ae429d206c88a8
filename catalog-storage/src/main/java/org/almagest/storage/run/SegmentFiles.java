package org.almagest.storage.run;

import java.io.EOFException;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.almagest.error.CorruptStoreException;
import org.almagest.error.StorageFailedException;
import org.almagest.storage.fs.FileMissingIOException;
import org.almagest.storage.fs.MappedBytes;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.manifest.DataFiles;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.metadata.StoreIdentity;
import org.almagest.storage.segment.SegmentIdentity;
import org.almagest.storage.segment.SegmentReader;
import org.almagest.storage.segment.SegmentRef;
import org.jspecify.annotations.Nullable;

/** The mapped data files of a store, each mapped once, when it is first read. Thread-safe. */
public final class SegmentFiles implements AutoCloseable {
    /** An open segment takes more than a kilobyte of memory, and there may be tens of thousands of small ones. */
    private static final int SMALL_OPEN_MAX = 4_096;

    private final Storage storage;
    private final StoreIdentity identity;
    private final Map<Long, MappedBytes> mapped = new HashMap<>();
    private final IdleCursors idle = new IdleCursors();
    private final AtomicReferenceArray<@Nullable WeakReference<SegmentRun>> small;
    private final AtomicInteger smallOpened = new AtomicInteger();

    /** The files of a store; they are let go with {@code files}. */
    public SegmentFiles(Storage storage, StoreIdentity identity, OpenFiles files) {
        this(storage, identity, files, SMALL_OPEN_MAX);
    }

    /** Keeps as many small segments open as {@code smallOpenMax} says. */
    SegmentFiles(Storage storage, StoreIdentity identity, OpenFiles files, int smallOpenMax) {
        this.storage = storage;
        this.identity = identity;
        this.small = new AtomicReferenceArray<>(smallOpenMax);
        files.closeAtEnd(this);
    }

    /** Opens a segment; its header and footer are checked, and what they say is compared with the manifest. */
    public SegmentReader open(SegmentEntry entry) {
        SegmentEntry.Location place = entry.location();
        String file = DataFiles.segment(place.fileNumber());
        SegmentIdentity segment =
                new SegmentIdentity(identity.high(), identity.low(), place.fileNumber(), entry.collection());
        SegmentReader reader = SegmentReader.open(
                map(file, place.fileNumber()),
                0,
                new SegmentRef(segment, place.offset(), place.length(), place.sha256()));
        SegmentEntry.Bounds bounds = entry.bounds();
        if (reader.rowCount() != bounds.rowCount()
                || !reader.description().minId().equals(bounds.idMin())
                || !reader.description().maxId().equals(bounds.idMax())) {
            throw new CorruptStoreException(
                    "segment: rows or ids are not those that the manifest names", file, place.offset());
        }
        return reader;
    }

    /** Lets go of what the small segment that was opened longest ago holds, where too many are open now. */
    void opened(SegmentRun run) {
        int place = Math.floorMod(smallOpened.getAndIncrement(), small.length());
        WeakReference<SegmentRun> before = small.getAndSet(place, new WeakReference<>(run));
        SegmentRun older = before == null ? null : before.get();
        if (older != null && older != run) {
            older.letGo();
        }
    }

    private synchronized MappedBytes map(String file, long number) {
        MappedBytes known = mapped.get(number);
        if (known != null) {
            return known;
        }
        try {
            long size = storage.size(file);
            if (size == Storage.NO_FILE) {
                throw new FileMissingIOException(file + ": map: no such file", null);
            }
            MappedBytes opened = storage.map(file, 0, size);
            mapped.put(number, opened);
            return opened;
        } catch (FileMissingIOException | EOFException e) {
            throw new CorruptStoreException("data file: missing or cut short", file, 0, e);
        } catch (IOException e) {
            throw new StorageFailedException("data file: cannot be mapped: " + e.getMessage() + " [" + file + "]", e);
        }
    }

    /** Lets go of a data file that nobody reads any more. */
    public void unmap(long fileNumber) {
        MappedBytes known;
        synchronized (this) {
            known = mapped.remove(fileNumber);
        }
        idle.forget(fileNumber);
        if (known != null) {
            known.close();
        }
    }

    IdleCursors idle() {
        return idle;
    }

    /** Lets go of all files; {@link OpenFiles} does it at the end. */
    @Override
    public synchronized void close() {
        idle.forgetAll();
        mapped.values().forEach(MappedBytes::close);
        mapped.clear();
    }
}
