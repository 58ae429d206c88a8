package org.almagest.storage.segment;

import org.almagest.error.CorruptSectionException;
import org.almagest.index.id.IdColumn;
import org.jspecify.annotations.Nullable;

/** Checks that the rows of one id come from ever later commits; sees rows in order. One thread. */
final class RepeatedIds {
    private final @Nullable IdColumn ids;
    private final @Nullable CommitTable commits;
    private int lastRow = -1;
    private long lastSequence;

    private RepeatedIds(@Nullable IdColumn ids, @Nullable CommitTable commits) {
        this.ids = ids;
        this.commits = commits;
    }

    /** Checks nothing where ids or commits cannot be read, which others report. */
    static RepeatedIds of(SegmentFile segment) {
        try {
            return new RepeatedIds(segment.ids(), segment.commits());
        } catch (CorruptSectionException e) {
            return new RepeatedIds(null, null);
        }
    }

    /** Returns what is wrong with a row beside the one before it, or an empty text. */
    String findProblem(int row, int commitOrdinal) {
        if (ids == null || commits == null) {
            return "";
        }
        long sequence = commits.sequence(commitOrdinal);
        boolean repeats =
                lastRow == row - 1 && row > 0 && ids.high(row) == ids.high(lastRow) && ids.low(row) == ids.low(lastRow);
        String problem = repeats && sequence <= lastSequence
                ? "row " + row + ": commit " + sequence + " after " + lastSequence + " of the same id"
                : "";
        lastRow = row;
        lastSequence = sequence;
        return problem;
    }
}
