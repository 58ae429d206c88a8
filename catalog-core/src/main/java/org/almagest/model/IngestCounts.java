package org.almagest.model;

/**
 * How the rows of one or more ingest calls fared; the parts add up to the rows.
 *
 * @param created stored as new datapoints
 * @param existing there already, or repeated within the call
 * @param replaced stored in the place of a live datapoint of the same key
 * @param superseded given before another row of the same key in the same call
 * @param stale refused because their version is below the stored one
 * @param rejected invalid and set aside
 */
public record IngestCounts(long created, long existing, long replaced, long superseded, long stale, long rejected) {
    /** Nothing yet. */
    public static final IngestCounts NONE = new IngestCounts(0, 0, 0, 0, 0, 0);

    /** Returns counts of rows that were created, existing and rejected. */
    public static IngestCounts of(long created, long existing, long rejected) {
        return new IngestCounts(created, existing, 0, 0, 0, rejected);
    }

    /** Returns the sums of both. */
    public IngestCounts plus(IngestCounts other) {
        return new IngestCounts(
                created + other.created,
                existing + other.existing,
                replaced + other.replaced,
                superseded + other.superseded,
                stale + other.stale,
                rejected + other.rejected);
    }

    /** Returns how many rows these are. */
    public long rows() {
        return created + existing + replaced + superseded + stale + rejected;
    }
}
