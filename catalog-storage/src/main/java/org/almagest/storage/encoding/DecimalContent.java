package org.almagest.storage.encoding;

import org.almagest.error.CorruptSectionException;

/** {@link Encoding#DECIMAL}: a sign, digits without needless zeros, a point where there is a fraction. */
final class DecimalContent extends ContentReader {
    static final int SCALE_MAX = 17;
    static final int DIGITS_MAX = 18;
    /** Bytes of the longest text. */
    static final int TEXT_MAX = 22;

    private final Packed numbers = new Packed();
    private final byte[] text = new byte[TEXT_MAX];
    private int scale;

    @Override
    public int open(PageBytes page, int at) throws CorruptSectionException {
        scale = page.u8(at);
        if (scale > SCALE_MAX) {
            throw PageBytes.corrupt("decimals of " + scale + " digits (at most " + SCALE_MAX + ")");
        }
        return numbers.open(page, at + 1);
    }

    @Override
    public void put(int row, ByteSink out) throws CorruptSectionException {
        int start = text(numbers.get(row), scale, text);
        out.put(text, start, TEXT_MAX - start);
    }

    @Override
    boolean addTo(ContentPieces pieces) throws CorruptSectionException {
        if (numbers.isConstant()) {
            put(0, pieces.literals());
        } else {
            pieces.decimal(scale, numbers);
        }
        return true;
    }

    /** Writes a number at the end of {@link #TEXT_MAX} bytes and returns where it begins. */
    static int text(long number, int scale, byte[] text) throws CorruptSectionException {
        long rest = Math.abs(number);
        if (rest < 0) {
            throw PageBytes.corrupt("decimal of " + number);
        }
        int at = TEXT_MAX;
        int places = scale;
        boolean fraction = false;
        if (rest <= Integer.MAX_VALUE && places == 0) {
            at = putWhole((int) rest, text);
            if (number < 0) {
                text[--at] = '-';
            }
            return at;
        }
        while (places > 0) {
            long tenth = rest / 10;
            int digit = (int) (rest - tenth * 10);
            if (fraction || digit != 0) {
                text[--at] = (byte) ('0' + digit);
                fraction = true;
            }
            rest = tenth;
            places--;
        }
        if (fraction) {
            text[--at] = '.';
        }
        do {
            long tenth = rest / 10;
            text[--at] = (byte) ('0' + (int) (rest - tenth * 10));
            rest = tenth;
        } while (rest != 0);
        if (number < 0) {
            text[--at] = '-';
        }
        return at;
    }

    private static int putWhole(int whole, byte[] text) {
        int at = TEXT_MAX;
        int left = whole;
        while (left >= 100) {
            int rest = left / 100;
            at -= 2;
            DigitPairs.put(text, at, left - rest * 100);
            left = rest;
        }
        if (left >= 10) {
            at -= 2;
            DigitPairs.put(text, at, left);
        } else {
            text[--at] = (byte) ('0' + left);
        }
        return at;
    }

    /**
     * Returns how many digits stand after the point of a text that this encoding gives back; -1 where it is none.
     *
     * @param end the index after the text
     */
    static int scaleOf(byte[] bytes, int start, int end) {
        int at = start < end && bytes[start] == '-' ? start + 1 : start;
        if (end - at < 1 || end - at > DIGITS_MAX) {
            return -1;
        }
        int point = -1;
        boolean zero = true;
        for (int i = at; i < end; i++) {
            byte b = bytes[i];
            if (b == '.' && point < 0 && i > at) {
                point = i;
            } else if (b < '0' || b > '9') {
                return -1;
            } else {
                zero &= b == '0';
            }
        }
        int wholeDigits = (point < 0 ? end : point) - at;
        boolean needless = wholeDigits > 1 && bytes[at] == '0' || point >= 0 && bytes[end - 1] == '0';
        if (needless || point == end - 1 || zero && at > start) {
            return -1;
        }
        return point < 0 ? 0 : end - 1 - point;
    }

    /** Returns the number without its point, of a text whose scale is known and not above {@code scale}. */
    static long numberOf(byte[] bytes, int start, int end, int scale) {
        boolean negative = bytes[start] == '-';
        long number = 0;
        int places = -1;
        for (int i = negative ? start + 1 : start; i < end; i++) {
            if (bytes[i] == '.') {
                places = 0;
            } else {
                number = number * 10 + (bytes[i] - '0');
                places += places < 0 ? 0 : 1;
            }
        }
        for (int i = Math.max(places, 0); i < scale; i++) {
            number *= 10;
        }
        return negative ? -number : number;
    }
}
