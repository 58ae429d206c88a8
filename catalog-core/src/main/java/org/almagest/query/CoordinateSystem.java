package org.almagest.query;

/** How edges between positions run when a spatial predicate is decided. */
public enum CoordinateSystem {
    /** Straight lines in longitude and latitude. */
    PLANAR,
    /** The shorter great-circle arcs; sides of boxes stay on parallels. Needs {@code Capability.SPHERICAL}. */
    SPHERICAL
}
