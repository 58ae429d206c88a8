package org.almagest.io.stac.exchange;

/** Whether a collection that holds items can be deleted by one request. */
public enum CollectionDeletion {
    /** Only without items; one that has some is refused with 409. */
    EMPTY_ONLY,
    /** With all its items. */
    WITH_ITEMS
}
