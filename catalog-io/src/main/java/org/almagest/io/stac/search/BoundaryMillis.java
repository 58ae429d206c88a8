package org.almagest.io.stac.search;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.almagest.Catalog;
import org.almagest.io.stac.request.FineTime;
import org.almagest.model.TimeInterval;
import org.almagest.query.Filter;
import org.almagest.query.Query;

/**
 * Makes an interval exact below the millisecond, where that can matter: in the two milliseconds that it begins and ends
 * in, if rows there have a finer time.
 *
 * <p>Whether they do is asked first, which costs two lookups by id; a condition on each row is paid only then.
 */
public final class BoundaryMillis {
    private BoundaryMillis() {}

    /**
     * Returns what is to be added to the queries of a plan.
     *
     * @param cancelled tells when to give up
     */
    public static UnaryOperator<Query.Builder> of(
            SearchPlan plan, Catalog catalog, OptionalLong version, BooleanSupplier cancelled) {
        Looks looks = query -> {
            version.ifPresent(query::version);
            return catalog.count(query.cancelledWhen(cancelled).build(), plan.scope()) > 0;
        };
        TimeInterval interval = plan.interval().orElse(null);
        if (interval == null || !matters(plan, interval, looks)) {
            return query -> query;
        }
        return query -> SearchPlan.exactly(query, interval, plan.properties());
    }

    private static boolean matters(SearchPlan plan, TimeInterval interval, Looks looks) {
        Instant first = FineTime.floor(interval.start());
        Instant last = FineTime.floor(interval.end());
        boolean fineStart = !first.equals(interval.start());
        if (fineStart && looks.find(Query.at(first))) {
            return true;
        }
        boolean openEnd = interval.end().equals(TimeInterval.LATEST);
        Optional<Filter> fine = plan.properties().fineTime().map(FineTime::isFine);
        return !openEnd && fine.isPresent() && looks.find(Query.at(last).where(fine.get()));
    }

    /** Tells whether the search has rows that a query finds, too. */
    private interface Looks {
        boolean find(Query.Builder query);
    }
}
