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
        while (number > Integer.MAX_VALUE && i > at) {
            long rest = number / 10;
            bytes[--i] = (byte) ('0' + (int) (number - rest * 10));
            number = rest;
        }
        int low = (int) number;
        while (i > at) {
            int rest = low / 10;
            bytes[--i] = (byte) ('0' + low - rest * 10);
            low = rest;
        }
    }
}
