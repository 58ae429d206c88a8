package org.almagest.storage.run;

import java.util.BitSet;
import org.almagest.model.DatapointId;
import org.jspecify.annotations.Nullable;

/**
 * Rows by ascending id, each id once, as a {@link MemoryRun} keeps them. The arrays are shared, not copied: whoever makes
 * or receives them leaves them alone.
 *
 * @param highs the first eight bytes of each id
 * @param lows the last eight bytes of each id
 * @param boxes the index boxes: west, south, east, north of each row, NaN without a geometry
 * @param offsets where each body begins, and behind them where the last one ends
 * @param bodies the bodies, one behind the other
 * @param keyHashes the hash of each key; null without keys
 */
public record RowArrays(
        long[] highs, long[] lows, float[] boxes, int[] offsets, byte[] bodies, long @Nullable [] keyHashes) {
    /** How many sides a box has. */
    public static final int SIDES = 4;

    /** Returns room for rows; the caller fills it. */
    public static RowArrays of(int rows, int bodyBytes, MemoryRunBuilder.Keys keys) {
        return new RowArrays(
                new long[rows],
                new long[rows],
                new float[rows * SIDES],
                new int[rows + 1],
                new byte[bodyBytes],
                keys == MemoryRunBuilder.Keys.KEYED ? new long[rows] : null);
    }

    /** Returns how many rows there are. */
    public int count() {
        return highs.length;
    }

    /** Returns the id of a row. */
    public DatapointId id(int row) {
        return new DatapointId(highs[row], lows[row]);
    }

    /** Returns how many bytes ids and bodies have together. */
    public long bytes() {
        return (long) DatapointId.BYTES * count() + offsets[count()];
    }

    /** Returns the rows that are not among these; this itself where none is. */
    public RowArrays without(BitSet rows) {
        if (rows.isEmpty()) {
            return this;
        }
        BitSet kept = new BitSet(count());
        kept.set(0, count());
        kept.andNot(rows);
        return only(kept);
    }

    /** Returns these of the rows. */
    public RowArrays only(BitSet rows) {
        int bodyBytes = 0;
        for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
            bodyBytes += offsets[row + 1] - offsets[row];
        }
        boolean keyed = keyHashes != null;
        RowArrays kept =
                of(rows.cardinality(), bodyBytes, keyed ? MemoryRunBuilder.Keys.KEYED : MemoryRunBuilder.Keys.UNKEYED);
        int to = 0;
        for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
            kept.highs[to] = highs[row];
            kept.lows[to] = lows[row];
            System.arraycopy(boxes, row * SIDES, kept.boxes, to * SIDES, SIDES);
            if (keyHashes != null && kept.keyHashes != null) {
                kept.keyHashes[to] = keyHashes[row];
            }
            int length = offsets[row + 1] - offsets[row];
            System.arraycopy(bodies, offsets[row], kept.bodies, kept.offsets[to], length);
            kept.offsets[to + 1] = kept.offsets[to] + length;
            to++;
        }
        return kept;
    }
}
