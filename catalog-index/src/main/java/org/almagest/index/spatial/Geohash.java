package org.almagest.index.spatial;

import org.almagest.error.InvalidRequestException;
import org.almagest.model.BoundingBox;

/**
 * Geohash cells: longitude and latitude halved in turn, longitude first, five bits for each character of the text form.
 *
 * <p>A cell of precision p is a number of 5p bits. It includes its western and southern side; the cells at longitude 180
 * and latitude 90 include these as well. Sides are exact in float64.
 */
public final class Geohash {
    /** The most characters. */
    public static final int PRECISION_MAX = 12;

    /** Returned by {@link #neighbour} beyond a pole. */
    public static final long NO_CELL = -1;

    private static final int CHARACTER_BITS = 5;
    private static final String ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz";

    private Geohash() {}

    /** Returns the cell of a position in degrees. */
    public static long cell(double longitude, double latitude, int precision) {
        return interleave(column(longitude, precision), row(latitude, precision), precision);
    }

    /** Returns the text form of a cell. */
    public static String text(long cell, int precision) {
        check(precision);
        char[] text = new char[precision];
        for (int i = 0; i < precision; i++) {
            text[i] = ALPHABET.charAt((int) (cell >>> CHARACTER_BITS * (precision - 1 - i)) & ALPHABET.length() - 1);
        }
        return new String(text);
    }

    /**
     * Returns the cell of a text form, whose length is its precision; upper case reads as lower case.
     *
     * @throws InvalidRequestException if the text is empty, too long or has another character
     */
    public static long parse(String text) {
        if (text.isEmpty() || text.length() > PRECISION_MAX) {
            throw new InvalidRequestException(
                    "geohash", text.length() + " characters (expected 1 to " + PRECISION_MAX + ")");
        }
        long cell = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(Character.toLowerCase(text.charAt(i)));
            if (digit < 0) {
                throw new InvalidRequestException(
                        "geohash", "\"" + text + "\": character " + i + " is none of " + ALPHABET);
            }
            cell = cell << CHARACTER_BITS | digit;
        }
        return cell;
    }

    /** Returns the sides of a cell. */
    public static BoundingBox box(long cell, int precision) {
        int column = column(cell, precision);
        int row = row(cell, precision);
        return new BoundingBox(
                west(column, precision), south(row, precision), west(column + 1, precision), south(row + 1, precision));
    }

    /** Returns the cell of a lower precision that holds a cell. */
    public static long parent(long cell, int precision, int lower) {
        assert lower >= 0 && lower <= precision : lower;
        return cell >>> CHARACTER_BITS * (precision - lower);
    }

    /**
     * Returns the cell so many cells to the east and to the north, negative for west and south; {@link #NO_CELL} beyond a
     * pole. Beyond longitude 180 it goes on at -180.
     */
    public static long neighbour(long cell, int precision, int east, int north) {
        int row = row(cell, precision) + north;
        if (row < 0 || row >= rows(precision)) {
            return NO_CELL;
        }
        return interleave(Math.floorMod(column(cell, precision) + east, columns(precision)), row, precision);
    }

    /** Returns how many cells meet a box, sides included, where longitude 180 equals -180. */
    public static long coverCount(BoundingBox box, int precision) {
        return CellWindow.of(box, precision).count();
    }

    /**
     * Returns the cells that meet a box, sides included, where longitude 180 equals -180; from south to north.
     *
     * @throws InvalidRequestException if there are more than {@code countMax}
     */
    public static long[] cover(BoundingBox box, int precision, int countMax) {
        CellWindow window = CellWindow.of(box, precision);
        if (window.count() > countMax) {
            throw new InvalidRequestException("geohash", window.count() + " cells (at most " + countMax + ")");
        }
        return window.cells();
    }

    /** Returns how many columns of cells there are; a power of two. */
    static int columns(int precision) {
        return 1 << columnBits(precision);
    }

    /** Returns how many rows of cells there are; a power of two. */
    static int rows(int precision) {
        return 1 << rowBits(precision);
    }

    static int column(double longitude, int precision) {
        int columns = columns(precision);
        int column = Math.max(0, Math.min((int) ((longitude + 180) / 360 * columns), columns - 1));
        // The sum may round up to a side that the position is below.
        return column > 0 && longitude < west(column, precision) ? column - 1 : column;
    }

    static int row(double latitude, int precision) {
        int rows = rows(precision);
        int row = Math.max(0, Math.min((int) ((latitude + 90) / 180 * rows), rows - 1));
        return row > 0 && latitude < south(row, precision) ? row - 1 : row;
    }

    static int column(long cell, int precision) {
        return (int) gather(isOdd(precision) ? cell : cell >>> 1);
    }

    static int row(long cell, int precision) {
        return (int) gather(isOdd(precision) ? cell >>> 1 : cell);
    }

    static long interleave(int column, int row, int precision) {
        long columns = spread(column);
        long rows = spread(row);
        return isOdd(precision) ? columns | rows << 1 : columns << 1 | rows;
    }

    private static double west(int column, int precision) {
        return -180 + column * (360.0 / columns(precision));
    }

    private static double south(int row, int precision) {
        return -90 + row * (180.0 / rows(precision));
    }

    private static int columnBits(int precision) {
        check(precision);
        return (CHARACTER_BITS * precision + 1) / 2;
    }

    private static int rowBits(int precision) {
        check(precision);
        return CHARACTER_BITS * precision / 2;
    }

    /** An odd number of bits ends with one of longitude, an even number with one of latitude. */
    private static boolean isOdd(int precision) {
        return (precision & 1) != 0;
    }

    private static void check(int precision) {
        if (precision < 0 || precision > PRECISION_MAX) {
            throw new InvalidRequestException("geohash", "precision " + precision + " (at most " + PRECISION_MAX + ")");
        }
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
