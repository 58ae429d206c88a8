package org.almagest.query;

/**
 * One field of a sort order; rows without a value come last in both directions.
 *
 * @param field the field's name: a custom field, {@code time}, {@code id} or {@code ingestion_time}, or the name of
 *     {@link Property#KEY} or {@link Property#COLLECTION}
 * @param order the direction
 */
public record SortKey(String field, SortOrder order) {
    /** Returns the order by a field from low to high. */
    public static SortKey ascending(String field) {
        return new SortKey(field, SortOrder.ASCENDING);
    }

    /** Returns the order by a field from high to low. */
    public static SortKey descending(String field) {
        return new SortKey(field, SortOrder.DESCENDING);
    }
}
