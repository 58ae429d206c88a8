package org.almagest.storage.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.almagest.CatalogOptions;
import org.almagest.error.CatalogException;
import org.almagest.error.CorruptStoreException;
import org.almagest.error.NotFoundException;
import org.almagest.error.StorageFailedException;
import org.almagest.runtime.RandomSource;
import org.almagest.storage.commit.Committer;
import org.almagest.storage.commit.Compactor;
import org.almagest.storage.commit.Flush;
import org.almagest.storage.commit.History;
import org.almagest.storage.commit.Journal;
import org.almagest.storage.commit.Poison;
import org.almagest.storage.commit.Publisher;
import org.almagest.storage.commit.ReaderLeases;
import org.almagest.storage.commit.Replay;
import org.almagest.storage.commit.RetiredFiles;
import org.almagest.storage.commit.StoreParts;
import org.almagest.storage.fs.Barrier;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.manifest.DataFiles;
import org.almagest.storage.manifest.ManifestStore;
import org.almagest.storage.metadata.FormatFile;
import org.almagest.storage.metadata.Manifest;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.metadata.StoreIdentity;
import org.almagest.storage.recovery.Lease;
import org.almagest.storage.recovery.Leases;
import org.almagest.storage.recovery.SegmentEnds;
import org.almagest.storage.recovery.StoreFolder;
import org.almagest.storage.run.CollectionRuns;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.OpenFiles;
import org.almagest.storage.run.SegmentFiles;
import org.almagest.storage.run.SegmentRun;
import org.almagest.storage.run.Snapshot;
import org.almagest.storage.tombstone.TombstoneReader;
import org.almagest.storage.tombstone.Tombstones;
import org.almagest.storage.wal.Frame;
import org.almagest.storage.wal.WalFiles;
import org.almagest.storage.wal.WalFormat;
import org.almagest.storage.wal.WalHeader;
import org.almagest.storage.wal.WalReplay;
import org.almagest.storage.wal.WalWriter;
import org.jspecify.annotations.Nullable;

/**
 * Opens a store for writing, in this order: claim, read the logs, write what they hold to segments, publish, serve.
 *
 * <ol>
 *   <li>The claim is a manifest with the next epoch. It is published before any log is read, so that a writer that lost
 *       its lock without noticing either has its last frames read here, or finds the claim before it acknowledges.
 *   <li>The frames that no segment contains are applied to what the manifest says.
 *   <li>They are written to segments, and a new log begins, before anything is served: the page cache may show bytes
 *       that a failed force has lost, and only bytes written again are known to be there.
 *   <li>The manifest that names segments and log is published. Only then the store is open.
 * </ol>
 */
final class StoreOpening {
    private final CatalogOptions options;
    private final StoreParts parts;
    private final FormatFile format;
    private final ManifestStore manifests;
    private final ReaderLeases leases;
    private final RetiredFiles retired;
    private final OpenFiles files = new OpenFiles();
    private final SegmentFiles segmentFiles;

    private StoreOpening(Storage storage, CatalogOptions options, FormatFile format) {
        this.options = options;
        this.format = format;
        StoreIdentity identity = format.store();
        this.parts = new StoreParts(
                storage,
                identity,
                options.limits(),
                options.historyRetention(),
                options.seams().clock(),
                options.seams().scheduler(),
                new Poison(),
                new ConcurrentHashMap<>());
        storage.readAlong(options.seams().scheduler());
        this.manifests = new ManifestStore(storage, identity);
        this.leases = new ReaderLeases() {
            private final Leases all = new Leases(storage);

            @Override
            public OptionalLong oldest() throws IOException {
                return all.oldestLeased();
            }
        };
        this.segmentFiles = new SegmentFiles(storage, identity, files);
        this.retired = new RetiredFiles(parts, segmentFiles, files, leases);
    }

    /** Opens a store whose lock the caller holds; makes it where the folder is empty. */
    static Engine forWriting(Storage storage, CatalogOptions options, Runnable onClose) throws IOException {
        StoreFolder folder = new StoreFolder(storage);
        if (!folder.isStore()) {
            StoreIdentity identity = new StoreIdentity(
                    options.seams().random().nextLong(),
                    options.seams().random().nextLong());
            folder.create(identity, options.namespace());
        }
        folder.emptyTemporary();
        return new StoreOpening(storage, options, folder.format()).openForWriting(folder, onClose);
    }

    /** Opens a store as it is, without changing anything. */
    static Engine forReading(Storage storage, CatalogOptions options, Runnable onClose) throws IOException {
        StoreFolder folder = new StoreFolder(storage);
        return new StoreOpening(storage, options, folder.format()).openForReading(onClose);
    }

