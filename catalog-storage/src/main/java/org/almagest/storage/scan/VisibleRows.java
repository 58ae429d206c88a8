package org.almagest.storage.scan;

import org.almagest.runtime.Deadline;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.Run;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Which rows of a run a version shows; for one thread. */
final class VisibleRows {
    private static final int ROWS_PER_DEADLINE_CHECK = 1_024;

    private final RoaringBitmap hidden;
    private final boolean nothingHidden;
    private final long version;

    /** Knows the commit of a row; null where all rows are old enough. */
    private final @Nullable Run commits;

    private VisibleRows(LiveRun<?> live, long version) {
        Run run = live.run();
        boolean newest = live.dead().maxSequence() <= version;
        this.hidden = newest ? live.dead().rows() : live.dead().rowsAt(version);
        this.version = version;
        this.commits = run.sequenceMax() <= version ? null : run;
        this.nothingHidden = hidden.isEmpty() && commits == null;
    }

    /** Returns the rows that a version shows; null where it shows none. */
    static @Nullable VisibleRows of(LiveRun<?> live, long version) {
        Run run = live.run();
        if (run.sequenceMin() > version) {
            return null;
        }
        VisibleRows visible = new VisibleRows(live, version);
        return visible.hidden.getCardinality() == run.rowCount() ? null : visible;
    }

    /** Tells whether every row of the run is visible; false where that would have to be looked up. */
    boolean hidesNothing() {
        return nothingHidden;
    }

    boolean contains(int ordinal) {
        if (nothingHidden) {
            return true;
        }
        return !hidden.contains(ordinal) && (commits == null || commits.sequence(ordinal) <= version);
    }

    /** Returns how many rows from {@code first} up to, not including, {@code end} are visible; in time or not at all. */
    long count(int first, int end, Deadline deadline) {
        if (commits == null) {
            return end - first - hidden.rangeCardinality(first, end);
        }
        long count = 0;
        for (int from = first; from < end; from += ROWS_PER_DEADLINE_CHECK) {
            deadline.check();
            int to = Math.min(end, from + ROWS_PER_DEADLINE_CHECK);
            for (int row = from; row < to; row++) {
                count += contains(row) ? 1 : 0;
            }
        }
        return count;
    }
}
