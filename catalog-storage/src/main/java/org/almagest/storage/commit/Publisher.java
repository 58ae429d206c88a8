package org.almagest.storage.commit;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.almagest.storage.compact.DataFileWriter;
import org.almagest.storage.fs.Barrier;
import org.almagest.storage.manifest.DataFile;
import org.almagest.storage.manifest.ManifestStore;
import org.almagest.storage.metadata.Manifest;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.metadata.SegmentKey;
import org.almagest.storage.metadata.TombstoneRef;
import org.almagest.storage.run.Snapshot;
import org.almagest.storage.wal.WalFiles;

/**
 * Publishes manifests, and knows which one this process published last. Thread-safe.
 *
 * <p>Naming a manifest and counting it happen under one lock, so that the look for another writer's claim never takes
 * our own manifest for one; forcing its bytes before and its name after happen outside.
 */
public final class Publisher {
    private final StoreParts parts;
    private final ManifestStore manifests;
    private final ReaderLeases leases;
    private final Object lock = new Object();
    private final Object publishing = new Object();
    private final AtomicLong nextFileNumber;
    private volatile Manifest last;

    /**
     * Goes on after a manifest.
     *
     * @param leases knows which manifests must stay
     */
    public Publisher(StoreParts parts, ManifestStore manifests, ReaderLeases leases, Manifest last) {
        this.parts = parts;
        this.manifests = manifests;
        this.leases = leases;
        this.last = last;
        this.nextFileNumber = new AtomicLong(last.nextFileNumber());
    }

    public Manifest last() {
        return last;
    }

    /**
     * Tells whether another writer has published a manifest after our last one.
     *
     * <p>Then the next one exists, or it came and went: whoever deletes it has deleted ours before, as old manifests go
     * in ascending order. Looking in this order misses neither.
     */
    public boolean isClaimedByAnother() throws IOException {
        synchronized (lock) {
            return manifests.exists(last.version() + 1) || !manifests.exists(last.version());
        }
    }

    /** Returns where data files are written, with numbers that nobody else gets. */
    public DataFileWriter.Target target() {
        return new DataFileWriter.Target(
                parts.storage(),
                parts.identity(),
                parts.limits().dataFileBytesMax(),
                last.epoch(),
                nextFileNumber::getAndIncrement);
    }

    /**
     * Publishes what a flush wrote, and then deletes the logs and manifests that that makes unnecessary; durable when
     * it returns.
     *
     * @param added segments that the flush made, with their tombstones
     * @param tombstones new generations of tombstones by segment; of segments that are gone they do not count
     * @return what was published
     * @throws org.almagest.storage.fs.NoSpaceIOException if there is no space: nothing was published
     * @throws IOException as {@link #publish} does
     */
    public Published publishFlush(Flush.Work work, List<SegmentEntry> added, Map<SegmentKey, TombstoneRef> tombstones)
            throws IOException {
        boolean tooEarly = !parts.storage().enforces(Barrier.DELETE_AFTER_MANIFEST);
        if (tooEarly) {
            deleteOlder(work.walFrom());
        }
        Published published = publish(new UnaryOperator<>() {
            @Override
            public Manifest.Builder apply(Manifest.Builder next) {
                return flushed(next, work, tombstones).addSegments(added);
            }
        });
        if (!tooEarly) {
            deleteOlder(work.walFrom());
        }
        return published;
    }

    /** What an opening needs is left out where nothing changes: tens of thousands of segments, and lambdas to make. */
    private Manifest.Builder flushed(Manifest.Builder next, Flush.Work work, Map<SegmentKey, TombstoneRef> tombstones) {
        Snapshot frozen = work.frozen();
        if (!work.dropped().isEmpty() || frozen.metadata() != last.metadata()) {
            next.removeSegmentsIf(segment -> work.dropped().contains(segment.key())
                    || frozen.metadata().anyCollection(segment.collection()).isEmpty());
        }
        if (!tombstones.isEmpty()) {
            next.mapSegments(segment -> withTombstones(segment, tombstones));
        }
        return next.walFrom(work.walFrom())
                .flushedSequence(frozen.version())
                .lastIngestionMicros(frozen.lastIngestionMicros())
                .historyFloor(Math.max(last.historyFloor(), frozen.historyFloor()))
                .metadata(frozen.metadata());
    }

