package org.almagest.storage.run;

import java.util.Arrays;
import org.almagest.storage.segment.Box;

/** Collects the rows of a run in id order. For one thread. */
public final class MemoryRunBuilder {
    /** Whether the collection's dataset has a key. */
    public enum Keys {
        /** Every row has a key. */
        KEYED,
        /** No row has a key. */
        UNKEYED
    }

    private static final int SIDES = 4;

    final boolean keyed;
    int rows;
    long[] highs;
    long[] lows;
    float[] boxes;
    int[] offsets;
    byte[] bodies;
    long[] sequences;
    long[] micros;
    long[] keyHashes;

    /**
     * Makes room for an expected size; more is taken.
     *
     * @param rowsExpected how many rows
     * @param bodyBytesExpected how many bytes their bodies have together
     */
    public MemoryRunBuilder(Keys keys, int rowsExpected, int bodyBytesExpected) {
        int capacity = Math.max(1, rowsExpected);
        this.keyed = keys == Keys.KEYED;
        this.highs = new long[capacity];
        this.lows = new long[capacity];
        this.boxes = new float[capacity * SIDES];
        this.offsets = new int[capacity + 1];
        this.bodies = new byte[Math.max(1, bodyBytesExpected)];
        this.sequences = new long[capacity];
        this.micros = new long[capacity];
        this.keyHashes = new long[keyed ? capacity : 0];
    }

    /** Adds the row that {@code stored} describes; its id must be above those before. */
    public void add(long idHigh, long idLow, StoredRow stored) {
        if (rows == highs.length) {
            grow();
        }
        highs[rows] = idHigh;
        lows[rows] = idLow;
        Box box = stored.box();
        boxes[rows * SIDES] = box.west();
        boxes[rows * SIDES + 1] = box.south();
        boxes[rows * SIDES + 2] = box.east();
        boxes[rows * SIDES + 3] = box.north();
        sequences[rows] = stored.sequence();
        micros[rows] = stored.ingestionMicros();
        if (keyed) {
            keyHashes[rows] = stored.keyHash();
        }
        appendBody(stored.bytes(), stored.offset(), stored.length());
        rows++;
    }

    /** Adds neighbouring rows of another run. */
    void copy(MemoryRun run, int first, int count) {
        while (rows + count > highs.length) {
            grow();
        }
        System.arraycopy(run.highs, first, highs, rows, count);
        System.arraycopy(run.lows, first, lows, rows, count);
        System.arraycopy(run.boxes, first * SIDES, boxes, rows * SIDES, count * SIDES);
        System.arraycopy(run.sequences, first, sequences, rows, count);
        System.arraycopy(run.ingestionMicros, first, micros, rows, count);
        for (int i = 0; keyed && i < count; i++) {
            keyHashes[rows + i] = run.keyHash(first + i);
        }
        int from = run.offsets[first];
        int start = offsets[rows];
        room(run.offsets[first + count] - from);
        System.arraycopy(run.bodies, from, bodies, start, run.offsets[first + count] - from);
        for (int i = 1; i <= count; i++) {
            offsets[rows + i] = run.offsets[first + i] - from + start;
        }
        rows += count;
    }

    private void appendBody(byte[] bytes, int offset, int length) {
        room(length);
        System.arraycopy(bytes, offset, bodies, offsets[rows], length);
        offsets[rows + 1] = offsets[rows] + length;
    }

    private void room(int bytes) {
        int end = Math.addExact(offsets[rows], bytes);
        if (end > bodies.length) {
            bodies = Arrays.copyOf(bodies, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(end, bodies.length * 2L)));
        }
    }

    private void grow() {
        int capacity = highs.length * 2;
        highs = Arrays.copyOf(highs, capacity);
        lows = Arrays.copyOf(lows, capacity);
        boxes = Arrays.copyOf(boxes, capacity * SIDES);
        offsets = Arrays.copyOf(offsets, capacity + 1);
        sequences = Arrays.copyOf(sequences, capacity);
        micros = Arrays.copyOf(micros, capacity);
        keyHashes = Arrays.copyOf(keyHashes, keyed ? capacity : 0);
    }

    /** Returns how many rows were added. */
    public int rowCount() {
        return rows;
    }

    /** Returns the run; at least one row must have been added. */
    public MemoryRun build() {
        return new MemoryRun(this);
    }
}
