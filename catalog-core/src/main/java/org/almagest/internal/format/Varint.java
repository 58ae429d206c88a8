package org.almagest.internal.format;

import java.nio.ByteBuffer;
import org.almagest.error.CorruptSectionException;

/**
 * Unsigned LEB128: seven bits per byte, least significant first, the high bit set on all bytes but the last.
 *
 * <p>Only the shortest form is written and read, so that equal values are equal bytes. Negative values are taken as
 * unsigned and need {@link #BYTES_MAX}; see {@link #zigzag} for small ones of either sign.
 */
public final class Varint {
    /** The most bytes that a value needs. */
    public static final int BYTES_MAX = 10;

    private static final int PAYLOAD_BITS = 7;
    private static final int PAYLOAD_MASK = 0x7f;
    private static final int MORE = 0x80;

    private Varint() {}

    /** Returns how many bytes a value needs: 1..{@link #BYTES_MAX}. */
    public static int length(long value) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
        return (bits + PAYLOAD_BITS - 1) / PAYLOAD_BITS;
    }

    /** Writes a value at the position of a buffer. */
    public static void put(ByteBuffer to, long value) {
        long rest = value;
        while ((rest & ~PAYLOAD_MASK) != 0) {
            to.put((byte) (rest | MORE));
            rest >>>= PAYLOAD_BITS;
        }
        to.put((byte) rest);
    }

    /** Writes a value into an array and returns the index after it. */
    public static int put(byte[] to, int index, long value) {
        int next = index;
        long rest = value;
        while ((rest & ~PAYLOAD_MASK) != 0) {
            to[next++] = (byte) (rest | MORE);
            rest >>>= PAYLOAD_BITS;
        }
        to[next++] = (byte) rest;
        return next;
    }

    /**
     * Reads a value at the position of a buffer.
     *
     * @param resource named in a failure, together with the position in the buffer
     * @throws CorruptSectionException if the bytes end early, the form is not the shortest, or 64 bits are passed
     */
    public static long get(ByteBuffer from, String resource) throws CorruptSectionException {
        int start = from.position();
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += PAYLOAD_BITS) {
            if (!from.hasRemaining()) {
                throw new CorruptSectionException("varint: cut short", resource, start);
            }
            int next = from.get() & 0xff;
            value |= (long) (next & PAYLOAD_MASK) << shift;
            if (next < MORE) {
                checkLast(next, shift, resource, start);
                return value;
            }
        }
        throw new CorruptSectionException("varint: more than " + BYTES_MAX + " bytes", resource, start);
    }

    private static void checkLast(int last, int shift, String resource, int start) throws CorruptSectionException {
        if (last == 0 && shift > 0) {
            throw new CorruptSectionException("varint: not the shortest form", resource, start);
        }
        if (shift == Long.SIZE - 1 && last > 1) {
            throw new CorruptSectionException("varint: more than 64 bits", resource, start);
        }
    }

    /** Returns a signed value as one that is small when the absolute value is: 0, -1, 1, -2 … as 0, 1, 2, 3 …. */
    public static long zigzag(long value) {
        return value << 1 ^ value >> Long.SIZE - 1;
    }

    /** Returns the value that {@link #zigzag} was given. */
    public static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }
}
