package org.almagest.model;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.jspecify.annotations.Nullable;

/**
 * The id of one immutable version of a datapoint: 16 bytes, ordered by time.
 *
 * <p>Bits 0 to 47 are the time in Unix milliseconds, two's complement; ids that the engine makes continue as a version
 * 7 UUID whose free bits are a hash of the content ({@code docs/format/ids.md}). Ids that come in may have any bits.
 * The order is the 48-bit prefix as a signed number, then the other 80 bits unsigned; from 1970 on that is the order of
 * the bytes and of the text.
 *
 * @param high the first eight bytes, big-endian
 * @param low the last eight bytes, big-endian
 */
public record DatapointId(long high, long low) implements Comparable<DatapointId> {
    /** The size of an id in bytes. */
    public static final int BYTES = 16;

    /** The length of an id as text. */
    public static final int TEXT_LENGTH = 36;

    private static final int TIME_SHIFT = 16;

    /** The lowest time that an id can carry, in Unix milliseconds. */
    public static final long TIME_MILLIS_MIN = -(1L << 47);

    /** The highest time that an id can carry, in Unix milliseconds. */
    public static final long TIME_MILLIS_MAX = (1L << 47) - 1;

    /**
     * Returns the id of a text of 36 characters.
     *
     * <p>Hexadecimal digits in either case with hyphens at 8, 13, 18 and 23.
     *
     * @throws InvalidRequestException if the text is anything else
     */
    public static DatapointId parse(String text) {
        if (!isUuidText(text)) {
            throw new InvalidRequestException("id", Quoted.text(text) + " (expected a UUID of 36 characters)");
        }
        return of(UUID.fromString(text));
    }

    /** Returns the id with the bits of a UUID. */
    public static DatapointId of(UUID uuid) {
        return new DatapointId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    /** Returns the id of 16 bytes, big-endian. */
    public static DatapointId of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new InvalidRequestException("id", bytes.length + " bytes (expected " + BYTES + ")");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new DatapointId(buffer.getLong(), buffer.getLong());
    }

    /** Returns the lowest id of a time, whatever its other bits. */
    public static DatapointId lowest(long timeMillis) {
        return new DatapointId(timeMillis << TIME_SHIFT, 0);
    }

    /** Returns the highest id of a time, whatever its other bits. */
    public static DatapointId highest(long timeMillis) {
        return new DatapointId((timeMillis << TIME_SHIFT) | 0xFFFF, -1);
    }

    /** Compares two ids given as their halves; the order of {@link #compareTo}. */
    public static int compare(long high1, long low1, long high2, long low2) {
        // The signed prefix leads the high half, so its signed order is the order of prefix and following bits.
        int byHigh = Long.compare(high1, high2);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low1, low2);
    }

    /** Returns the time in Unix milliseconds. */
    public long timeMillis() {
        return high >> TIME_SHIFT;
    }

    /** Returns the UUID with the same bits; never compare UUIDs, their order is another. */
    public UUID toUuid() {
        return new UUID(high, low);
    }

    /** Returns the 16 bytes, big-endian. */
    public byte[] toBytes() {
        return ByteBuffer.wrap(new byte[BYTES]).putLong(high).putLong(low).array();
    }

    @Override
    public int compareTo(DatapointId other) {
        return compare(high, low, other.high, other.low);
    }

    /** Returns 36 characters, lower-case hexadecimal digits with hyphens. */
    @Override
    public String toString() {
        return toUuid().toString();
    }

    private static boolean isUuidText(String text) {
        if (text.length() != TEXT_LENGTH) {
            return false;
        }
        int[] hyphens = {8, 13, 18, 23};
        for (int i = 0; i < TEXT_LENGTH; i++) {
            char c = text.charAt(i);
            boolean hyphen = Arrays.binarySearch(hyphens, i) >= 0;
            if (hyphen ? c != '-' : c > 'f' || Character.digit(c, 16) < 0) {
                return false;
            }
        }
        return true;
    }

    // By hand: what the JDK makes of records when the first is compared takes a fifth of a process's first answer.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DatapointId && high == ((DatapointId) other).high && low == ((DatapointId) other).low;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(high) + Long.hashCode(low);
    }
}
