package org.almagest.storage.segment;

import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.jspecify.annotations.Nullable;

/**
 * What the manifest keeps about a finished segment, and what its own footer repeats.
 *
 * @param offset its first byte in the data file
 * @param length how many bytes it has; a multiple of {@link SegmentFormat#ALIGNMENT}
 * @param sha256 of all its bytes; not part of the footer
 * @param rowCount at least 1
 * @param minId of the first row
 * @param maxId of the last row
 * @param bounds covers the boxes of all rows that have one
 * @param commits the commits that made its rows
 * @param extent around the time extents of all rows; null when they have none
 * @param rawBytes bytes of all row bodies before compression
 */
public record SegmentDescription(
        long offset,
        long length,
        Bytes sha256,
        int rowCount,
        DatapointId minId,
        DatapointId maxId,
        Box bounds,
        CommitRange commits,
        @Nullable ExtentRange extent,
        long rawBytes) {

    /** Returns how a manifest names the segment. */
    public SegmentRef ref(SegmentIdentity identity) {
        return new SegmentRef(identity, offset, length, sha256);
    }

    /**
     * The lowest and highest of all commits of a segment, both inclusive.
     *
     * @param minIngestionMicros Unix microseconds
     * @param maxIngestionMicros Unix microseconds
     */
    public record CommitRange(long minSequence, long maxSequence, long minIngestionMicros, long maxIngestionMicros) {}

    /**
     * The lowest start and the highest end of all rows of a segment.
     *
     * @param minStartMillis Unix milliseconds, rounded down
     * @param maxEndMillis Unix milliseconds, rounded up
     */
    public record ExtentRange(long minStartMillis, long maxEndMillis) {}
}
