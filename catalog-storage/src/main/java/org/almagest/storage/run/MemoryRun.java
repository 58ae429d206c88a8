package org.almagest.storage.run;

import java.util.Arrays;
import org.almagest.model.DatapointId;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;

/** A run on the heap, made from one commit or merged from several. */
public final class MemoryRun implements Run, BoxColumn {
    private static final int SIDES = 4;

    final long[] highs;
    final long[] lows;
    final float[] boxes;
    final int[] offsets;
    final byte[] bodies;
    final long[] sequences;
    final long[] ingestionMicros;
    final long @Nullable [] keyHashes;
    private final long sequenceMin;
    private final long sequenceMax;

    /** Made when it is asked first: runs of single commits mostly go into larger ones before. */
    private volatile @Nullable KeyLookup keys;

    MemoryRun(MemoryRunBuilder builder) {
        int rows = builder.rows;
        boolean exact = rows == builder.highs.length;
        this.highs = exact ? builder.highs : Arrays.copyOf(builder.highs, rows);
        this.lows = exact ? builder.lows : Arrays.copyOf(builder.lows, rows);
        this.boxes = exact ? builder.boxes : Arrays.copyOf(builder.boxes, rows * SIDES);
        this.offsets = exact ? builder.offsets : Arrays.copyOf(builder.offsets, rows + 1);
        this.bodies =
                builder.bodies.length == offsets[rows] ? builder.bodies : Arrays.copyOf(builder.bodies, offsets[rows]);
        this.sequences = exact ? builder.sequences : Arrays.copyOf(builder.sequences, rows);
        this.ingestionMicros = exact ? builder.micros : Arrays.copyOf(builder.micros, rows);
        this.keyHashes = builder.keyed ? Arrays.copyOf(builder.keyHashes, rows) : null;
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (long sequence : sequences) {
            least = Math.min(least, sequence);
            most = Math.max(most, sequence);
        }
        this.sequenceMin = least;
        this.sequenceMax = most;
        assert rows > 0;
        assert isSorted();
    }

    private MemoryRun(RowArrays rows, long sequence, long micros) {
        this.highs = rows.highs();
        this.lows = rows.lows();
        this.boxes = rows.boxes();
        this.offsets = rows.offsets();
        this.bodies = rows.bodies();
        this.sequences = new long[rows.count()];
        Arrays.fill(sequences, sequence);
        this.ingestionMicros = new long[rows.count()];
        Arrays.fill(ingestionMicros, micros);
        this.keyHashes = rows.keyHashes();
        this.sequenceMin = sequence;
        this.sequenceMax = sequence;
        assert highs.length > 0;
        assert isSorted();
    }

    /** Returns the run of the rows of one commit, at least one; their arrays are kept, not copied. */
    public static MemoryRun of(RowArrays rows, long sequence, long ingestionMicros) {
        return new MemoryRun(rows, sequence, ingestionMicros);
    }

    private boolean isSorted() {
        for (int i = 1; i < highs.length; i++) {
            int order = DatapointId.compare(highs[i - 1], lows[i - 1], highs[i], lows[i]);
            if (order > 0 || (order == 0 && sequences[i - 1] >= sequences[i])) {
                return false;
            }
        }
        return true;
    }

    /** Returns how many bytes of heap the run takes, about. */
    public long heapBytes() {
        return bodies.length + (long) highs.length * (4 * Long.BYTES + SIDES * Float.BYTES + Integer.BYTES + 12);
    }

    /** Returns how many bytes the bodies have. */
    public long bodyBytes() {
        return bodies.length;
    }

    /** Returns the hash of a row's key; 0 in a collection without keys. */
    public long keyHash(int ordinal) {
        return keyHashes == null ? 0 : keyHashes[ordinal];
    }

    @Override
    public boolean isKeyed() {
        return keyHashes != null;
    }

    @Override
    public long[] keyHashes() {
        if (keyHashes == null) {
            throw new IllegalStateException("run: without keys");
        }
        return keyHashes;
    }

    @Override
    public int rowCount() {
        return highs.length;
    }

    @Override
    public long idHigh(int ordinal) {
        return highs[ordinal];
    }

    @Override
    public long idLow(int ordinal) {
        return lows[ordinal];
    }

    @Override
    public int lowerBound(long idHigh, long idLow) {
        int low = 0;
        int high = highs.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (DatapointId.compare(highs[middle], lows[middle], idHigh, idLow) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public long sequence(int ordinal) {
        return sequences[ordinal];
    }

    @Override
    public long ingestionMicros(int ordinal) {
        return ingestionMicros[ordinal];
    }

    @Override
    public long sequenceMin() {
        return sequenceMin;
    }

    @Override
    public long sequenceMax() {
        return sequenceMax;
    }

    @Override
    public long lastSequenceBefore(long micros) {
        long last = 0;
        for (int row = 0; row < sequences.length; row++) {
            if (ingestionMicros[row] < micros) {
                last = Math.max(last, sequences[row]);
            }
        }
        return last;
    }

    @Override
    public BoxColumn boxes() {
        return this;
    }

    @Override
    public float west(int ordinal) {
        return boxes[ordinal * SIDES];
    }

    @Override
    public float south(int ordinal) {
        return boxes[ordinal * SIDES + 1];
    }

    @Override
    public float east(int ordinal) {
        return boxes[ordinal * SIDES + 2];
    }

    @Override
    public float north(int ordinal) {
        return boxes[ordinal * SIDES + 3];
    }

    @Override
    public void copy(int first, int count, float[] into) {
        System.arraycopy(boxes, first * SIDES, into, 0, count * SIDES);
    }

    @Override
    public int[] keyCandidates(long keyHash, DatasetSchema schema) {
        KeyLookup known = keys;
        if (known == null) {
            known = keyHashes == null ? KeyLookup.read(this, schema) : new KeyLookup(keyHashes);
            keys = known;
        }
        return known.ordinals(keyHash);
    }

    @Override
    public RowCursor cursor() {
        return new Cursor();
    }

    private final class Cursor implements RowCursor {
        private int row;

        @Override
        public void seek(int ordinal) {
            row = ordinal;
        }

        @Override
        public byte[] bytes() {
            return bodies;
        }

        @Override
        public int offset() {
            return offsets[row];
        }

        @Override
        public int length() {
            return offsets[row + 1] - offsets[row];
        }

        @Override
        public long sequence() {
            return sequences[row];
        }

        @Override
        public long ingestionMicros() {
            return ingestionMicros[row];
        }
    }
}
