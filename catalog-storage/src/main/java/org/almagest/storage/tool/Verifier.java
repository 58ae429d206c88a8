package org.almagest.storage.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.almagest.error.CorruptStoreException;
import org.almagest.error.NotFoundException;
import org.almagest.error.StorageFailedException;
import org.almagest.model.Limits;
import org.almagest.storage.fs.DiskStorage;
import org.almagest.storage.fs.FileMissingIOException;
import org.almagest.storage.fs.MappedBytes;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.manifest.DataFiles;
import org.almagest.storage.manifest.ManifestStore;
import org.almagest.storage.metadata.FormatFile;
import org.almagest.storage.metadata.Manifest;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.metadata.StoreIdentity;
import org.almagest.storage.recovery.StoreFolder;
import org.almagest.storage.segment.Finding;
import org.almagest.storage.segment.SegmentIdentity;
import org.almagest.storage.segment.SegmentRef;
import org.almagest.storage.segment.SegmentVerifier;
import org.almagest.storage.tombstone.TombstoneReader;
import org.almagest.storage.wal.WalFiles;
import org.almagest.storage.wal.WalReplay;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a store without changing it and without its lock; a writer may go on meanwhile.
 *
 * <p>Reads the newest manifest, the logs it needs, and every byte of every segment it names. Damage to one part does not
 * hide that of others. For one thread.
 */
public final class Verifier {
    private static final int ATTEMPTS = 5;

    private final Storage storage;
    private final Depth depth;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private StoreIdentity identity = new StoreIdentity(0, 0);
    private long rows;
    private long bytes;
    private long frames;

    /** How much is verified. */
    public enum Depth {
        /** Every byte, by checksums and hashes, and the structure of every part. */
        BYTES,
        /** Also what the rows mean: ids are made again from content, boxes and key hashes from values. */
        ROWS
    }

    private Verifier(Storage storage, Depth depth) {
        this.storage = storage;
        this.depth = depth;
    }

    /**
     * Verifies the store in a folder; costs a read of all of it.
     *
     * @throws NotFoundException if there is no store
     */
    public static VerifyReport verify(Path folder, Depth depth) {
        try (Storage storage = DiskStorage.open(folder)) {
            return verify(storage, depth);
        } catch (FileMissingIOException e) {
            throw new NotFoundException("store: no such folder [" + folder + "]");
        } catch (IOException e) {
            throw new StorageFailedException("verify: " + e.getMessage() + " [" + folder + "]", e);
        }
    }

    /** Verifies the store behind a storage. */
    public static VerifyReport verify(Storage storage, Depth depth) throws IOException {
        if (!new StoreFolder(storage).isStore()) {
            throw new NotFoundException("store: no store in this folder");
        }
        // A writer may publish another manifest and delete what this one needs: then the newer one is the truth.
        for (int attempt = 1; ; attempt++) {
            long before = newestVersion(storage);
            VerifyReport report = null;
            IOException failure = null;
            try {
                report = new Verifier(storage, depth).run();
            } catch (FileMissingIOException e) {
                failure = e;
            }
            boolean settled = attempt == ATTEMPTS || newestVersion(storage) == before;
            if (report != null && (report.isClean() || settled)) {
                return report;
            }
            if (failure != null && settled) {
                throw failure;
            }
        }
    }

    private static long newestVersion(Storage storage) throws IOException {
        return new ManifestStore(storage, new StoreIdentity(0, 0))
                .newestVersion()
                .orElse(0);
    }

    private VerifyReport run() throws IOException {
        Manifest manifest = null;
        try {
            FormatFile format = new StoreFolder(storage).format();
            identity = format.store();
            manifest = newestManifest();
            verifyAll(manifest);
        } catch (CorruptStoreException e) {
            add(e);
        }
        return new VerifyReport(
                manifest == null ? 0 : manifest.version(),
                manifest == null ? 0 : manifest.segments().size(),
                rows,
                bytes,
                frames,
                findings,
                notes);
    }

