package org.almagest.io.stac.exchange;

/** Who asks, and what they may do. Safe for use by several threads. */
public interface StacCaller {
    /** May do everything; for an application that has decided before. */
    StacCaller ANYBODY = new FixedCaller("anybody", StacAccess.ADMIN);

    /** May read everything. */
    StacCaller READER = new FixedCaller("reader", StacAccess.READ);

    /** Returns the name for logs: that of a key, never a secret. */
    String name();

    /** Returns whose data it is; part of every page token, so that a token of one tenant is noise to another. */
    String tenant();

    /**
     * Tells whether the caller may do this to a dataset, which need not exist.
     *
     * <p>A dataset that may not be read is answered as one that does not exist.
     */
    boolean may(StacAccess access, String datasetSlug);
}
