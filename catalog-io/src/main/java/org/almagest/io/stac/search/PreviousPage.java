package org.almagest.io.stac.search;

import java.util.Iterator;
import java.util.Optional;
import org.almagest.Catalog;
import org.almagest.model.Datapoint;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.QueryScope;

/**
 * Where the page before a row begins, so that the page itself is written as any other.
 *
 * @param after the row that the page follows; empty where it begins with the first
 * @param limit how many rows it has at most
 */
record PreviousPage(Optional<PageToken> after, long limit) {
    /**
     * Finds the page of so many rows that ends with a row.
     *
     * @param backwards the conditions, in the opposite order, without data, from the row on
     */
    static PreviousPage of(Catalog catalog, Query.Builder backwards, QueryScope scope, long limit) {
        Query query = backwards.skipData().limit(limit).build();
        QueryResult rows = catalog.query(query, scope);
        try {
            long found = 0;
            for (Iterator<Datapoint> row = rows.iterator(); row.hasNext(); row.next()) {
                found++;
            }
            if (found < limit) {
                return new PreviousPage(Optional.empty(), found + 1);
            }
            rows.close(); // a full page has the token of its last row then, whether or not a row follows
            return new PreviousPage(rows.nextToken(), limit);
        } finally {
            rows.close();
        }
    }
}
