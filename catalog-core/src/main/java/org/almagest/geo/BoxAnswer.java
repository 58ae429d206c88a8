package org.almagest.geo;

/** What the box of a datapoint alone says about a filter. */
public enum BoxAnswer {
    /** No geometry with this box matches. */
    NO,
    /** Every geometry with this box matches. */
    YES,
    /** The geometry must be looked at. */
    UNSURE
}
