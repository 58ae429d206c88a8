package org.almagest.index.posting;

import org.roaringbitmap.BatchIterator;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;
import org.roaringbitmap.buffer.MutableRoaringBitmap;

/** A set of row ordinals, compressed. Immutable, safe to share between threads while the bytes behind it live. */
public final class RowSet {
    /** No row. */
    public static final RowSet EMPTY = new RowSet(new MutableRoaringBitmap());

    private static final int BATCH_ROWS = 256;

    private final ImmutableRoaringBitmap rows;

    RowSet(ImmutableRoaringBitmap rows) {
        this.rows = rows;
    }

    /** Returns the rows as a bitmap, not to be changed. */
    public ImmutableRoaringBitmap bitmap() {
        return rows;
    }

    /** Returns how many rows there are. */
    public int count() {
        return rows.getCardinality();
    }

    /** Returns how many rows of [firstRow, endRow) there are. */
    public int count(int firstRow, int endRow) {
        return firstRow >= endRow ? 0 : (int) rows.rangeCardinality(firstRow, endRow);
    }

    /** Returns whether a row is in the set. */
    public boolean contains(int row) {
        return rows.contains(row);
    }

    /** Appends the rows of [firstRow, endRow), ascending; returns how many. */
    public int append(int firstRow, int endRow, RowBuffer out) {
        int from = out.count();
        if (firstRow >= endRow) {
            return 0;
        }
        int[] batch = new int[BATCH_ROWS];
        BatchIterator iterator = rows.getBatchIterator();
        iterator.advanceIfNeeded(firstRow);
        while (iterator.hasNext()) {
            int read = iterator.nextBatch(batch);
            int[] target = out.reserve(read);
            int count = out.count();
            for (int i = 0; i < read; i++) {
                target[count] = batch[i];
                count += batch[i] >= firstRow & batch[i] < endRow ? 1 : 0;
            }
            out.advanceTo(count);
            if (read > 0 && batch[read - 1] >= endRow) {
                break;
            }
        }
        return out.count() - from;
    }
}
