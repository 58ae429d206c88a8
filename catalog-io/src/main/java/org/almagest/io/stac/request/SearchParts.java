package org.almagest.io.stac.request;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.model.TimeInterval;
import org.almagest.query.Filter;
import org.almagest.query.SpatialFilter;
import org.jspecify.annotations.Nullable;

/** The parts of a search while it is read. */
final class SearchParts {
    @Nullable
    List<String> collections;

    @Nullable
    List<String> ids;

    @Nullable
    SpatialFilter box;

    @Nullable
    SpatialFilter geometry;

    @Nullable
    TimeInterval interval;

    @Nullable
    Filter filter;

    @Nullable
    Filter query;

    List<SortTerm> sort = List.of();
    FieldChoice fields = FieldChoice.ALL;
    OptionalLong limit = OptionalLong.empty();

    @Nullable
    String token;

    /** @throws ProblemException if two parts exclude each other */
    SearchRequest request() {
        if (box != null && geometry != null) {
            throw ProblemException.invalid("intersects", "given with bbox (expected one of them)");
        }
        Filter both = filter == null ? query : query == null ? filter : filter.and(query);
        return new SearchRequest(
                Optional.ofNullable(collections),
                Optional.ofNullable(ids),
                Optional.ofNullable(box == null ? geometry : box),
                Optional.ofNullable(interval),
                Optional.ofNullable(both),
                sort,
                fields,
                limit,
                Optional.ofNullable(token));
    }
}
