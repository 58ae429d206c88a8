package org.almagest.index.spatial;

import org.almagest.model.BoundingBox;

/**
 * The cells of one precision that meet a box: rows of latitude from low to high, and columns of longitude in one or two
 * ranges, the second one empty when its low is above its high. The ranges share no column.
 */
record CellWindow(int precision, Columns first, Columns second, int lowRow, int highRow) {
    private static final double LONGITUDE_MAX = 180;
    private static final Columns NO_COLUMNS = new Columns(0, -1);

    /** Columns from low to high. */
    record Columns(int low, int high) {
        int count() {
            return high - low + 1;
        }

        boolean contains(int column) {
            return column >= low && column <= high;
        }
    }

    /** Returns the cells that share a position with a box, where longitude 180 equals -180. */
    static CellWindow of(BoundingBox box, int precision) {
        CellWindow window = ofSides(box.west(), box.south(), box.east(), box.north(), precision);
        int last = CellGrid.columns(precision) - 1;
        boolean touchesEast = !box.wraps() && box.east() == LONGITUDE_MAX;
        boolean touchesWest = !box.wraps() && box.west() == -LONGITUDE_MAX;
        Columns across = touchesEast && window.first.low > 0
                ? new Columns(0, 0)
                : touchesWest && window.first.high < last ? new Columns(last, last) : window.second;
        return new CellWindow(precision, window.first, across, window.lowRow, window.highRow);
    }

    /** Returns the cells that share a position with the sides of a box; west above east wraps. */
    static CellWindow ofSides(double west, double south, double east, double north, int precision) {
        int low = CellGrid.column(west, precision);
        int high = CellGrid.column(east, precision);
        int last = CellGrid.columns(precision) - 1;
        int lowRow = CellGrid.row(south, precision);
        int highRow = CellGrid.row(north, precision);
        if (west <= east) {
            return new CellWindow(precision, new Columns(low, high), NO_COLUMNS, lowRow, highRow);
        }
        if (low <= high) {
            return new CellWindow(precision, new Columns(0, last), NO_COLUMNS, lowRow, highRow);
        }
        return new CellWindow(precision, new Columns(low, last), new Columns(0, high), lowRow, highRow);
    }

    long count() {
        return (highRow - lowRow + 1L) * (first.count() + second.count());
    }

    boolean contains(long cell) {
        int row = CellGrid.row(cell, precision);
        int column = CellGrid.column(cell, precision);
        return row >= lowRow && row <= highRow && (first.contains(column) || second.contains(column));
    }

    long[] cells() {
        long[] cells = new long[Math.toIntExact(count())];
        int next = 0;
        for (int row = lowRow; row <= highRow; row++) {
            next = add(row, first, cells, next);
            next = add(row, second, cells, next);
        }
        return cells;
    }

    private int add(int row, Columns columns, long[] cells, int from) {
        int next = from;
        for (int column = columns.low; column <= columns.high; column++) {
            cells[next++] = CellGrid.cell(column, row, precision);
        }
        return next;
    }
}
