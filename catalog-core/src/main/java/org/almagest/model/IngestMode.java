package org.almagest.model;

/** What ingest does with a datapoint whose id or key is live already. */
public enum IngestMode {
    /** A datapoint whose id is live is counted as existing and not written; a key live under another id is a conflict. */
    SKIP_EXISTING,
    /** A datapoint whose id is live fails the call, and so does a key live under another id; nothing is stored. */
    REFUSE_EXISTING,
    /** A datapoint takes the place of the live one of the same key, in one commit. Keyed datasets only. */
    REPLACE
}
