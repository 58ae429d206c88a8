package org.almagest.query;

/** How two arrays, taken as sets, lie to each other. */
public enum ArrayRelation {
    /** Each element of one equals an element of the other, both ways. */
    EQUALS("a_equals"),
    /** Each element of the second equals one of the first. */
    CONTAINS("a_contains"),
    /** Each element of the first equals one of the second. */
    CONTAINED_BY("a_containedBy"),
    /** An element of the first equals one of the second. */
    OVERLAPS("a_overlaps");

    private final String function;

    ArrayRelation(String function) {
        this.function = function;
    }

    /** Returns the function's name in CQL2, as JSON writes it. */
    public String function() {
        return function;
    }
}
