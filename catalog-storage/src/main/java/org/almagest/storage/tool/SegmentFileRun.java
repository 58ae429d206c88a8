package org.almagest.storage.tool;

import org.almagest.storage.fs.MappedBytes;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.segment.SegmentReader;
import org.almagest.storage.segment.SegmentRef;

/** A segment whose bytes were found whole, open for a look at its rows. */
final class SegmentFileRun implements AutoCloseable {
    private final SegmentEntry entry;
    private final MappedBytes mapped;
    private final SegmentReader reader;

    SegmentFileRun(SegmentEntry entry, MappedBytes mapped, SegmentRef ref) {
        this.entry = entry;
        this.mapped = mapped;
        this.reader = SegmentReader.open(mapped, entry.location().offset(), ref);
    }

    SegmentEntry entry() {
        return entry;
    }

    SegmentReader reader() {
        return reader;
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
