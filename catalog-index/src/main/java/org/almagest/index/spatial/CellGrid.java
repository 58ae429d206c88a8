package org.almagest.index.spatial;

/**
 * Columns and rows of the cells of {@link org.almagest.model.Geohash}, from which windows of cells are counted.
 *
 * <p>A cell of precision p is a number of 5p bits, those of its column and its row in turn.
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

    /** Returns the column of a cell. */
    static int column(long cell, int precision) {
        return (int) gather(isOdd(precision) ? cell : cell >>> 1);
    }

    /** Returns the row of a cell. */
    static int row(long cell, int precision) {
        return (int) gather(isOdd(precision) ? cell >>> 1 : cell);
    }

    /** Returns the cell at a column and a row. */
    static long cell(int column, int row, int precision) {
        long columns = spread(column);
        long rows = spread(row);
        return isOdd(precision) ? columns | rows << 1 : columns << 1 | rows;
    }

    /** An odd number of bits ends with one of longitude, an even number with one of latitude. */
    private static boolean isOdd(int precision) {
        return (precision & 1) != 0;
    }

    /** Moves bit i to bit 2i. */
    private static long spread(int value) {
        long bits = value & 0xffffffffL;
        bits = (bits | bits << 16) & 0x0000ffff0000ffffL;
        bits = (bits | bits << 8) & 0x00ff00ff00ff00ffL;
        bits = (bits | bits << 4) & 0x0f0f0f0f0f0f0f0fL;
        bits = (bits | bits << 2) & 0x3333333333333333L;
        return (bits | bits << 1) & 0x5555555555555555L;
    }

    /** Moves bit 2i to bit i. */
    private static long gather(long value) {
        long bits = value & 0x5555555555555555L;
        bits = (bits | bits >>> 1) & 0x3333333333333333L;
        bits = (bits | bits >>> 2) & 0x0f0f0f0f0f0f0f0fL;
        bits = (bits | bits >>> 4) & 0x00ff00ff00ff00ffL;
        bits = (bits | bits >>> 8) & 0x0000ffff0000ffffL;
        return (bits | bits >>> 16) & 0xffffffffL;
    }
}
