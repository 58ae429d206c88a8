package org.almagest.index.spatial;

/**
 * Columns and rows of the cells of {@link org.almagest.model.Geohash}, from the west and from the south.
 */
final class CellGrid {
    private static final int CHARACTER_BITS = 5;

    private CellGrid() {}

    /** Returns how many columns of cells there are; a power of two. */
    static int columns(int precision) {
        return 1 << (CHARACTER_BITS * precision + 1) / 2;
    }

    /** Returns how many rows of cells there are; a power of two. */
    private static int rows(int precision) {
        return 1 << CHARACTER_BITS * precision / 2;
    }

    /** Returns the column of a longitude, from -180 to 180. */
    static int column(double longitude, int precision) {
        int columns = columns(precision);
        int column = Math.max(0, Math.min((int) ((longitude + 180) / 360 * columns), columns - 1));
        // The sum may round up to a side that the position is below.
        return column > 0 && longitude < -180 + column * (360.0 / columns) ? column - 1 : column;
    }

    /** Returns the row of a latitude, from -90 to 90. */
    static int row(double latitude, int precision) {
        int rows = rows(precision);
        int row = Math.max(0, Math.min((int) ((latitude + 90) / 180 * rows), rows - 1));
        return row > 0 && latitude < -90 + row * (180.0 / rows) ? row - 1 : row;
    }
}
