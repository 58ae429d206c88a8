package org.almagest.storage.tool;

import org.almagest.storage.fs.MappedBytes;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.segment.SegmentReader;
import org.almagest.storage.segment.SegmentRef;
import org.almagest.storage.tombstone.Tombstones;

/** A segment whose bytes were found whole, open for a look at its rows. */
final class SegmentFileRun implements AutoCloseable {
    private final SegmentEntry entry;
    private final MappedBytes mapped;
    private final SegmentReader reader;
    private final Tombstones tombstones;

    SegmentFileRun(SegmentEntry entry, MappedBytes mapped, SegmentRef ref, Tombstones tombstones) {
        this.entry = entry;
        this.tombstones = tombstones;
        this.mapped = mapped;
        this.reader = SegmentReader.open(mapped, entry.location().offset(), ref);
    }

    SegmentEntry entry() {
        return entry;
    }

    SegmentReader reader() {
        return reader;
    }

    /** Returns the first living row from a row on, or the row count when none is left. */
    int livingFrom(int row) {
        int next = row;
        while (next < reader.rowCount() && tombstones.contains(next)) {
            next++;
        }
        return next;
    }

    String file() {
        return mapped.name();
    }

    @Override
    public void close() {
        reader.close();
        mapped.close();
    }
}
