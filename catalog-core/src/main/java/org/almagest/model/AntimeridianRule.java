package org.almagest.model;

/** How an edge whose ends lie more than 180 degrees of longitude apart is read. */
public enum AntimeridianRule {
    /** The edge takes the short way, across the antimeridian. */
    SHORT_WAY,
    /** The edge is what it draws on a flat map, however wide. */
    AS_DRAWN,
    /** As {@link #SHORT_WAY}, and an edge of exactly 180 degrees crosses too: for what is known to cross. */
    CROSSING
}
