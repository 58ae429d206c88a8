package org.almagest.internal.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The 64-bit hash that key indexes are sorted by; it is written to files and never changes. */
public final class KeyHash {
    private static final VarHandle BIG_ENDIAN_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private KeyHash() {}

    /**
     * Returns the first eight bytes, big-endian, of the SHA-256 of an encoded key.
     *
     * @param key type code and value, as {@link RowBinder#encodeKey} returns them
     */
    public static long of(byte[] key) {
        try {
            return (long)
                    BIG_ENDIAN_LONG.get(MessageDigest.getInstance("SHA-256").digest(key), 0);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    /** Hashes one key after the other with one digest. For one thread. */
    static final class Digest {
        private static final int HASH_BYTES = 32;

        private final MessageDigest sha256;
        private final byte[] hash = new byte[HASH_BYTES];

        Digest() {
            try {
                sha256 = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e); // every Java platform has it
            }
        }

        /** Returns the hash of the key of a type whose value stands in {@code bytes[start, end)}. */
        long of(int typeCode, byte[] bytes, int start, int end) {
            sha256.update((byte) typeCode);
            sha256.update(bytes, start, end - start);
            try {
                sha256.digest(hash, 0, HASH_BYTES);
            } catch (DigestException e) {
                throw new IllegalStateException(e); // the array is long enough
            }
            return (long) BIG_ENDIAN_LONG.get(hash, 0);
        }
    }
}
