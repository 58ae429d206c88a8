package org.almagest.internal.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.almagest.model.DatapointId;

/**
 * SHA-256 over the content of a datapoint, and the ids that are made of it. Not safe for use by several threads.
 *
 * <p>Short pieces are gathered first, because handing each to the digest costs more than the copy.
 */
final class IdHash {
    private static final byte[] DATAPOINT = "almagest.datapoint.1\0".getBytes(StandardCharsets.UTF_8);
    private static final VarHandle BIG_ENDIAN_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int HASH_BYTES = 32;
    private static final int GATHERED_BYTES = 4096;

    private static final int TIME_SHIFT = 16;
    private static final int HASH_BITS_IN_HIGH = 12;
    private static final int HASH_BITS_IN_LOW = 62;
    private static final long VERSION_7 = 0x7000L;
    private static final long VERSION_8 = 0x8000L;
    private static final long VERSION_MASK = 0xF000L;
    private static final long VARIANT = 1L << 63;
    private static final long VARIANT_MASK = 3L << HASH_BITS_IN_LOW;

    private final MessageDigest digest = sha256();
    private final byte[] gathered = new byte[GATHERED_BYTES];
    private final byte[] hash = new byte[HASH_BYTES];
    private int length;
    private boolean begun;

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    /** Begins the hash of a datapoint, whatever was begun before. */
    IdHash beginDatapoint(UUID collectionId) {
        return begin(DATAPOINT).put(collectionId);
    }

    /** Begins a hash with the tag of what is hashed, its closing zero byte included. */
    IdHash begin(byte[] tag) {
        if (begun) { // one that was ended has been reset by that
            digest.reset();
        }
        begun = true;
        length = 0;
        return put(tag, 0, tag.length);
    }

    IdHash put(UUID uuid) {
        flushUnlessRoomFor(2 * Long.BYTES);
        BIG_ENDIAN_LONG.set(gathered, length, uuid.getMostSignificantBits());
        BIG_ENDIAN_LONG.set(gathered, length + Long.BYTES, uuid.getLeastSignificantBits());
        length += 2 * Long.BYTES;
        return this;
    }

    IdHash put(byte[] bytes, int offset, int count) {
        flushUnlessRoomFor(count);
        if (count > GATHERED_BYTES) {
            digest.update(bytes, offset, count);
        } else {
            System.arraycopy(bytes, offset, gathered, length, count);
            length += count;
        }
        return this;
    }

    /** Adds a field that is set: what stands before the value, then the value. */
    void putField(Slot slot, byte[] bytes, int start, int end) {
        byte[] prefix = slot.idPrefix();
        put(prefix, 0, prefix.length);
        put(bytes, start, end - start);
    }

    private void flushUnlessRoomFor(int count) {
        if (count > GATHERED_BYTES - length) {
            digest.update(gathered, 0, length);
            length = 0;
        }
    }

    private void finish() {
        digest.update(gathered, 0, length);
        length = 0;
        try {
            digest.digest(hash, 0, HASH_BYTES);
            begun = false;
        } catch (DigestException e) {
            throw new IllegalStateException(e); // the array is long enough
        }
    }

    /** Ends the hash of a datapoint and returns its id. */
    DatapointId toDatapointId(long timeMillis) {
        finish();
        long first = (long) BIG_ENDIAN_LONG.get(hash, 0);
        long second = (long) BIG_ENDIAN_LONG.get(hash, Long.BYTES);
        // Hash bits 0-11 end the high half; bits 12-73 are the low half behind its two variant bits.
        long low = first << HASH_BITS_IN_HIGH | second >>> Long.SIZE - HASH_BITS_IN_HIGH;
        return new DatapointId(
                timeMillis << TIME_SHIFT | VERSION_7 | first >>> Long.SIZE - HASH_BITS_IN_HIGH,
                VARIANT | low >>> Long.SIZE - HASH_BITS_IN_LOW);
    }

    /** Ends the hash and returns its first 128 bits as a version 8 UUID. */
    UUID toUuid() {
        finish();
        long high = (long) BIG_ENDIAN_LONG.get(hash, 0);
        long low = (long) BIG_ENDIAN_LONG.get(hash, Long.BYTES);
        return new UUID(high & ~VERSION_MASK | VERSION_8, low & ~VARIANT_MASK | VARIANT);
    }
}
