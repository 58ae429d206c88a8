package org.almagest.storage.scan;

import org.almagest.model.Datapoint;
import org.almagest.runtime.Deadline;
import org.almagest.storage.plan.Candidates;
import org.almagest.storage.plan.RowSpan;
import org.almagest.storage.run.Run;
import org.jspecify.annotations.Nullable;

/** The matching rows of one run, one after the other in the order of the query; for one thread. */
final class RunScan {
    /** Reading the clock costs as much as a cheap test; a test of a geometry costs a hundred times that. */
    private static final int ROWS_PER_DEADLINE_CHECK = 64;

    private final Run run;
    private final RowTest test;
    private final RowSpan span;
    private final Deadline deadline;

    /** Chosen when the first match is asked for: runs that an answer does not reach cost nothing. */
    private @Nullable Candidates candidates;

    private int current;
    private boolean settled;
    private int highOf = -1;
    private long high;
    private int untilCheck = 1;
    private int untilExpected = 1;

    /** Begins at the first row of the span, which is not settled yet; the span must not be empty. */
    RunScan(Run run, RowTest test, RowSpan span, Deadline deadline) {
        this.run = run;
        this.test = test;
        this.span = span;
        this.deadline = deadline;
        this.current = span.begin();
    }

    Run run() {
        return run;
    }

    RowTest test() {
        return test;
    }

    RowSpan span() {
        return span;
    }

    Deadline deadline() {
        return deadline;
    }

    /** Tells whether the current row is known to match. */
    boolean isSettled() {
        return settled;
    }

    /** Moves to the first matching row from the current one on; false where none is left. */
    boolean settle() {
        try {
            return search();
        } catch (InternalError e) {
            throw run.unreadable(e);
        }
    }

    /** Returns how many rows match from the first one on; instead of {@link #settle}. */
    long count() {
        deadline.check();
        try {
            if (test.matchesAll()) {
                return test.visible().count(span.first(), span.end(), deadline);
            }
            Candidates rows = begun();
            if (test.matchesAllCandidates()) {
                return rows.countRest();
            }
        } catch (InternalError e) {
            throw run.unreadable(e);
        }
        long count = 0;
        for (boolean left = true; left && settle(); left = step()) {
            count++;
        }
        return count;
    }

    private Candidates begun() {
        Candidates rows = candidates;
        if (rows == null) {
            rows = test.candidates(span, deadline);
            candidates = rows;
        }
        return rows;
    }

    private boolean search() {
        Candidates rows = begun();
        for (int row = next(rows); row != Candidates.NONE; row = next(rows)) {
            if (--untilCheck == 0) {
                deadline.check();
                untilCheck = ROWS_PER_DEADLINE_CHECK;
            }
            if (test.matches(row)) {
                current = row;
                settled = true;
                return true;
            }
        }
        current = span.stop();
        test.rest();
        return false;
    }

    private int next(Candidates rows) {
        if (--untilExpected == 0) {
            untilExpected = test.expect(rows);
        }
        return rows.next();
    }

    /** Moves to the next row, which is not settled yet; false where none is left. */
    boolean step() {
        current += span.step();
        settled = false;
        return current != span.stop();
    }

    long idHigh() {
        if (highOf != current) {
            try {
                high = run.idHigh(current);
            } catch (InternalError e) {
                throw run.unreadable(e);
            }
            highOf = current;
        }
        return high;
    }

    long idLow() {
        try {
            return run.idLow(current);
        } catch (InternalError e) {
            throw run.unreadable(e);
        }
    }

    Datapoint datapoint() {
        return test.datapoint();
    }

    /** Returns the place of the current row, which is settled, in a sorted answer. */
    SortedRow sortedRow() {
        return test.sortedRow();
    }
}
