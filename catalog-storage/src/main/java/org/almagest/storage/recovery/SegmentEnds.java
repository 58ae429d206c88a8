package org.almagest.storage.recovery;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.almagest.error.CorruptStoreException;
import org.almagest.storage.fs.FileMissingIOException;
import org.almagest.storage.fs.MappedBytes;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.manifest.DataFiles;
import org.almagest.storage.metadata.Manifest;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.metadata.StoreIdentity;
import org.almagest.storage.segment.SegmentIdentity;
import org.almagest.storage.segment.SegmentReader;
import org.almagest.storage.segment.SegmentRef;

/**
 * Checks that every segment of a manifest begins and ends as it was written: what opening does after a stop that was
 * not clean, when a disk may have lied about what it had kept. After a clean one that waits for the first use.
 */
public final class SegmentEnds {
    private final Storage storage;
    private final StoreIdentity store;

    public SegmentEnds(Storage storage, StoreIdentity store) {
        this.storage = storage;
        this.store = store;
    }

    /**
     * Reads header and footer of each segment, file by file.
     *
     * @throws CorruptStoreException naming the first that is not the one that the manifest means
     */
    public void check(Manifest manifest) throws IOException {
        List<SegmentEntry> ofFile = new ArrayList<>();
        for (SegmentEntry segment : manifest.segments()) {
            if (!ofFile.isEmpty()
                    && ofFile.get(0).location().fileNumber()
                            != segment.location().fileNumber()) {
                checkFile(ofFile);
                ofFile.clear();
            }
            ofFile.add(segment);
        }
        if (!ofFile.isEmpty()) {
            checkFile(ofFile);
        }
    }

    private void checkFile(List<SegmentEntry> segments) throws IOException {
        SegmentEntry.Location last = segments.get(segments.size() - 1).location();
        String name = DataFiles.segment(last.fileNumber());
        try (MappedBytes mapped = storage.map(name, 0, last.offset() + last.length())) {
            for (SegmentEntry segment : segments) {
                checkSegment(mapped, segment);
            }
        } catch (FileMissingIOException | EOFException e) {
            throw new CorruptStoreException("data file: missing or cut short", name, 0, e);
        }
    }

    private void checkSegment(MappedBytes mapped, SegmentEntry segment) {
        SegmentEntry.Location place = segment.location();
        SegmentRef ref = new SegmentRef(
                new SegmentIdentity(store.high(), store.low(), place.fileNumber(), segment.collection()),
                place.offset(),
                place.length(),
                place.sha256());
        try (SegmentReader reader = SegmentReader.open(mapped, 0, ref)) {
            if (reader.rowCount() != segment.bounds().rowCount()) {
                throw new CorruptStoreException(
                        "segment: " + reader.rowCount() + " rows (the manifest says "
                                + segment.bounds().rowCount() + ")",
                        mapped.name(),
                        place.offset());
            }
        }
    }
}
