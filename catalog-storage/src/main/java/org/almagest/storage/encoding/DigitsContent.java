package org.almagest.storage.encoding;

import org.almagest.error.CorruptSectionException;

/** {@link Encoding#DIGITS}. */
final class DigitsContent extends ContentReader {
    static final int DIGITS_MAX = 18;

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
        if (number < 0) {
            throw PageBytes.corrupt("digits of " + number);
        }
        int at = out.length();
        out.length(at + digits);
        byte[] bytes = out.bytes();
        int i = at + digits;
        while (number > Integer.MAX_VALUE && i > at + 1) {
            long rest = number / 100;
            i -= 2;
            DigitPairs.put(bytes, i, (int) (number - rest * 100));
            number = rest;
        }
        // What is left has more digits than there is room for only where the page was damaged.
        int low = (int) number;
        while (i > at + 1) {
            int rest = low / 100;
            i -= 2;
            DigitPairs.put(bytes, i, low - rest * 100);
            low = rest;
        }
        if (i > at) {
            bytes[at] = (byte) ('0' + low % 10);
        }
    }
}
