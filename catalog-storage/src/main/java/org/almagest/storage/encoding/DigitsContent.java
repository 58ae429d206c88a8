package org.almagest.storage.encoding;

import org.almagest.error.CorruptSectionException;

/** {@link Encoding#DIGITS}. */
final class DigitsContent extends ContentReader {
    static final int DIGITS_MAX = 18;

    /** By digits, the first number that has more. */
    private static final long[] ENDS = new long[DIGITS_MAX + 1];

    static {
        ENDS[0] = 1;
        for (int digits = 1; digits <= DIGITS_MAX; digits++) {
            ENDS[digits] = 10 * ENDS[digits - 1];
        }
    }

    private final Packed numbers = new Packed();
    private int digits;

    @Override
    public int open(PageBytes page, int at) throws CorruptSectionException {
        digits = page.u8(at);
        if (digits > DIGITS_MAX) {
            throw PageBytes.corrupt(digits + " digits (at most " + DIGITS_MAX + ")");
        }
        return numbers.open(page, at + 1);
    }

    @Override
    public void put(int row, ByteSink out) throws CorruptSectionException {
        long number = numbers.get(row);
        check(number, digits);
        DigitWords.putDecimal(number, digits, out);
    }

    @Override
    boolean addTo(ContentPieces pieces) throws CorruptSectionException {
        if (numbers.isConstant()) {
            put(0, pieces.literals());
        } else {
            pieces.digits(digits, numbers);
        }
        return true;
    }

    /** Refuses a number that has more digits, or a sign. */
    static void check(long number, int digits) throws CorruptSectionException {
        if (Long.compareUnsigned(number, ENDS[digits]) >= 0) {
            throw PageBytes.corrupt("number " + Long.toUnsignedString(number) + " (at most " + digits + " digits)");
        }
    }
}
