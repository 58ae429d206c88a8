package org.almagest.model;

/** What ingest does when a row is invalid in itself. */
public enum OnInvalid {
    /** The call fails with an error that names row and field, and nothing is stored. */
    REFUSE,
    /** The valid rows are stored in one commit; the others come back with row, key, field and reason. */
    QUARANTINE
}
