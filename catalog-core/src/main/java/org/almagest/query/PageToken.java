package org.almagest.query;

import org.almagest.model.DatapointId;

/**
 * Where the next page of a query begins: after the datapoint with this id, in the order of the query.
 *
 * @param after the id of the last datapoint of the page before; it need not be live any more
 */
public record PageToken(DatapointId after) {
    /** Reads what {@link #toString} writes. */
    public static PageToken parse(String text) {
        return new PageToken(DatapointId.parse(text));
    }

    /** Returns the id as text. */
    @Override
    public String toString() {
        return after.toString();
    }
}
