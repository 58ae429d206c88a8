package org.almagest.storage.scan;

import org.almagest.error.CorruptStoreException;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.query.SortOrder;
import org.almagest.runtime.Deadline;
import org.almagest.storage.run.Run;

/** The matching rows of one run, one after the other in the order of the query; for one thread. */
final class RunScan {
    private static final int ROWS_PER_DEADLINE_CHECK = 1024;

    private final Run run;
    private final RowTest test;
    private final Deadline deadline;
    private final int step;
    private final int end;
    private int current;
    private boolean settled;
    private int untilCheck = ROWS_PER_DEADLINE_CHECK;

    /** Begins at the first row of the range, which is not settled yet; the range must not be empty. */
    RunScan(Run run, RowTest test, Ordinals range, SortOrder order, Deadline deadline) {
        this.run = run;
        this.test = test;
        this.deadline = deadline;
        boolean ascending = order == SortOrder.ASCENDING;
        this.step = ascending ? 1 : -1;
        this.end = ascending ? range.end() : range.first() - 1;
        this.current = ascending ? range.first() : range.end() - 1;
    }

    /**
     * Consecutive rows of a run.
     *
     * @param first the first ordinal, inclusive
     * @param end the last ordinal, exclusive
     */
    record Ordinals(int first, int end) {
        static final Ordinals NONE = new Ordinals(0, 0);

        boolean isEmpty() {
            return first >= end;
        }
    }

    /** Tells whether the current row is known to match. */
    boolean isSettled() {
        return settled;
    }

    /** Moves to the first matching row from the current one on; false where none is left. */
    boolean settle() {
        deadline.check();
        try {
            return search();
        } catch (InternalError e) {
            // What the JVM throws when mapped bytes cannot be read.
            throw new CorruptStoreException("segment: cannot be read: " + e.getMessage(), "data", 0, e);
        }
    }

    private boolean search() {
        for (int row = current; row != end; row += step) {
            if (--untilCheck == 0) {
                deadline.check();
                untilCheck = ROWS_PER_DEADLINE_CHECK;
            }
            int passed = test.passOver(row, step);
            if (passed != row) {
                row = step > 0 ? Math.min(passed, end - 1) : Math.max(passed, end + 1);
            } else if (test.matches(row)) {
                current = row;
                settled = true;
                return true;
            }
        }
        current = end;
        return false;
    }

    /** Moves to the next row, which is not settled yet; false where none is left. */
    boolean step() {
        current += step;
        settled = false;
        return current != end;
    }

    long idHigh() {
        return run.idHigh(current);
    }

    long idLow() {
        return run.idLow(current);
    }

    Datapoint datapoint() {
        return test.datapoint();
    }

    /** Returns the place of the current row, which is settled, in a sorted answer. */
    SortedRow sortedRow() {
        return test.sortedRow();
    }

    /** Compares the current rows of two scans by id. */
    static int compareAscending(RunScan left, RunScan right) {
        return DatapointId.compare(left.idHigh(), left.idLow(), right.idHigh(), right.idLow());
    }
}
