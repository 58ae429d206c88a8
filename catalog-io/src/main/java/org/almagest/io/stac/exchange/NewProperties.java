package org.almagest.io.stac.exchange;

/** What becomes of properties that the dataset has no field for. */
public enum NewProperties {
    /** Each becomes a field, which filters and sorting can name. */
    FIELDS,
    /** They are kept with the item and served again, but not searched. */
    KEPT_ASIDE
}
