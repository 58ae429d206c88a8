package org.almagest.internal.row;

import java.util.Arrays;
import java.util.Objects;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.Limits;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * Datapoints that were checked against their schema and encoded, one behind the other in arrays, in the order in which
 * they were bound. Made and filled by one {@link RowBinder}, by one thread at a time.
 */
public final class BoundRows {
    /** How many sides a box has: west, south, east, north. */
    public static final int SIDES = 4;

    /** How many datapoints are read ahead together. */
    public static final int READ_AHEAD_ROWS = ReadAhead.ROWS;

    final InputPlace place = new InputPlace();
    final RowBuffer bodies;
    final ValueEncoder encoder;
    final IdHash hash = new IdHash();
    final @Nullable Object[] values;
    final SlotOrder order;
    private final ReadAhead ahead = new ReadAhead();
    private final KeyHash.@Nullable Digest keyDigest;
    private @Nullable Geometry placed;
    private int count;
    private long[] highs;
    private long[] lows;
    private int[] ends;
    private int[] positions;
    private float[] boxes;
    private byte[] flags;
    private int[] keyStarts;
    private int[] keyEnds;
    private long[] keyHashes;

    BoundRows(RowLayout layout, Limits limits, int rowsExpected, int bytesExpected) {
        int capacity = Math.max(1, rowsExpected);
        this.bodies = new RowBuffer(place, bytesExpected);
        this.encoder = new ValueEncoder(limits, place, bodies);
        this.values = new @Nullable Object[layout.slotCount()];
        this.order = new SlotOrder(layout, values);
        this.keyDigest = layout.keySlot() == RowLayout.NO_SLOT ? null : new KeyHash.Digest();
        this.highs = new long[capacity];
        this.lows = new long[capacity];
        this.ends = new int[capacity];
        this.positions = new int[capacity];
        this.boxes = new float[capacity * SIDES];
        this.flags = new byte[capacity];
        int keys = keyDigest == null ? 0 : capacity;
        this.keyStarts = new int[keys];
        this.keyEnds = new int[keys];
        this.keyHashes = new long[keys];
    }

    /** Has the processor fetch some datapoints that are bound next, at most {@link #READ_AHEAD_ROWS}. */
    public void readAhead(Datapoint[] datapoints, int from, int to) {
        ahead.read(datapoints, from, to);
    }

    /** Begins the row behind the last one. */
    void begin(int position) {
        if (count == highs.length) {
            grow();
        }
        place.row(position);
        bodies.beginRow();
        placed = null;
        positions[count] = position;
        flags[count] = 0;
        Arrays.fill(boxes, count * SIDES, (count + 1) * SIDES, Float.NaN);
    }

    private void grow() {
        int capacity = count * 2;
        highs = Arrays.copyOf(highs, capacity);
        lows = Arrays.copyOf(lows, capacity);
        ends = Arrays.copyOf(ends, capacity);
        positions = Arrays.copyOf(positions, capacity);
        boxes = Arrays.copyOf(boxes, capacity * SIDES);
        flags = Arrays.copyOf(flags, capacity);
        int keys = keyDigest == null ? 0 : capacity;
        keyStarts = Arrays.copyOf(keyStarts, keys);
        keyEnds = Arrays.copyOf(keyEnds, keys);
        keyHashes = Arrays.copyOf(keyHashes, keys);
    }

    /** Takes the value of the key of the row that was begun, as it stands in its body. */
    void key(Slot slot, int start, int end) {
        keyStarts[count] = start;
        keyEnds[count] = end;
        keyHashes[count] = Objects.requireNonNull(keyDigest).of(slot.field().typeCode(), bodies.bytes(), start, end);
    }

    /** Takes the place of the row that was begun, and the flags of its footprint. */
    void placed(@Nullable Geometry geometry, int ofFootprint) {
        placed = geometry;
        flags[count] = (byte) ofFootprint;
    }

    /** Returns the place of the row that was bound last, the object itself; null where it has none. */
    @Nullable
    Geometry placed() {
        return placed;
    }

    /** Returns the array in which the box of the row that was begun stands from {@link #boxOffset} on. */
    float[] boxes() {
        return boxes;
    }

    int boxOffset() {
        return count * SIDES;
    }

    /** Ends the row that was begun; its flags go before its fields where there are any, as they are no part of the id. */
    void end(DatapointId id) {
        if (flags[count] != 0) {
            bodies.insertAtRow(RowReader.FLAGS_BYTES);
            int start = bodies.rowStart();
            bodies.bytes()[start] = RowReader.FLAGS_NUMBER;
            bodies.bytes()[start + 1] = flags[count];
            if (keyDigest != null) {
                keyStarts[count] += RowReader.FLAGS_BYTES;
                keyEnds[count] += RowReader.FLAGS_BYTES;
            }
        }
        highs[count] = id.high();
        lows[count] = id.low();
        ends[count] = bodies.length();
        count++;
    }

    /** Drops what was written of a row that is refused. */
    void abandon() {
        bodies.truncate(count == 0 ? 0 : ends[count - 1]);
        Arrays.fill(values, null);
    }

    /** Forgets all rows. */
    void clear() {
        count = 0;
        placed = null;
        bodies.clear();
    }

    /** Returns how many rows there are. */
    public int count() {
        return count;
    }

    /** Returns where a row stood among the {@link Datapoint}s of the call. */
    public int position(int row) {
        return positions[row];
    }

    /** Returns the first half of the id of a row. */
    public long idHigh(int row) {
        return highs[row];
    }

    /** Returns the second half of the id of a row. */
    public long idLow(int row) {
        return lows[row];
    }

    /** Returns the array in which the bodies stand. */
    public byte[] bytes() {
        return bodies.bytes();
    }

    /** Returns where the body of a row begins. */
    public int bodyStart(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    /** Returns where the body of a row ends. */
    public int bodyEnd(int row) {
        return ends[row];
    }

    /** Copies the index box of a row, four NaN where it has no place. */
    public void copyBox(int row, float[] into, int offset) {
        System.arraycopy(boxes, row * SIDES, into, offset, SIDES);
    }

    /** Returns the flags of the footprint of a row, 0 without one. */
    public int footprintFlags(int row) {
        return flags[row] & 0xFF;
    }

    /** Returns where the value of the key begins, in the body; only in a dataset with a key. */
    public int keyStart(int row) {
        return keyStarts[row];
    }

    /** Returns where the value of the key ends. */
    public int keyEnd(int row) {
        return keyEnds[row];
    }

    /** Returns the {@link KeyHash} of the key. */
    public long keyHash(int row) {
        return keyHashes[row];
    }
}
