package org.almagest;

/** What an implementation of {@link Catalog} can do beyond the basics; a contract suite runs what is declared. */
public enum Capability {
    /** Ingest mode {@code REPLACE}, version fields and expected ids. */
    REPLACE,
    /** Deletion of datapoints. */
    DELETE,
    /** Deletion and restoration of datasets and collections. */
    DELETE_DATASETS,
    /** Retention of collections. */
    RETENTION,
    /** Queries of earlier versions. */
    HISTORY,
    /** Queries by temporal extent. */
    EXTENT,
    /** Sort orders by fields. */
    SORT,
    /** {@code OnInvalid.QUARANTINE}. */
    QUARANTINE,
    /** Spatial predicates with great-circle edges. */
    SPHERICAL,
    /** Histograms, grids, ranges and distinct values. */
    AGGREGATION,
    /** Everything acknowledged is there after the catalog was closed or the process killed. */
    DURABLE
}
