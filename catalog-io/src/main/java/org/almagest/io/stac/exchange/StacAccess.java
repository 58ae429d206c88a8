package org.almagest.io.stac.exchange;

/** What a request does to a dataset. */
public enum StacAccess {
    /** Sees it and what it holds. */
    READ,
    /** Stores, corrects and deletes items; creates and describes collections. */
    WRITE,
    /** Deletes collections. */
    ADMIN
}
