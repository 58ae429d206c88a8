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

    /** Adds a row of another run. */
    void copy(MemoryRun run, int row) {
        if (rows == highs.length) {
            grow();
        }
        highs[rows] = run.highs[row];
        lows[rows] = run.lows[row];
        System.arraycopy(run.boxes, row * SIDES, boxes, rows * SIDES, SIDES);
        sequences[rows] = run.sequences[row];
        micros[rows] = run.ingestionMicros[row];
        if (keyed) {
            keyHashes[rows] = run.keyHash(row);
        }
        appendBody(run.bodies, run.offsets[row], run.offsets[row + 1] - run.offsets[row]);
        rows++;
    }

    private void appendBody(byte[] bytes, int offset, int length) {
        int end = Math.addExact(offsets[rows], length);
        if (end > bodies.length) {
            bodies = Arrays.copyOf(bodies, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(end, bodies.length * 2L)));
        }
        System.arraycopy(bytes, offset, bodies, offsets[rows], length);
        offsets[rows + 1] = end;
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
