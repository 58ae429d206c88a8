package org.almagest.testing;

import org.almagest.query.Query;

/** Writes queries for messages. */
final class QueryText {
    private QueryText() {}

    static String of(Query query) {
        return query.interval().map(Object::toString).orElse("all time")
                + query.spatial().map(spatial -> " " + spatial).orElse("")
                + query.filter().map(filter -> " where " + filter).orElse("")
                + query.selection().map(fields -> " select " + fields).orElse("")
                + " " + query.order();
    }
}
