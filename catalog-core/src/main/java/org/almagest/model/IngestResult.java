package org.almagest.model;

import java.util.List;

/**
 * What one call of ingest did; it is durable when the call returns.
 *
 * @param ids one id per row that was accepted, in input order; a row given twice has its id twice
 * @param counts how the rows fared
 * @param rejected the rows that {@link OnInvalid#QUARANTINE} set aside, in input order
 * @param geometries rows whose geometry was cut, closed at a pole or repaired
 * @param version the version of the catalog that first shows the rows; unchanged where nothing was written
 */
public record IngestResult(
        List<DatapointId> ids,
        IngestCounts counts,
        List<RejectedRow> rejected,
        GeometryCounts geometries,
        long version) {
    /** Copies the lists. */
    public IngestResult {
        ids = List.copyOf(ids);
        rejected = List.copyOf(rejected);
    }

    /** Returns how many rows were stored as new datapoints. */
    public long created() {
        return counts.created();
    }

    /** Returns how many rows were there already, repeated rows of the same call included. */
    public long existing() {
        return counts.existing();
    }
}