    private Manifest newestManifest() throws IOException {
        ManifestStore manifests = new ManifestStore(storage, identity);
        while (true) {
            OptionalLong newest = manifests.newestVersion();
            if (newest.isEmpty()) {
                if (WalFiles.numbers(storage).stream().noneMatch(number -> number > 1)) {
                    throw new NotFoundException("store: not made completely (a writer finishes it)");
                }
                throw new CorruptStoreException("store: no manifest", ManifestStore.FOLDER, 0);
            }
            try {
                return manifests.read(newest.getAsLong());
            } catch (FileMissingIOException e) {
                // A writer has published another one and deleted this one meanwhile.
                if (manifests.newestVersion().equals(newest)) {
                    throw e;
                }
            }
        }
    }

    private void verifyAll(Manifest manifest) throws IOException {
        RowChecks checks = new RowChecks(manifest.metadata(), Limits.defaults(), findings::add);
        verifyLogs(manifest, checks);
        List<SegmentFileRun> opened = new ArrayList<>();
        try {
            for (SegmentEntry segment : manifest.segments()) {
                SegmentFileRun run = verifySegment(segment);
                if (run != null) {
                    opened.add(run);
                }
            }
            checks.checkUnique(opened);
            if (depth == Depth.ROWS) {
                opened.forEach(checks::checkRows);
            }
        } finally {
            opened.forEach(SegmentFileRun::close);
        }
        noteOrphans(manifest);
    }

    private void verifyLogs(Manifest manifest, RowChecks checks) throws IOException {
        WalReplay.Start start = new WalReplay.Start(
                manifest.walFrom(),
                manifest.flushedSequence(),
                new TreeSet<>(manifest.publishedSequences().keySet()));
        try {
            WalReplay.Outcome outcome = WalReplay.run(storage, identity, start, (frame, where) -> {
                rows += checks.checkFrame(frame, where);
            });
            frames = outcome.frameCount();
            if (outcome.discardedBytes() > 0) {
                notes.add("log: " + outcome.discardedBytes() + " bytes of an unfinished commit at its end");
            }
        } catch (CorruptStoreException e) {
            add(e);
        }
    }

    private @Nullable SegmentFileRun verifySegment(SegmentEntry segment) throws IOException {
        SegmentEntry.Location place = segment.location();
        String file = DataFiles.segment(place.fileNumber());
        SegmentIdentity segmentIdentity =
                new SegmentIdentity(identity.high(), identity.low(), place.fileNumber(), segment.collection());
        SegmentRef ref = new SegmentRef(segmentIdentity, place.offset(), place.length(), place.sha256());
        MappedBytes mapped;
        try {
            mapped = storage.map(file, place.offset(), place.length());
        } catch (IOException e) {
            findings.add(new Finding(file, place.offset(), "segment: cannot be mapped: " + e.getMessage()));
            return null;
        }
        bytes += place.length();
        rows += segment.bounds().rowCount();
        List<Finding> found = SegmentVerifier.verify(mapped, place.offset(), ref);
        findings.addAll(found);
        if (!found.isEmpty()) {
            mapped.close();
            return null;
        }
        try {
            return new SegmentFileRun(segment, mapped, ref, TombstoneReader.verify(storage, identity, segment));
        } catch (CorruptStoreException e) {
            mapped.close();
            add(e);
            return null;
        }
    }

    private void noteOrphans(Manifest manifest) throws IOException {
        Set<String> named = StoreFolder.dataFiles(manifest);
        for (int i = 0; i < DataFiles.FOLDER_COUNT; i++) {
            String folder = DataFiles.folder(i);
            for (String name : storage.list(folder)) {
                String path = folder + "/" + name;
                if (DataFiles.numberOf(folder, name).isEmpty()) {
                    notes.add("file of another name: " + path);
                } else if (!named.contains(path)) {
                    notes.add("data file that no manifest names: " + path);
                }
            }
        }
    }

    private void add(CorruptStoreException e) {
        String where = " [" + e.file() + " @ " + e.offset() + "]";
        String message = String.valueOf(e.getMessage());
        String rule = message.endsWith(where) ? message.substring(0, message.length() - where.length()) : message;
        findings.add(new Finding(e.file(), e.offset(), rule));
    }
}
