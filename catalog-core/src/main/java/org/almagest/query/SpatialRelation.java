package org.almagest.query;

/** How two geometries lie to each other, edges straight in longitude and latitude. */
public enum SpatialRelation {
    /** They share a position. */
    INTERSECTS("s_intersects"),
    /** They cover the same positions. */
    EQUALS("s_equals"),
    /** They share no position. */
    DISJOINT("s_disjoint"),
    /** They share positions of their boundaries, none of their interiors. */
    TOUCHES("s_touches"),
    /** No position of the first lies outside of the second; its boundary belongs to it. */
    WITHIN("s_within"),
    /** Interiors meet in the dimension that both have, and each has more. */
    OVERLAPS("s_overlaps"),
    /** Interiors meet in a lower dimension than the higher of both, and each has more. */
    CROSSES("s_crosses"),
    /** No position of the second lies outside of the first; its boundary belongs to it. */
    CONTAINS("s_contains");

    private final String function;

    SpatialRelation(String function) {
        this.function = function;
    }

    /** Returns the function's name in CQL2, as JSON writes it. */
    public String function() {
        return function;
    }

    /** Returns the relation that says the same with its geometries exchanged. */
    public SpatialRelation mirrored() {
        return this == WITHIN ? CONTAINS : this == CONTAINS ? WITHIN : this;
    }
}
