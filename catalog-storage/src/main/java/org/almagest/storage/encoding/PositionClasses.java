package org.almagest.storage.encoding;

/** What the texts of a column, all of one length, have at each position. Stateless. */
final class PositionClasses {
    /** All rows have a decimal digit. */
    static final int DIGIT = 1;
    /** All rows have a lower-case hexadecimal digit. */
    static final int HEX_LOWER = 2;
    /** All rows have an upper-case hexadecimal digit. */
    static final int HEX_UPPER = 4;
    /** All rows have the same. */
    static final int EQUAL = 8;

    /** Shorter texts of hexadecimal digits that also have letters are more likely words. */
    private static final int HEX_DIGITS_MIN = 4;

    private static final byte[] CLASSES = new byte[256];

    static {
        for (int b = '0'; b <= '9'; b++) {
            CLASSES[b] = DIGIT | HEX_LOWER | HEX_UPPER;
        }
        for (int b = 'a'; b <= 'f'; b++) {
            CLASSES[b] = HEX_LOWER;
            CLASSES[b - 'a' + 'A'] = HEX_UPPER;
        }
    }

    /** The highest bit of each of eight bytes, and the lowest. */
    private static final long HIGH_BITS = 0x8080808080808080L;

    private static final long LOW_BITS = 0x0101010101010101L;

    private PositionClasses() {}

    /** Returns for each position what holds for all rows there: a sum of the constants. */
    static byte[] of(Slices values, int first, int length) {
        return length < Long.BYTES ? ofShort(values, first, length) : ofLong(values, first, length);
    }

    private static byte[] ofLong(Slices values, int first, int length) {
        byte[] all = new byte[length];
        for (int from = 0; from < length; from += Long.BYTES) {
            ofEight(values, first, Math.min(from, length - Long.BYTES), all);
        }
        return all;
    }

    /** Fills in what holds at eight positions, which are looked at in one number. */
    private static void ofEight(Slices values, int first, int from, byte[] all) {
        byte[] bytes = values.bytes;
        long model = ByteSink.get64(bytes, values.starts[first] + from);
        long differs = 0;
        long digits = HIGH_BITS;
        long lower = HIGH_BITS;
        long upper = HIGH_BITS;
        for (int row = first; row < values.rows; row++) {
            if (values.starts[row] < 0) {
                continue;
            }
            long eight = ByteSink.get64(bytes, values.starts[row] + from);
            long digit = between(eight, '0', '9');
            differs |= eight ^ model;
            digits &= digit;
            lower &= digit | between(eight, 'a', 'f');
            upper &= digit | between(eight, 'A', 'F');
        }
        for (int i = 0; i < Long.BYTES; i++) {
            int shift = i * Byte.SIZE;
            all[from + i] = (byte) (((digits >>> shift & 0x80) == 0 ? 0 : DIGIT)
                    | ((lower >>> shift & 0x80) == 0 ? 0 : HEX_LOWER)
                    | ((upper >>> shift & 0x80) == 0 ? 0 : HEX_UPPER)
                    | ((differs >>> shift & 0xFF) == 0 ? EQUAL : 0));
        }
    }

    /** Returns the highest bit of each of eight bytes that lies between two characters, both included. */
    private static long between(long eight, char low, char high) {
        long seven = eight | HIGH_BITS; // so that no byte borrows from the next
        long atLeast = seven - LOW_BITS * low;
        long above = seven - LOW_BITS * (high + 1);
        return atLeast & ~above & ~eight & HIGH_BITS;
    }

    private static byte[] ofShort(Slices values, int first, int length) {
        byte[] all = new byte[length];
        byte[] differs = new byte[length];
        byte[] bytes = values.bytes;
        int model = values.starts[first];
        for (int i = 0; i < length; i++) {
            all[i] = CLASSES[bytes[model + i] & 0xFF];
        }
        for (int row = first + 1; row < values.rows; row++) {
            int start = values.starts[row];
            if (start < 0) {
                continue;
            }
            for (int i = 0; i < length; i++) {
                differs[i] |= (byte) (bytes[start + i] ^ bytes[model + i]);
                all[i] &= CLASSES[bytes[start + i] & 0xFF];
            }
        }
        for (int i = 0; i < length; i++) {
            all[i] |= (byte) (differs[i] == 0 ? EQUAL : 0);
        }
        return all;
    }

    /** Returns where the run that begins at a position ends: all of it equal, or digits, or other texts. */
    static int runEnd(byte[] classes, int from, int length) {
        boolean equal = (classes[from] & EQUAL) != 0;
        int common = classes[from] & ~EQUAL;
        int to = from + 1;
        while (to < length && (classes[to] & EQUAL) != 0 == equal) {
            int next = classes[to] & ~EQUAL;
            boolean other = (common == 0) != (next == 0) || common != 0 && (common & next) == 0;
            // At least, not just equal: digits that a letter follows may be longer already than a run with that letter.
            if (!equal && (other || to - from >= max(common & next))) {
                break;
            }
            common &= next;
            to++;
        }
        return to;
    }

    private static int max(int common) {
        if (common == 0) {
            return Integer.MAX_VALUE;
        }
        return (common & DIGIT) != 0 ? DigitsContent.DIGITS_MAX : HexContent.DIGITS_MAX;
    }

    /** Returns what a run is: {@link #EQUAL}, a sum of the others, or 0 for any text. */
    static int kind(byte[] classes, int from, int to) {
        int common = DIGIT | HEX_LOWER | HEX_UPPER | EQUAL;
        for (int i = from; i < to; i++) {
            common &= classes[i];
        }
        if ((common & EQUAL) != 0) {
            return EQUAL;
        }
        boolean word = (common & DIGIT) == 0 && to - from < HEX_DIGITS_MIN;
        return word ? 0 : common;
    }
}
