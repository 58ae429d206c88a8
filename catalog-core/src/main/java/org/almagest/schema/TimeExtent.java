package org.almagest.schema;

/**
 * The two timestamp fields that hold the temporal extent of a datapoint, both ends inclusive.
 *
 * @param startField the field of the first instant
 * @param endField the field of the last instant
 */
public record TimeExtent(String startField, String endField) {}
