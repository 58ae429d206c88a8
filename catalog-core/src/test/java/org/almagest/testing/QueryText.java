package org.almagest.testing;

import org.almagest.query.Query;
import org.almagest.query.TimeMatch;

/** Writes queries for messages. */
final class QueryText {
    private QueryText() {}

    static String of(Query query) {
        return (query.timeMatch() == TimeMatch.EXTENT ? "extent " : "")
                + query.interval().map(Object::toString).orElse("all time")
                + query.spatial().map(spatial -> " " + spatial).orElse("")
                + query.filter().map(filter -> " where " + filter).orElse("")
                + query.selection().map(fields -> " select " + fields).orElse("")
                + (query.sort().isEmpty() ? "" : " sort " + query.sort())
                + " " + query.order();
    }
}
