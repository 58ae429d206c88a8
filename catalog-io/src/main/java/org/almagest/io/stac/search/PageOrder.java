package org.almagest.io.stac.search;

import java.util.ArrayList;
import java.util.List;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.request.SortTerm;
import org.almagest.io.stac.request.StacProperties;
import org.almagest.query.Query;
import org.almagest.query.SortKey;
import org.almagest.query.SortOrder;
import org.almagest.schema.DatasetSchema;

/**
 * The order of pages: by the properties named, then by id; the newest first where none is.
 *
 * <p>The order by time alone is that of the ids, and so costs only the page.
 *
 * @param keys the fields to sort by
 * @param order the direction of the ids
 */
record PageOrder(List<SortKey> keys, SortOrder order) {
    /** @throws org.almagest.error.CatalogException if a property is unknown */
    static PageOrder of(List<SortTerm> terms, StacProperties properties, int collections) {
        List<SortKey> keys = new ArrayList<>();
        SortOrder last = SortOrder.DESCENDING;
        for (SortTerm term : terms) {
            String name = StacProperties.plain(term.property());
            last = term.order();
            if (name.equals(StacProperties.DATETIME)) {
                keys.add(new SortKey(DatasetSchema.TIME, term.order()));
            } else if (!name.equals(StacProperties.COLLECTION)) {
                keys.add(new SortKey(properties.property(name).name(), term.order()));
            } else if (collections > 1) {
                throw ProblemException.invalid("sortby", "collection of several (expected a search of one collection)");
            }
        }
        boolean timeOnly = keys.size() == 1 && keys.get(0).field().equals(DatasetSchema.TIME);
        return new PageOrder(timeOnly ? List.of() : keys, last);
    }

    Query.Builder apply(Query.Builder query) {
        return query.sort(keys).order(order);
    }
}
