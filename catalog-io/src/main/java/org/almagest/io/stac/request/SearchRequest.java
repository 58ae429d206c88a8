package org.almagest.io.stac.request;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.almagest.model.TimeInterval;
import org.almagest.query.Filter;
import org.almagest.query.SpatialFilter;

/**
 * What a search asks for, in the words of the client; all that is given must hold.
 *
 * @param collections STAC ids; empty where all collections are asked
 * @param ids ids of items; empty where all are
 * @param area where the items lie
 * @param interval when they are, both ends inclusive, at nanoseconds
 * @param filter conditions on properties, as the client names them
 * @param sort properties to sort by; none for the newest first
 * @param fields the members that are wanted
 * @param limit how many items a page has at most
 * @param token where a page begins
 */
public record SearchRequest(
        Optional<List<String>> collections,
        Optional<List<String>> ids,
        Optional<SpatialFilter> area,
        Optional<TimeInterval> interval,
        Optional<Filter> filter,
        List<SortTerm> sort,
        FieldChoice fields,
        OptionalLong limit,
        Optional<String> token) {
    /** Copies the lists. */
    public SearchRequest {
        collections = collections.map(List::copyOf);
        ids = ids.map(List::copyOf);
        sort = List.copyOf(sort);
    }

    /** Returns the same search within one collection; of nothing where others alone were named. */
    public SearchRequest within(List<String> names) {
        Optional<List<String>> both = collections.isEmpty()
                ? Optional.of(names)
                : collections.map(given -> given.stream().anyMatch(names::contains) ? names : List.of());
        return new SearchRequest(both, ids, area, interval, filter, sort, fields, limit, token);
    }
}
