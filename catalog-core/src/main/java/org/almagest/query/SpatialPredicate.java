package org.almagest.query;

/** How the geometry of a datapoint must lie to that of the filter; boundaries count. */
public enum SpatialPredicate {
    /** They share a position. */
    INTERSECTS,
    /** The datapoint lies inside the filter. */
    WITHIN,
    /** The filter lies inside the datapoint. */
    CONTAINS,
    /** They share no position; a datapoint without geometry does not match. */
    DISJOINT
}
