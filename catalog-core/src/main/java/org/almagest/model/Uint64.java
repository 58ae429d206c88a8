package org.almagest.model;

import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * An unsigned 64-bit integer, 0 to 2^64 - 1, compared as unsigned.
 *
 * @param bits the value's bits, as {@link Long#compareUnsigned} reads them
 */
public record Uint64(long bits) implements Comparable<Uint64> {
    private static final Pattern DECIMAL = Pattern.compile("[0-9]+");

    /** Returns the value with these bits. */
    public static Uint64 ofBits(long bits) {
        return new Uint64(bits);
    }

    /**
     * Returns the value of a decimal text without sign.
     *
     * @throws NumberFormatException if the text is not such a number or exceeds 2^64 - 1
     */
    public static Uint64 parse(String decimal) {
        if (!DECIMAL.matcher(decimal).matches()) {
            throw new NumberFormatException("not digits 0 to 9");
        }
        return new Uint64(Long.parseUnsignedLong(decimal));
    }

    /** Returns the value as a non-negative integer of any size. */
    public BigInteger toBigInteger() {
        return new BigInteger(toString());
    }

    @Override
    public int compareTo(Uint64 other) {
        return Long.compareUnsigned(bits, other.bits);
    }

    /** Returns the decimal digits, without sign. */
    @Override
    public String toString() {
        return Long.toUnsignedString(bits);
    }
}
