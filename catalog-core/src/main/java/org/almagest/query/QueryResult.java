package org.almagest.query;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.almagest.batch.RowBatch;
import org.almagest.model.Datapoint;

/**
 * The datapoints of an answer, in order, read as they are asked for.
 *
 * <p>Shows one version of the catalog, whatever is written meanwhile. Can be iterated once. Close it, so that the files
 * it reads can go. For use by one thread at a time.
 */
public interface QueryResult extends Iterable<Datapoint>, AutoCloseable {
    /**
     * Returns the datapoints; memory stays bounded however many there are.
     *
     * @throws IllegalStateException if called a second time
     */
    @Override
    Iterator<Datapoint> iterator();

    /**
     * Returns the answer as arrays instead of datapoints: the same rows in the same order, some at a time.
     *
     * <p>Each batch is the same object, filled anew; the last one may be shorter. Nothing is made for a row, except what
     * is an object in its column. Cost: memory grows with {@code rowsMax} and the fields selected.
     *
     * <p>Batches take the place of {@link #iterator}; either is asked for once. {@link #nextToken} is known once the
     * last batch was read. Where no row follows, {@code hasNext()} closes the result, and
     * {@link RowBatch#geometry} of the last batch fails from then on.
     *
     * @param rowsMax how many rows a batch has, at most; a few thousand are enough to be fast
     * @throws org.almagest.error.InvalidRequestException if {@code rowsMax} is not at least 1
     * @throws org.almagest.error.LimitExceededException if it is more than {@code Limits.batchRowsMax}
     * @throws IllegalStateException if datapoints or batches were begun before; also from a second iterator
     */
    Iterable<RowBatch> batches(int rowsMax);

    /**
     * Returns where the next page begins; empty where no datapoint follows. Known once the page was read to its end.
     *
     * <p>May look for the next datapoint, so ask before closing: of a result that was closed before, a full page has a
     * token even where nothing follows it.
     *
     * @throws IllegalStateException if datapoints of this page are still unread
     */
    Optional<PageToken> nextToken();

    /** Returns the version of the catalog that the answer shows. */
    long version();

    /** Reads the rest into a list and closes; for answers known to fit into memory. */
    default List<Datapoint> toList() {
        try (this) {
            List<Datapoint> rows = new ArrayList<>();
            forEach(rows::add);
            return rows;
        }
    }

    /** Lets go of the files the answer reads. Closing again does nothing. */
    @Override
    void close();
}
