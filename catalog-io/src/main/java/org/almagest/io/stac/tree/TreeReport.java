package org.almagest.io.stac.tree;

import org.almagest.model.IngestCounts;

/**
 * What an import did.
 *
 * @param collections collections whose documents were read
 * @param counts how items fared; those that could not be read or followed count as rejected
 */
public record TreeReport(long collections, IngestCounts counts) {
    /** Returns how many items there were, rejected ones included. */
    public long items() {
        return counts.rows();
    }
}
