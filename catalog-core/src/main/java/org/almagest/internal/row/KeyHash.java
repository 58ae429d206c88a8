package org.almagest.internal.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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
}
