package org.almagest.query;

/** Ascending or descending. */
public enum SortOrder {
    /** From low to high. */
    ASCENDING,
    /** From high to low. */
    DESCENDING
}
