package org.almagest.server.keys;

import java.util.Optional;

/** Crockford's base 32 in lower case: five bits a digit, most significant first, zeros to fill the last digit. */
final class Crockford {
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int BITS = 5;

    private Crockford() {}

    /** Returns as many digits as the bytes need. */
    static String encode(byte[] bytes) {
        StringBuilder out = new StringBuilder((bytes.length * Byte.SIZE + BITS - 1) / BITS);
        int held = 0;
        int heldBits = 0;
        for (byte next : bytes) {
            held = held << Byte.SIZE | Byte.toUnsignedInt(next);
            heldBits += Byte.SIZE;
            while (heldBits >= BITS) {
                heldBits -= BITS;
                out.append(DIGITS.charAt(held >> heldBits & 31));
            }
            held &= (1 << heldBits) - 1;
        }
        if (heldBits > 0) {
            out.append(DIGITS.charAt(held << BITS - heldBits & 31));
        }
        return out.toString();
    }

    /** Returns the highest {@code digitCount * 5} bits of a number as digits. */
    static String encodeHigh(long bits, int digitCount) {
        StringBuilder out = new StringBuilder(digitCount);
        for (int i = 1; i <= digitCount; i++) {
            out.append(DIGITS.charAt((int) (bits >>> Long.SIZE - BITS * i) & 31));
        }
        return out.toString();
    }

    /** Returns the bytes of digits; empty where one is no digit, or bits behind the last whole byte are not zero. */
    static Optional<byte[]> decode(String digits) {
        byte[] bytes = new byte[digits.length() * BITS / Byte.SIZE];
        int held = 0;
        int heldBits = 0;
        int count = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = DIGITS.indexOf(digits.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            held = held << BITS | digit;
            heldBits += BITS;
            if (heldBits >= Byte.SIZE) {
                heldBits -= Byte.SIZE;
                bytes[count++] = (byte) (held >> heldBits);
                held &= (1 << heldBits) - 1;
            }
        }
        return held == 0 ? Optional.of(bytes) : Optional.empty();
    }

    /** Returns the number that at most twelve digits are, without looking which they are. */
    static long number(String digits) {
        long bits = 0;
        for (int i = 0; i < digits.length(); i++) {
            bits = bits << BITS | DIGITS.indexOf(digits.charAt(i));
        }
        return bits;
    }

    /** Tells whether a text is so many digits. */
    static boolean isDigits(String text, int count) {
        return text.length() == count && text.chars().allMatch(c -> DIGITS.indexOf(c) >= 0);
    }
}
