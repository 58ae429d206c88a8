package org.almagest.storage.metadata;

import org.almagest.model.BoundingBox;
import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.jspecify.annotations.Nullable;

/**
 * A segment as the manifest names it.
 *
 * @param collection the incarnation of the collection
 * @param sequence deletes up to this sequence are in the rows already; at least the highest sequence of a row
 * @param window the time partition that all rows lie in
 * @param tombstones where it says which rows are dead; null while none is
 * @param extent around the time extents of all rows; null when no row has one
 * @param cells which cells of the Earth the boxes of its rows meet, as {@code org.almagest.index.spatial.CellCover} has
 *     them; no bytes when no row has a box
 */
public record SegmentEntry(
        long collection,
        long sequence,
        Location location,
        PartitionWindow window,
        Bounds bounds,
        @Nullable TombstoneRef tombstones,
        @Nullable Extent extent,
        Bytes cells) {
    private static final int SHA256_BYTES = 32;
    private static final int CELLS_BYTES_MAX = 130;

    /** Refuses facts that contradict each other. */
    public SegmentEntry {
        require(collection >= 1, "collection", collection);
        require(sequence >= bounds.sequenceMax, "sequence", sequence);
        require(bounds.idMin.timeMillis() >= window.startMillis(), "lowest time", bounds.idMin.timeMillis());
        require(bounds.idMax.timeMillis() < window.endMillis(), "highest time", bounds.idMax.timeMillis());
        require(cells.length() <= CELLS_BYTES_MAX, "bytes of cells", cells.length());
        require(bounds.box == null == (cells.length() == 0), "cells without box, bytes", cells.length());
        if (tombstones != null) {
            require(tombstones.deadCount() <= bounds.rowCount, "dead rows", tombstones.deadCount());
        }
    }

    /** Describes a segment whose rows all live and have neither extents nor boxes. */
    public SegmentEntry(long collection, long sequence, Location location, PartitionWindow window, Bounds bounds) {
        this(collection, sequence, location, window, bounds, null, null, Bytes.of());
    }

    /** Describes a segment whose rows all live and have no extents. */
    public static SegmentEntry placed(
            long collection, Location location, PartitionWindow window, Bounds bounds, Bytes cells) {
        return new SegmentEntry(collection, bounds.sequenceMax, location, window, bounds, null, null, cells);
    }

    /** Returns this segment with another generation of tombstones. */
    public SegmentEntry with(TombstoneRef newTombstones) {
        return new SegmentEntry(collection, sequence, location, window, bounds, newTombstones, extent, cells);
    }

    /** Returns this segment with bounds of the time extents of its rows. */
    public SegmentEntry with(Extent newExtent) {
        return new SegmentEntry(collection, sequence, location, window, bounds, tombstones, newExtent, cells);
    }

    /** Returns what tells this segment from all others. */
    public SegmentKey key() {
        return new SegmentKey(location.fileNumber, location.offset);
    }

    /** Returns how many rows live. */
    public int liveCount() {
        return bounds.rowCount - (tombstones == null ? 0 : tombstones.deadCount());
    }

    /**
     * What the time extents of the rows span, a row without one counting with its time; both ends inclusive.
     *
     * @param minMillis the earliest start, floored, in Unix milliseconds
     * @param maxMillis the latest end, in Unix milliseconds
     */
    public record Extent(long minMillis, long maxMillis) {
        /** Refuses an end before the start. */
        public Extent {
            require(minMillis <= maxMillis, "earliest start", minMillis);
        }
    }

    /**
     * Where the bytes of a segment are.
     *
     * @param fileNumber the number of the data file, at least 1
     * @param offset the first byte
     * @param length how many bytes, at least 1
     * @param sha256 of those bytes
     */
    public record Location(long fileNumber, long offset, long length, Bytes sha256) {
        /** Refuses numbers out of range. */
        public Location {
            require(fileNumber >= 1, "file number", fileNumber);
            require(offset >= 0, "offset", offset);
            require(length >= 1 && length <= Long.MAX_VALUE - offset, "length", length);
            require(sha256.length() == SHA256_BYTES, "sha256 bytes", sha256.length());
        }
    }

    /**
     * What is known about the rows of a segment; every bound is inclusive.
     *
     * @param rowCount at least 1
     * @param box around all geometries, wrapped where west is above east; null when no row has one
     * @param sequenceMin the lowest commit sequence of a row, at least 1
     */
    public record Bounds(
            int rowCount,
            DatapointId idMin,
            DatapointId idMax,
            @Nullable BoundingBox box,
            long sequenceMin,
            long sequenceMax,
            long ingestionMicrosMin,
            long ingestionMicrosMax) {
        /** Refuses bounds in the wrong order. */
        public Bounds {
            require(rowCount >= 1, "rows", rowCount);
            require(idMin.compareTo(idMax) <= 0, "id bounds of rows", rowCount);
            require(sequenceMin >= 1 && sequenceMin <= sequenceMax, "lowest sequence", sequenceMin);
            require(ingestionMicrosMin <= ingestionMicrosMax, "lowest ingestion time", ingestionMicrosMin);
        }
    }

    private static void require(boolean holds, String fact, long actual) {
        if (!holds) {
            throw new IllegalArgumentException("segment: " + fact + ": " + actual);
        }
    }
}
