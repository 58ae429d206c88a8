package org.almagest.geo;

/** How a datapoint must lie to a filter; boundaries count. */
public enum PlanarPredicate {
    /** They share a position. */
    INTERSECTS,
    /** The datapoint lies inside the filter. */
    WITHIN,
    /** The filter lies inside the datapoint. */
    CONTAINS,
    /** They share no position. */
    DISJOINT
}
