package org.almagest.io.stac.request;

import org.almagest.query.SortOrder;

/**
 * One property to sort by.
 *
 * @param property its name as the client wrote it
 * @param order the direction
 */
public record SortTerm(String property, SortOrder order) {}
