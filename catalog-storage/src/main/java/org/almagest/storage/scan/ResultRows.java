package org.almagest.storage.scan;

import java.util.List;
import org.almagest.model.Datapoint;
import org.almagest.query.PageToken;
import org.almagest.query.Query;

/** The matching rows of a query in its order, one after the other; for one thread. */
public interface ResultRows {
    /** Begins before the first row of the answer; the limit of the query is its caller's business. */
    static ResultRows of(List<ScanSource> sources, Query query, Scan.Bounds bounds) {
        return query.sort().isEmpty() ? Scan.of(sources, query, bounds) : new SortedScan(sources, query, bounds);
    }

    /** Moves to the next row; false where none is left. */
    boolean advance();

    /** Tells whether a row follows; to be called last, as it may move. */
    boolean follows();

    /** Returns the page token that goes on after the row that {@link #advance} moved to. */
    PageToken token();

    /** Returns the row that {@link #advance} moved to. */
    Datapoint datapoint();

    /**
     * Puts the row that {@link #advance} moved to into a batch, with rows after it as far as that is cheap.
     *
     * @param into has room for a row
     * @param rowsMax how many rows may be taken, at least 1
     * @return how many were taken
     */
    long take(BatchFill into, long rowsMax);
}