    private static SegmentEntry withTombstones(SegmentEntry segment, Map<SegmentKey, TombstoneRef> tombstones) {
        TombstoneRef ref = tombstones.get(segment.key());
        return ref == null ? segment : segment.with(ref);
    }

    /**
     * What a manifest changed.
     *
     * @param version its version
     * @param retired data files that the manifest before named and this one does not
     */
    public record Published(long version, List<DataFile> retired) {}

    /**
     * Publishes a change to what the last manifest says; durable when it returns.
     *
     * @throws org.almagest.storage.fs.NoSpaceIOException if there is no space: nothing was published
     * @throws IOException as {@link #publish(Manifest)} does
     */
    public Published publish(UnaryOperator<Manifest.Builder> change) throws IOException {
        // Flush and compaction publish from different threads; each builds on what the other has published.
        synchronized (publishing) {
            Manifest before = last;
            Manifest next = change.apply(before.successor())
                    .nextFileNumber(nextFileNumber.get())
                    .build();
            List<DataFile> retired = noLongerNamed(before, next);
            if (!parts.storage().enforces(Barrier.RETIRE_AFTER_MANIFEST)) {
                for (DataFile file : retired) {
                    parts.storage().delete(file.name()); // too early, which the crash tests must catch
                }
            }
            publish(next);
            return new Published(next.version(), retired);
        }
    }

    private static List<DataFile> noLongerNamed(Manifest before, Manifest next) {
        if (before.segments() == next.segments()) {
            return List.of();
        }
        Set<DataFile> gone = files(before);
        gone.removeAll(files(next));
        return List.copyOf(gone);
    }

    private static Set<DataFile> files(Manifest manifest) {
        Set<DataFile> files = new LinkedHashSet<>();
        long last = 0;
        for (SegmentEntry segment : manifest.segments()) {
            // Segments stand in the order of their files.
            if (segment.location().fileNumber() != last) {
                last = segment.location().fileNumber();
                files.add(new DataFile(DataFile.Kind.SEGMENTS, last));
            }
            TombstoneRef tombstones = segment.tombstones();
            if (tombstones != null) {
                files.add(new DataFile(DataFile.Kind.TOMBSTONES, tombstones.fileNumber()));
            }
        }
        return files;
    }

    /**
     * Publishes a manifest; durable when it returns.
     *
     * @throws org.almagest.storage.fs.NoSpaceIOException if there is no space: nothing was published
     * @throws IOException if another has claimed the store, or it is not known whether the manifest is durable
     */
    public void publish(Manifest next) throws IOException {
        ManifestStore.Prepared prepared = manifests.prepare(next);
        synchronized (lock) {
            if (manifests.link(prepared) == ManifestStore.Publication.ALREADY_EXISTS) {
                throw claimed(next);
            }
            // A name that is free again tells nothing: the other writer may have deleted the manifest that had it.
            if (next.version() > last.version() && !manifests.exists(last.version())) {
                throw claimed(next);
            }
            last = next;
        }
        manifests.sync();
    }

    private static IOException claimed(Manifest next) {
        return new IOException("manifest " + next.version() + ": another writer has claimed the store");
    }

    /** Deletes logs before {@code walFrom} and manifests before the last two; a name that stays harms nobody. */
    private void deleteOlder(long walFrom) {
        try {
            OptionalLong leased = leases.oldest();
            manifests.deleteOld(last.version(), leased.orElse(Long.MAX_VALUE));
            WalFiles.deleteBefore(parts.storage(), walFrom);
        } catch (IOException e) {
            // What could not be deleted is deleted by the next open; nothing refers to it.
            System.getLogger(Publisher.class.getName())
                    .log(Level.DEBUG, "store: old files stay until the next open", e);
        }
    }
}
