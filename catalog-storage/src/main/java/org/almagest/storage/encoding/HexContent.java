package org.almagest.storage.encoding;

import java.nio.charset.StandardCharsets;
import org.almagest.error.CorruptSectionException;

/** {@link Encoding#HEX}. */
final class HexContent extends ContentReader {
    static final int DIGITS_MAX = 16;
    private static final byte[] LOWER = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UPPER = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private final Packed numbers = new Packed();
    private int digits;
    private byte[] alphabet = LOWER;

    @Override
    public int open(PageBytes page, int at) throws CorruptSectionException {
        digits = page.u8(at);
        if (digits > DIGITS_MAX) {
            throw PageBytes.corrupt(digits + " hexadecimal digits (at most " + DIGITS_MAX + ")");
        }
        alphabet = page.u8(at + 1) == 0 ? LOWER : UPPER;
        return numbers.open(page, at + 2);
    }

    @Override
    public void put(int row, ByteSink out) {
        long number = numbers.get(row);
        int at = out.length();
        out.length(at + digits);
        byte[] bytes = out.bytes();
        byte[] letters = alphabet;
        for (int i = at + digits - 1; i >= at; i--) {
            bytes[i] = letters[(int) number & 15];
            number >>>= 4;
        }
    }
}
