package org.almagest.server.cli.query;

import java.util.ArrayList;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.SortKey;
import org.almagest.query.SortOrder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say in which order, how many and from where on. */
final class OrderOptions {
    @Option(
            names = "--sort",
            paramLabel = "FIELDS",
            description = "Sort by these fields, with commas between them, and then by id; -FIELD sorts from high to"
                    + " low. Unset comes last.")
    private @Nullable String sort;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Print at most so many; a table has 100 rows where nothing is said.")
    private @Nullable Long limit;

    @Option(names = "--desc", description = "Print by descending id.")
    private boolean descends;

    @Option(names = "--after", paramLabel = "TOKEN", description = "Go on after the page that ended with this token.")
    private @Nullable String after;

    /** Tells whether an order or a number of rows is stated. */
    boolean areGiven() {
        return sort != null || limit != null || descends;
    }

    /** States order and page in a query. */
    void apply(Query.Builder query) {
        if (sort != null) {
            query.sort(keys(sort));
        }
        if (limit != null) {
            query.limit(limit);
        }
        if (descends) {
            query.order(SortOrder.DESCENDING);
        }
        if (after != null) {
            query.after(PageToken.parse(after.strip()));
        }
    }

    private static List<SortKey> keys(String text) {
        List<SortKey> keys = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String key = part.strip();
            boolean reversed = key.startsWith("-");
            String field = reversed || key.startsWith("+") ? key.substring(1).strip() : key;
            if (field.isEmpty()) {
                throw new InvalidRequestException("query: sort", "a field without a name (expected -time,name)");
            }
            keys.add(reversed ? SortKey.descending(field) : SortKey.ascending(field));
        }
        return keys;
    }
}