    private Engine openForWriting(StoreFolder folder, Runnable onClose) throws IOException {
        Publisher publisher = claim();
        Manifest claimed = publisher.last();
        folder.checkDataFiles(claimed);
        Recovered recovered = replay(claimed);
        // Nobody but the writer that has claimed can still name a file that the manifest does not.
        if (recovered.outcome().closedCleanly()) {
            folder.deleteOrphansAhead(claimed, stillRead());
        } else {
            folder.deleteOrphans(claimed, stillRead());
            new SegmentEnds(parts.storage(), parts.identity()).check(claimed);
        }
        WalWriter log = WalWriter.create(parts.storage(), nextLog(recovered));
        try {
            Snapshot visible = rewrite(recovered, publisher, log.number());
            manifests.letGo();
            Journal journal = new Journal(parts, publisher, segmentFiles, retired, log);
            Compactor compactor = new Compactor(parts, publisher, segmentFiles, files);
            Committer committer = new Committer(journal, compactor, visible, parts);
            parts.facts().put("recovered_frame_count", recovered.outcome().frameCount());
            parts.facts().put("discarded_tail_bytes", recovered.outcome().discardedBytes());
            parts.facts().put("clean_close", recovered.outcome().closedCleanly() ? 1L : 0L);
            Runnable release = new Runnable() {
                @Override
                public void run() {
                    journal.release();
                    onClose.run();
                }
            };
            Engine engine = new Engine(parts, format.namespace(), files, new Engine.View(committer, null), release);
            keepUp(engine, recovered.outcome().closedCleanly() ? new Tidying(folder, claimed) : null);
            return engine;
        } catch (IOException | RuntimeException | Error e) {
            log.close();
            throw e;
        }
    }

