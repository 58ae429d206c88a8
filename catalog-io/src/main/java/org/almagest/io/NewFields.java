package org.almagest.io;

/** What a reader does with a property that the schema has no field for. */
public enum NewFields {
    /** Adds a field in STAC and GeoJSON, refuses the file else. */
    BY_FORMAT,
    /** Adds a field to the reader's schema. */
    ADD,
    /** Refuses the file and names the property. */
    REFUSE
}
