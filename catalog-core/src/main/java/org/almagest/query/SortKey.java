package org.almagest.query;

/**
 * One field of a sort order; rows without a value come last in both directions.
 *
 * @param field the field's name
 * @param order the direction
 */
public record SortKey(String field, SortOrder order) {}
