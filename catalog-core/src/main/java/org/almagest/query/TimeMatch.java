package org.almagest.query;

/** Which time of a datapoint a query's interval is compared with. */
public enum TimeMatch {
    /** The instant {@code time}. */
    INSTANT,
    /** The declared extent, as {@link org.almagest.schema.TimeExtent} reads it; {@code time} where a row or dataset has none. */
    EXTENT
}
