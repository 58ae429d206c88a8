package org.almagest.model;

import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;

/**
 * Cells of the geohash grid, which halves the world in turn by longitude and by latitude.
 *
 * <p>It is halved five times for each character of a cell. A cell is known by its text, or by a number of five bits for each character whose order is the order of the text.
 * It holds its western and southern side; its eastern and northern side belong to the next cell, except that the last
 * cells hold longitude 180 and latitude 90. Every position is in one cell, to the last bit of its ordinates.
 */
public final class Geohash {
    /** The most characters a cell has; its sides are 0.00000034 by 0.00000017 degrees then. */
    public static final int PRECISION_MAX = 12;

    private static final int CHARACTER_BITS = 5;
    private static final int CHARACTER_MASK = 31;
    private static final String CHARACTERS = "0123456789bcdefghjkmnpqrstuvwxyz";

    private Geohash() {}

    /**
     * Returns the number of the cell that holds a position.
     *
     * @param longitude -180 to 180
     * @param latitude -90 to 90
     * @param precision characters of the cell, 1 to 12
     * @throws InvalidRequestException if one of them is beyond its bounds, or NaN
     */
    public static long cell(double longitude, double latitude, int precision) {
        int bits = bitsOf(precision);
        checkOrdinate("geohash: longitude", longitude, BoundingBox.GLOBE.east());
        checkOrdinate("geohash: latitude", latitude, BoundingBox.GLOBE.north());
        long column = step(longitude, BoundingBox.GLOBE.west(), BoundingBox.GLOBE.east(), columnBits(bits));
        long row = step(latitude, BoundingBox.GLOBE.south(), BoundingBox.GLOBE.north(), rowBits(bits));
        return interleaved(column, row, bits);
    }

    private static int bitsOf(int precision) {
        if (precision < 1 || precision > PRECISION_MAX) {
            throw new InvalidRequestException(
                    "geohash: precision", precision + " (expected 1 to " + PRECISION_MAX + ")");
        }
        return precision * CHARACTER_BITS;
    }

    private static void checkOrdinate(String subject, double value, double most) {
        if (!(Math.abs(value) <= most)) {
            throw new InvalidRequestException(subject, value + " (expected -" + (int) most + " to " + (int) most + ")");
        }
    }

    private static void checkCell(long cell, int bits) {
        if (cell >>> bits != 0) {
            throw new InvalidRequestException("geohash: cell", cell + " (expected a number of " + bits + " bits)");
        }
    }

    private static int columnBits(int bits) {
        return (bits + 1) / 2;
    }

    private static int rowBits(int bits) {
        return bits / 2;
    }

    /** Returns which of the equal parts of a span a value lies in; the last also has the end of the span. */
    private static long step(double value, double low, double high, int bits) {
        double width = (high - low) / (1L << bits); // a power of two, so sides are exact
        long step = Math.min((long) ((value - low) / width), (1L << bits) - 1);
        // The division may round over a side, which is exact itself.
        if (value < low + step * width) {
            return step - 1;
        }
        boolean beyond = value >= low + (step + 1) * width && step + 1 < 1L << bits;
        return beyond ? step + 1 : step;
    }

    private static long interleaved(long column, long row, int bits) {
        // Longitude has the first bit, so with an odd number of bits it has the last one too.
        boolean columnLast = bits % 2 == 1;
        return spread(columnLast ? column : row) | spread(columnLast ? row : column) << 1;
    }

    /** Returns the lower 32 bits with a zero before each. */
    private static long spread(long bits) {
        long spread = bits;
        spread = (spread | spread << 16) & 0x0000FFFF0000FFFFL;
        spread = (spread | spread << 8) & 0x00FF00FF00FF00FFL;
        spread = (spread | spread << 4) & 0x0F0F0F0F0F0F0F0FL;
        spread = (spread | spread << 2) & 0x3333333333333333L;
        return (spread | spread << 1) & 0x5555555555555555L;
    }

    /** Returns every other bit, from the last on. */
    private static long gathered(long spread) {
        long bits = spread & 0x5555555555555555L;
        bits = (bits | bits >>> 1) & 0x3333333333333333L;
        bits = (bits | bits >>> 2) & 0x0F0F0F0F0F0F0F0FL;
        bits = (bits | bits >>> 4) & 0x00FF00FF00FF00FFL;
        bits = (bits | bits >>> 8) & 0x0000FFFF0000FFFFL;
        return (bits | bits >>> 16) & 0x00000000FFFFFFFFL;
    }

    /**
     * Returns the text of a cell, such as {@code u0qj8}.
     *
     * @param cell the number of the cell
     * @param precision characters of the cell, 1 to 12
     * @throws InvalidRequestException if the precision is another one, or the number one of more bits
     */
    public static String text(long cell, int precision) {
        checkCell(cell, bitsOf(precision));
        char[] text = new char[precision];
        for (int i = precision - 1, shift = 0; i >= 0; i--, shift += CHARACTER_BITS) {
            text[i] = CHARACTERS.charAt((int) (cell >>> shift) & CHARACTER_MASK);
        }
        return new String(text);
    }

    /**
     * Returns the number of the cell with this text, whose length is the precision.
     *
     * @throws InvalidRequestException if the text is not 1 to 12 characters of geohash, in lower case
     */
    public static long parse(String text) {
        long cell = 0;
        boolean valid = !text.isEmpty() && text.length() <= PRECISION_MAX;
        for (int i = 0; i < text.length() && valid; i++) {
            int digit = CHARACTERS.indexOf(text.charAt(i));
            valid = digit >= 0;
            cell = cell << CHARACTER_BITS | digit;
        }
        if (!valid) {
            throw new InvalidRequestException(
                    "geohash", Quoted.text(text) + " (expected 1 to 12 characters of " + CHARACTERS + ")");
        }
        return cell;
    }

    /**
     * Returns the sides of a cell.
     *
     * @throws InvalidRequestException if the text is not that of a cell
     */
    public static BoundingBox box(String text) {
        return box(parse(text), text.length() * CHARACTER_BITS);
    }

    /**
     * Returns the sides of a cell, or of what is halved on the way to one.
     *
     * @param cell the number of the cell
     * @param bits how often the world was halved, 0 to 60: five times for each character
     * @throws InvalidRequestException if the number of bits is another one, or the cell has more
     */
    public static BoundingBox box(long cell, int bits) {
        if (bits < 0 || bits > PRECISION_MAX * CHARACTER_BITS) {
            throw new InvalidRequestException(
                    "geohash: bits", bits + " (expected 0 to " + PRECISION_MAX * CHARACTER_BITS + ")");
        }
        checkCell(cell, bits);
        boolean columnLast = bits % 2 == 1;
        long column = gathered(columnLast ? cell : cell >>> 1);
        long row = gathered(columnLast ? cell >>> 1 : cell);
        double width = BoundingBox.GLOBE.widthDegrees() / (1L << columnBits(bits));
        double height = (BoundingBox.GLOBE.north() - BoundingBox.GLOBE.south()) / (1L << rowBits(bits));
        double west = BoundingBox.GLOBE.west() + column * width;
        double south = BoundingBox.GLOBE.south() + row * height;
        return BoundingBox.of(west, south, west + width, south + height);
    }
}
