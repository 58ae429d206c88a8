package org.almagest.io.stac.search;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.almagest.error.CatalogException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.Problems;
import org.almagest.io.stac.page.PageCursor;
import org.almagest.io.stac.request.SearchRequest;
import org.almagest.query.PageToken;
import org.almagest.query.Query;

/** Says where a page begins, and asks for it. */
final class PageStart {
    private final SearchServices services;
    private final SearchPlan plan;
    private final SearchRequest request;
    private final OptionalLong version;
    private UnaryOperator<Query.Builder> exactly = query -> query;
    private Optional<PageToken> previous = Optional.empty();

    PageStart(SearchServices services, SearchPlan plan, SearchRequest request, OptionalLong version) {
        this.services = services;
        this.plan = plan;
        this.request = request;
        this.version = version;
    }

    void begin(Optional<PageCursor> cursor, Optional<Set<String>> selection, PageRows rows) {
        PageOrder order = order();
        if (plan.isEmpty()) {
            return;
        }
        exactly = rows.work().run(() -> BoundaryMillis.of(plan, services.catalog(), version, rows.work()));
        long wanted = request.limit().orElse(services.bounds().pageRowsDefault());
        long limit = Math.min(wanted, services.bounds().pageRowsMax());
        Optional<PageToken> after = cursor.map(from -> PageToken.parse(from.position()));
        if (cursor.filter(from -> from.direction() == PageCursor.Direction.PREVIOUS)
                .isPresent()) {
            PageToken end = after.orElseThrow();
            Query.Builder backwards =
                    order.apply(conditions()).reversed().after(end).cancelledWhen(rows.work());
            long most = limit;
            PreviousPage page =
                    rows.work().run(() -> PreviousPage.of(services.catalog(), backwards, plan.scope(), most));
            after = page.after();
            limit = page.limit();
        }
        previous = after;
        // Explained after the answer: nobody waits then, and the version may have gone.
        Query.Builder explained = order.apply(exactly.apply(plan.query()))
                .limit(limit)
                .timeout(Duration.ofMillis(services.bounds().queryMillisMax()));
        selection.ifPresent(explained::select);
        after.ifPresent(explained::after);
        Query.Builder query = order.apply(conditions()).limit(limit).cancelledWhen(rows.work());
        selection.ifPresent(query::select);
        after.ifPresent(query::after);
        try {
            rows.ask(query.build(), explained.build(), plan.scope());
        } catch (InvalidRequestException | LimitExceededException e) {
            throw new ProblemException(Problems.of(e, partOf(e.getMessage())));
        }
    }

    /** Says which parameter the engine speaks of. */
    private static String partOf(String message) {
        return message.startsWith("query: sort") ? "sortby" : message.startsWith("filter") ? "filter" : "query";
    }

    private PageOrder order() {
        try {
            return PageOrder.of(request.sort(), plan.properties(), plan.places().size());
        } catch (CatalogException e) {
            throw new ProblemException(Problems.of(e, "sortby"));
        }
    }

    private Query.Builder conditions() {
        Query.Builder query = exactly.apply(plan.query());
        version.ifPresent(query::version);
        return query;
    }

    /** Returns the row that the page follows: the page before ends with it. */
    Optional<PageToken> previous() {
        return previous;
    }

    OptionalLong count() {
        return plan.isEmpty()
                ? OptionalLong.of(0)
                : MatchedCount.of(
                        services.catalog(),
                        conditions(),
                        plan.scope(),
                        services.bounds().countMillisMax());
    }
}
