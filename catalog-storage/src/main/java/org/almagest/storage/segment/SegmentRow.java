package org.almagest.storage.segment;

/**
 * One row on its way into a {@link SegmentWriter}: filled, added, filled again. One thread.
 *
 * <p>What is not set again stays, so that rows of one commit set it once; box, key and extent are dropped by {@link
 * #id}, since a row that has none must not inherit its neighbour's.
 */
public final class SegmentRow {
    private static final byte[] NO_BYTES = {};

    long idHigh;
    long idLow;
    float west = Float.NaN;
    float south = Float.NaN;
    float east = Float.NaN;
    float north = Float.NaN;
    long commitSequence;
    long ingestionMicros;
    byte[] body = NO_BYTES;
    int bodyOffset;
    int bodyLength;
    boolean keyed;
    long keyHash;
    boolean extended;
    long startMillis;
    long endMillis;

    /** Begins a row: sets its id, drops box, key and extent. */
    public SegmentRow id(long high, long low) {
        idHigh = high;
        idLow = low;
        keyed = false;
        extended = false;
        return box(Float.NaN, Float.NaN, Float.NaN, Float.NaN);
    }

    /** Sets the box, in degrees; west of more than east crosses the antimeridian. */
    public SegmentRow box(float boxWest, float boxSouth, float boxEast, float boxNorth) {
        west = boxWest;
        south = boxSouth;
        east = boxEast;
        north = boxNorth;
        return this;
    }

    /** Sets the commit that made the row and its time in Unix microseconds. */
    public SegmentRow commit(long sequence, long micros) {
        commitSequence = sequence;
        ingestionMicros = micros;
        return this;
    }

    /** Sets the body; the array is read by {@link SegmentWriter#add} and not kept. */
    public SegmentRow body(byte[] bytes, int offset, int length) {
        body = bytes;
        bodyOffset = offset;
        bodyLength = length;
        return this;
    }

    /** Sets the hash of the key; all rows of a segment have one, or none. */
    public SegmentRow keyHash(long hash) {
        keyed = true;
        keyHash = hash;
        return this;
    }

    /**
     * Sets the time extent, both ends inclusive; all rows of a segment have one, or none.
     *
     * @param start its start in Unix milliseconds, rounded down
     * @param end its end in Unix milliseconds, rounded up
     */
    public SegmentRow extent(long start, long end) {
        extended = true;
        startMillis = start;
        endMillis = end;
        return this;
    }

    /** Returns the high half of the id. */
    public long idHigh() {
        return idHigh;
    }

    /** Returns the low half of the id. */
    public long idLow() {
        return idLow;
    }

    Box toBox() {
        return Float.isNaN(west) ? Box.NONE : new Box(west, south, east, north);
    }
}
