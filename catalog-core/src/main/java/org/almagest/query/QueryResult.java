package org.almagest.query;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
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
