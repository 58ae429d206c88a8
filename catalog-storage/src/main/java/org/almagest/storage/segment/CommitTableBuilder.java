package org.almagest.storage.segment;

import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers the commits of a segment in the order in which rows bring them. One thread. */
final class CommitTableBuilder {
    private final Map<Long, Commit> bySequence = new HashMap<>();
    private final SectionBuffer section = new SectionBuffer(ByteOrder.LITTLE_ENDIAN);
    private @Nullable Commit last;
    private long minSequence = Long.MAX_VALUE;
    private long maxSequence = Long.MIN_VALUE;
    private long minMicros = Long.MAX_VALUE;
    private long maxMicros = Long.MIN_VALUE;

    private record Commit(int ordinal, long sequence, long micros) {}

    /** Returns the ordinal of the commit of a row. */
    int ordinalOf(SegmentRow row) {
        // Neighbours mostly come from one commit: the map is asked only where the commit changes.
        Commit commit = last;
        if (commit == null || commit.sequence() != row.commitSequence) {
            commit = bySequence.get(row.commitSequence);
            if (commit == null) {
                commit = append(row);
            }
            last = commit;
        }
        if (commit.micros() != row.ingestionMicros) {
            throw new IllegalArgumentException("segment: commit " + row.commitSequence + ": ingestion time "
                    + row.ingestionMicros + " (expected " + commit.micros() + ", as its other rows have)");
        }
        return commit.ordinal();
    }

    private Commit append(SegmentRow row) {
        Commit commit = new Commit(bySequence.size(), row.commitSequence, row.ingestionMicros);
        bySequence.put(commit.sequence(), commit);
        section.room(CommitTable.ROW_BYTES).putLong(commit.sequence()).putLong(commit.micros());
        minSequence = Math.min(minSequence, commit.sequence());
        maxSequence = Math.max(maxSequence, commit.sequence());
        minMicros = Math.min(minMicros, commit.micros());
        maxMicros = Math.max(maxMicros, commit.micros());
        return commit;
    }

    int count() {
        return bySequence.size();
    }

    SegmentDescription.CommitRange range() {
        return new SegmentDescription.CommitRange(minSequence, maxSequence, minMicros, maxMicros);
    }

    SectionBuffer section() {
        return section;
    }
}
