package org.almagest.storage.encoding;

/** Writes digits of numbers eight at a time, as the bytes of a word of which the lowest is the first. */
final class DigitWords {
    /** How much higher than behind the digits letters begin: see {@link #putHex}. */
    static final int LOWER_ABOVE = 'a' - '9' - 1;

    static final int UPPER_ABOVE = 'A' - '9' - 1;

    private static final int DIGITS = Long.BYTES;
    /** Bytes that are written at most, those behind the digits included. */
    private static final int ROOM = DigitsContent.DIGITS_MAX + Long.BYTES;

    static final long EIGHT_DIGITS = 100_000_000;
    private static final long ZEROS = 0x3030303030303030L;
    private static final long ONES = 0x0101010101010101L;

    private DigitWords() {}

    /** Appends the last decimal digits of a number that is not negative, with zeros where it has fewer. */
    static void putDecimal(long number, int digits, ByteSink out) {
        out.ensure(ROOM);
        putDecimal(number, digits, out.bytes(), out.length());
        out.length(out.length() + digits);
    }

    /** Does so at an index of bytes, of which those up to seven behind the digits are overwritten. */
    static void putDecimal(long number, int digits, byte[] bytes, int at) {
        long upper = number < EIGHT_DIGITS ? 0 : number / EIGHT_DIGITS;
        long word = decimal((int) (number - upper * EIGHT_DIGITS));
        if (digits <= DIGITS) {
            ByteSink.set64(bytes, at, last(digits, word));
        } else {
            putDecimal(upper, digits - DIGITS, bytes, at);
            ByteSink.set64(bytes, at + digits - DIGITS, word);
        }
    }

    /** Writes the last digits, at most eight, of a number below 10^8; those up to seven bytes behind are overwritten. */
    static void putFew(int number, int digits, byte[] bytes, int at) {
        ByteSink.set64(bytes, at, last(digits, decimal(number)));
    }

    /**
     * Writes a number below 10^8 without needless zeros at an index of bytes and returns how many digits it has; those up
     * to seven behind them are overwritten.
     */
    static int putWhole(int number, byte[] bytes, int at) {
        long word = decimal(number);
        int zeros = Math.min(DIGITS - 1, Long.numberOfTrailingZeros(word ^ ZEROS) >>> 3);
        ByteSink.set64(bytes, at, word >>> zeros * Byte.SIZE);
        return DIGITS - zeros;
    }

    /**
     * Appends the last hexadecimal digits of a number.
     *
     * @param lettersAbove {@link #LOWER_ABOVE} or {@link #UPPER_ABOVE}
     */
    static void putHex(long number, int digits, int lettersAbove, ByteSink out) {
        out.ensure(ROOM);
        putHex(number, digits, lettersAbove, out.bytes(), out.length());
        out.length(out.length() + digits);
    }

    /** Does so at an index of bytes, of which those up to seven behind the digits are overwritten. */
    static void putHex(long number, int digits, int lettersAbove, byte[] bytes, int at) {
        long word = hex((int) number, lettersAbove);
        if (digits <= DIGITS) {
            ByteSink.set64(bytes, at, last(digits, word));
        } else {
            int rest = digits - DIGITS;
            ByteSink.set64(bytes, at, last(rest, hex((int) (number >>> Integer.SIZE), lettersAbove)));
            ByteSink.set64(bytes, at + rest, word);
        }
    }

    private static long last(int digits, long word) {
        return word >>> Long.SIZE - digits * Byte.SIZE;
    }

    /** Returns the eight digits of a number below 10^8. */
    static long decimal(int number) {
        int upper = number / 10_000;
        long fours = upper | (long) (number - upper * 10_000) << Integer.SIZE;
        // Within each half the first two digits: exact below 10,000; then the first of each two: exact below 100.
        long hundreds = fours * 10_486 >>> 20 & 0x0000_007F_0000_007FL;
        long twos = hundreds | fours - hundreds * 100 << Short.SIZE;
        long tens = twos * 103 >>> 10 & 0x000F_000F_000F_000FL;
        return (tens | twos - tens * 10 << Byte.SIZE) + ZEROS;
    }

    private static long hex(int number, int lettersAbove) {
        long spread = Integer.toUnsignedLong(Integer.reverseBytes(number));
        spread = (spread | spread << Short.SIZE) & 0x0000_FFFF_0000_FFFFL;
        spread = (spread | spread << Byte.SIZE) & 0x00FF_00FF_00FF_00FFL;
        long nibbles = spread >>> 4 & 0x000F_000F_000F_000FL | (spread & 0x000F_000F_000F_000FL) << Byte.SIZE;
        long letters = nibbles + 6 * ONES >>> 4 & ONES;
        return nibbles + ZEROS + letters * lettersAbove;
    }
}
