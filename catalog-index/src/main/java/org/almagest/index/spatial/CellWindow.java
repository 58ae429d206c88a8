package org.almagest.index.spatial;

import org.almagest.model.BoundingBox;

/**
 * The cells of one precision that meet a box: rows of latitude from low to high, and columns of longitude in one or two
 * ranges, the second one empty when its low is above its high. The ranges share no column.
 */
record CellWindow(Columns first, Columns second, int lowRow, int highRow) {
    private static final double LONGITUDE_MAX = 180;
    private static final Columns NO_COLUMNS = new Columns(0, -1);

    /** Columns from low to high. */
    record Columns(int low, int high) {
        int count() {
            return high - low + 1;
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
        return new CellWindow(window.first, across, window.lowRow, window.highRow);
    }

    /** Returns the cells that share a position with the sides of a box; west above east wraps. */
    static CellWindow ofSides(double west, double south, double east, double north, int precision) {
        int low = CellGrid.column(west, precision);
        int high = CellGrid.column(east, precision);
        int last = CellGrid.columns(precision) - 1;
        int lowRow = CellGrid.row(south, precision);
        int highRow = CellGrid.row(north, precision);
        if (west <= east) {
            return new CellWindow(new Columns(low, high), NO_COLUMNS, lowRow, highRow);
        }
        if (low <= high) {
            return new CellWindow(new Columns(0, last), NO_COLUMNS, lowRow, highRow);
        }
        return new CellWindow(new Columns(low, last), new Columns(0, high), lowRow, highRow);
    }
}
