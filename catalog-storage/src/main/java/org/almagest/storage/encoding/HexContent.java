package org.almagest.storage.encoding;

import org.almagest.error.CorruptSectionException;

/** {@link Encoding#HEX}. */
final class HexContent extends ContentReader {
    static final int DIGITS_MAX = 16;

    private final Packed numbers = new Packed();
    private int digits;
    private int lettersAbove = DigitWords.LOWER_ABOVE;

    @Override
    public int open(PageBytes page, int at) throws CorruptSectionException {
        digits = page.u8(at);
        if (digits > DIGITS_MAX) {
            throw PageBytes.corrupt(digits + " hexadecimal digits (at most " + DIGITS_MAX + ")");
        }
        lettersAbove = page.u8(at + 1) == 0 ? DigitWords.LOWER_ABOVE : DigitWords.UPPER_ABOVE;
        return numbers.open(page, at + 2);
    }

    @Override
    public void put(int row, ByteSink out) {
        DigitWords.putHex(numbers.get(row), digits, lettersAbove, out);
    }

    @Override
    boolean addTo(ContentPieces pieces) {
        if (numbers.isConstant()) {
            put(0, pieces.literals());
        } else {
            pieces.hex(digits, lettersAbove, numbers);
        }
        return true;
    }
}
