package org.almagest.storage.compact;

import org.almagest.model.DatapointId;
import org.almagest.storage.metadata.SegmentEntry;

/**
 * What planning knows about a segment.
 *
 * @param droppable how many of its rows a rewrite would drop now: deleted, and needed by no version that is kept
 */
public record SegmentFacts(SegmentEntry entry, int droppable) {
    /** Refuses more droppable rows than rows. */
    public SegmentFacts {
        if (droppable < 0 || droppable > entry.bounds().rowCount()) {
            throw new IllegalArgumentException("segment: droppable: " + droppable + " (0 to "
                    + entry.bounds().rowCount() + ")");
        }
    }

    int rows() {
        return entry.bounds().rowCount();
    }

    long bytes() {
        return entry.location().length();
    }

    DatapointId idMin() {
        return entry.bounds().idMin();
    }

    DatapointId idMax() {
        return entry.bounds().idMax();
    }

    long minMillis() {
        return idMin().timeMillis();
    }

    long maxMillis() {
        return idMax().timeMillis();
    }

    /** Returns about how many rows lie between two times, the later one excluded, if they are spread evenly. */
    double rowsWithin(long startMillis, long endMillis) {
        double overlap = (double) Math.min(maxMillis() + 1, endMillis) - Math.max(minMillis(), startMillis);
        return overlap <= 0 ? 0 : rows() * (overlap / ((double) maxMillis() + 1 - minMillis()));
    }
}
