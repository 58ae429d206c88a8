package org.almagest.index.spatial;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import org.almagest.index.posting.PostingTableBuilder;

/**
 * Enters the boxes of rows in geohash cells and lays them out as {@link CellPostings}. One thread.
 *
 * <p>Precision follows from the rows: the finest, up to five characters, at which they are entered in at most two cells
 * each on average and there are at least 32 of them for each cell that has the centre of any. Where none is, cells have
 * one character. Both are taken from at most 32,768 rows, evenly chosen.
 */
public final class CellPostingsBuilder {
    private static final int SAMPLE_ROWS = 1 << 15;
    private static final int CELLS_PER_ROW = 2;
    private static final int ROWS_PER_CELL_MIN = 32;

    private final int rowCount;
    private final int precision;
    private final PostingTableBuilder table = new PostingTableBuilder();

    private CellPostingsBuilder(int rowCount, int precision) {
        this.rowCount = rowCount;
        this.precision = precision;
    }

    /**
     * Takes the boxes of all rows, in row order.
     *
     * @param boxes as {@link PackedTreeBuilder#of} takes them
     */
    public static CellPostingsBuilder of(ByteBuffer boxes) {
        ByteBuffer view = boxes.slice().order(boxes.order());
        int precision = CellPostings.PRECISION_MAX;
        while (precision > 1 && !isFit(view, precision)) {
            precision--;
        }
        CellPostingsBuilder builder = new CellPostingsBuilder(view.limit() / PackedTreeBuilder.ROW_BYTES, precision);
        for (int row = 0; row < builder.rowCount; row++) {
            for (long key : keys(view, row, precision)) {
                builder.table.add(key, row);
            }
        }
        return builder;
    }

    private static boolean isFit(ByteBuffer boxes, int precision) {
        int rowCount = boxes.limit() / PackedTreeBuilder.ROW_BYTES;
        int stride = Math.max(1, rowCount / SAMPLE_ROWS);
        long rows = 0;
        long entries = 0;
        BitSet centres = new BitSet();
        for (int row = 0; row < rowCount; row += stride) {
            long[] keys = keys(boxes, row, precision);
            if (keys.length > 0) {
                rows++;
                entries += keys.length;
                centres.set((int) keys[keys.length / 2]);
            }
        }
        return entries <= CELLS_PER_ROW * rows && (long) centres.cardinality() * ROWS_PER_CELL_MIN <= rows;
    }

    private static long[] keys(ByteBuffer boxes, int row, int precision) {
        int at = row * PackedTreeBuilder.ROW_BYTES;
        float south = boxes.getFloat(at + PackedTree.SOUTH);
        return Float.isNaN(south)
                ? new long[0]
                : CellPostings.keys(
                        boxes.getFloat(at),
                        south,
                        boxes.getFloat(at + PackedTree.EAST),
                        boxes.getFloat(at + PackedTree.NORTH),
                        precision);
    }

    /** Makes the bitmaps and returns how many bytes {@link #write} needs. */
    public int bodyBytes() {
        return CellPostings.TABLE_OFFSET + table.bodyBytes();
    }

    /** Writes the body at the position of a buffer. */
    public void write(ByteBuffer target) {
        ByteBuffer body = target.slice(target.position(), bodyBytes()).order(ByteOrder.LITTLE_ENDIAN);
        body.putInt(precision).putInt(0);
        table.write(body, rowCount);
        target.position(target.position() + bodyBytes());
    }
}
