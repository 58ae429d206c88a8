package org.almagest.query;

/** Which time of a datapoint a query's interval is compared with. */
public enum TimeMatch {
    /** The instant {@code time}. */
    INSTANT,
    /** The declared extent, both ends inclusive; {@code time} where a row or dataset has none. */
    EXTENT
}
