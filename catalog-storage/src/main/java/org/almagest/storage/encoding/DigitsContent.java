package org.almagest.storage.encoding;

import org.almagest.error.CorruptSectionException;

/** {@link Encoding#DIGITS}. */
final class DigitsContent extends ContentReader {
    static final int DIGITS_MAX = 18;

    private final Packed numbers = new Packed();
    private int digits;
    private long end;

    @Override
    public int open(PageBytes page, int at) throws CorruptSectionException {
        digits = page.u8(at);
        if (digits > DIGITS_MAX) {
            throw PageBytes.corrupt(digits + " digits (at most " + DIGITS_MAX + ")");
        }
        end = 1;
        for (int i = 0; i < digits; i++) {
            end *= 10;
        }
        return numbers.open(page, at + 1);
    }

    @Override
    public void put(int row, ByteSink out) throws CorruptSectionException {
        long number = numbers.get(row);
        if (Long.compareUnsigned(number, end) >= 0) {
            throw PageBytes.corrupt("number " + Long.toUnsignedString(number) + " (at most " + digits + " digits)");
        }
        DigitWords.putDecimal(number, digits, out);
    }
}
