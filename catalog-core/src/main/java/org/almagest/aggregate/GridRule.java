package org.almagest.aggregate;

/** Which cells of a grid a datapoint is counted in. */
public enum GridRule {
    /** The one cell that holds the centroid of its cut form; the counts sum to the datapoints with a geometry. */
    CENTROID,
    /** Each cell that its cut form meets; the counts sum to more. */
    INTERSECTING
}
