package org.almagest.io.stac.search;

import java.time.Duration;
import java.util.OptionalLong;
import org.almagest.Catalog;
import org.almagest.error.DeadlineExceededException;
import org.almagest.query.Query;
import org.almagest.query.QueryScope;

/** Counts what a search matches in all: exactly, or not at all where that takes too long. */
final class MatchedCount {
    private MatchedCount() {}

    /**
     * Returns the count; empty where it takes longer.
     *
     * @param query without limit and page
     * @param millisMax how long it may take; 0 counts nothing
     */
    static OptionalLong of(Catalog catalog, Query.Builder query, QueryScope scope, long millisMax) {
        if (millisMax == 0) {
            return OptionalLong.empty();
        }
        try {
            Query timed = query.timeout(Duration.ofMillis(millisMax)).build();
            return OptionalLong.of(catalog.count(timed, scope));
        } catch (DeadlineExceededException e) {
            return OptionalLong.empty();
        }
    }
}