    /** Begins upkeep; where it cannot begin, ends what the engine has begun, while the store is still locked. */
    private static void keepUp(Engine engine, @Nullable Runnable once) {
        try {
            engine.keepUp(once);
        } catch (RuntimeException | Error e) {
            try {
                engine.close(); // what expired may have begun a flush
            } catch (RuntimeException | Error again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    /** Deletes, some time after the opening, what earlier writers had to leave behind because others were reading it. */
    private final class Tidying implements Runnable {
        private final StoreFolder folder;
        private final Manifest claimed;

        Tidying(StoreFolder folder, Manifest claimed) {
            this.folder = folder;
            this.claimed = claimed;
        }

        @Override
        public void run() {
            try {
                folder.deleteOldOrphans(claimed, stillRead());
            } catch (IOException | CatalogException e) {
                System.getLogger(StoreOpening.class.getName())
                        .log(System.Logger.Level.DEBUG, "data file: stays until the next open", e);
            }
        }
    }

    /** Returns the manifests that reading processes hold a lease on. */
    private List<Manifest> stillRead() throws IOException {
        List<Manifest> held = new ArrayList<>();
        for (long version : new Leases(parts.storage()).leased()) {
            if (manifests.exists(version)) {
                held.add(manifests.read(version));
            }
        }
        return held;
    }

    private WalHeader nextLog(Recovered recovered) throws IOException {
        long number = recovered.outcome().nextNumber();
        WalHeader.Previous previous =
                rewrites(recovered) ? WalHeader.Previous.NONE : WalReplay.end(parts.storage(), parts.identity());
        return new WalHeader(parts.identity(), number, recovered.version() + 1, previous);
    }

    /** Tells whether recovered rows are written again; always so outside of a test of that rule. */
    private boolean rewrites(Recovered recovered) {
        return parts.storage().enforces(Barrier.REWRITE_TAIL_BEFORE_SERVING)
                || recovered.outcome().closedCleanly();
    }

    /** Writes what the logs held to segments, and publishes them with the new log. */
    private Snapshot rewrite(Recovered recovered, Publisher publisher, long walFrom) throws IOException {
        if (!rewrites(recovered)) {
            return recovered.snapshot();
        }
        Snapshot kept = History.settled(recovered.snapshot(), parts);
        if (!kept.hasUnflushedRows()) {
            retired.retire(publisher.publishFlush(new Flush.Work(kept, Set.of(), walFrom), List.of(), Map.of()));
            return kept;
        }
        Snapshot frozen = kept.freeze();
        Flush flush = new Flush(parts, publisher, segmentFiles, new Flush.Work(frozen, kept.dropped(), walFrom));
        flush.write();
        retired.retire(flush.published());
        return frozen.flushed(flush.written());
    }

    /** Publishes the claim of this writer, in a store that may be new. */
    private Publisher claim() throws IOException {
        OptionalLong newest = manifests.newestVersion();
        if (newest.isEmpty()) {
            return first();
        }
        Manifest before = manifests.readAsLast(newest.getAsLong());
        Publisher publisher = new Publisher(parts, manifests, leases, before);
        if (parts.storage().enforces(Barrier.CLAIM_BEFORE_LOG_READ)) {
            publisher.publish(before.successor().epoch(before.epoch() + 1).build());
        }
        return publisher;
    }

    /** Publishes the first manifest of a store, whose first log exists before it. */
    private Publisher first() throws IOException {
        // The process that made the store may have been killed before it had synced these names.
        parts.storage().syncDir(Storage.ROOT, Barrier.STORE_DIR_SYNC);
        List<Long> logs = WalFiles.numbers(parts.storage());
        if (logs.stream().anyMatch(number -> number > 1)) {
            throw new CorruptStoreException("store: no manifest (there are logs)", ManifestStore.FOLDER, 0);
        }
        if (!logs.isEmpty()) {
            // Made by an opening that a crash cut short: then nothing was ever acknowledged from it.
            if (parts.storage().size(WalFiles.name(1)) > WalFormat.HEADER_BYTES) {
                throw new CorruptStoreException("store: no manifest (there is a log)", WalFiles.name(1), 0);
            }
            parts.storage().delete(WalFiles.name(1));
        }
        requireNoDataFile();
        WalWriter.create(parts.storage(), WalHeader.first(parts.identity(), 1, 1))
                .close();
        Manifest empty = Manifest.builder().build();
        Publisher publisher = new Publisher(parts, manifests, leases, empty);
        publisher.publish(empty);
        return publisher;
    }

    private void requireNoDataFile() throws IOException {
        for (int i = 0; i < DataFiles.FOLDER_COUNT; i++) {
            List<String> names = parts.storage().list(DataFiles.folder(i));
            if (!names.isEmpty()) {
                throw new CorruptStoreException(
                        "store: no manifest (there is a data file)", DataFiles.folder(i) + "/" + names.get(0), 0);
            }
        }
    }

    /**
     * What manifest and logs hold together.
     *
     * @param snapshot runs and metadata; its version is the last sequence that was given
     * @param outcome what the logs were like
     */
    private record Recovered(Snapshot snapshot, WalReplay.Outcome outcome) {
        long version() {
            return snapshot.version();
        }
    }

    private Recovered replay(Manifest manifest) throws IOException {
        Map<Long, CollectionRuns> runs = new HashMap<>();
        for (Map.Entry<Long, List<LiveRun<SegmentRun>>> all :
                runs(manifest.segments()).entrySet()) {
            runs.put(all.getKey(), CollectionRuns.of(all.getValue()));
        }
        Snapshot start = new Snapshot(
                manifest.flushedSequence(),
                manifest.lastIngestionMicros(),
                manifest.historyFloor(),
                manifest.metadata(),
                runs);
        Replay replay = new Replay(start, options.limits());
        WalReplay.Outcome outcome = WalReplay.run(
                parts.storage(),
                parts.identity(),
                new WalReplay.Start(
                        manifest.walFrom(),
                        manifest.flushedSequence(),
                        new TreeSet<>(manifest.publishedSequences().keySet())),
                new WalReplay.Sink() {
                    @Override
                    public void accept(Frame frame, String where) throws IOException {
                        replay.accept(frame, where);
                    }
                });
        Snapshot end = replay.snapshot();
        // A close frame takes a sequence number and shows nothing; the next log, which starts a chain, gives it again.
        long version = outcome.nextSequence() - (outcome.closedCleanly() ? 2 : 1);
        return new Recovered(end.numbered(version), outcome);
    }

    private Map<Long, List<LiveRun<SegmentRun>>> runs(List<SegmentEntry> segments) throws IOException {
        Map<Long, List<LiveRun<SegmentRun>>> byCollection = new HashMap<>();
        for (SegmentEntry segment : segments) {
            List<LiveRun<SegmentRun>> all = byCollection.get(segment.collection());
            if (all == null) {
                all = new ArrayList<>();
                byCollection.put(segment.collection(), all);
            }
            all.add(liveRun(segment));
        }
        return byCollection;
    }

    private LiveRun<SegmentRun> liveRun(SegmentEntry segment) throws IOException {
        SegmentRun run = new SegmentRun(segment, segmentFiles);
        if (segment.tombstones() == null) {
            return LiveRun.of(run);
        }
        Tombstones dead = TombstoneReader.read(parts.storage(), parts.identity(), segment);
        return new LiveRun<>(run, dead, dead.count());
    }

    private Engine openForReading(Runnable onClose) throws IOException {
        Leases leases = new Leases(parts.storage());
        RandomSource random = options.seams().random();
        while (true) {
            Optional<Lease> newest = leases.takeNewest(manifests, random);
            if (newest.isEmpty()) {
                throw noManifest();
            }
            Lease lease = newest.orElseThrow();
            try {
                Recovered recovered = replay(manifests.read(lease.version()));
                parts.facts().put("clean_close", recovered.outcome().closedCleanly() ? 1L : 0L);
                Runnable release = new Runnable() {
                    @Override
                    public void run() {
                        lease.close();
                        onClose.run();
                    }
                };
                Engine.View view = new Engine.View(null, recovered.snapshot());
                return new Engine(parts, format.namespace(), files, view, release);
            } catch (IOException | CorruptStoreException e) {
                lease.close();
                // A writer may have moved on and deleted what this manifest needs: then a newer one tells the truth.
                if (manifests.newestVersion().equals(OptionalLong.of(lease.version()))) {
                    throw e;
                }
            } catch (RuntimeException | Error e) {
                lease.close();
                throw e;
            }
        }
    }

    private CatalogException noManifest() {
        try {
            if (WalFiles.numbers(parts.storage()).stream().noneMatch(number -> number > 1)) {
                return new NotFoundException("store: not made completely (a writer finishes it)");
            }
            return new CorruptStoreException("store: no manifest", ManifestStore.FOLDER, 0);
        } catch (IOException e) {
            return new StorageFailedException("store: open: " + e.getMessage(), e);
        }
    }
}
