package org.almagest.io.stac.page;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.runtime.RandomSource;

/**
 * The keys that page tokens are sealed with: the first seals, all open.
 *
 * @param keys at least one and at most 16, of 32 bytes each
 */
public record TokenKeys(List<byte[]> keys) {
    private static final int KEY_BYTES = 32;
    private static final int KEYS_MAX = 16;

    /**
     * Copies and checks the keys.
     *
     * @throws InvalidRequestException if there is none, there are too many, or one has another length
     */
    public TokenKeys {
        if (keys.isEmpty() || keys.size() > KEYS_MAX) {
            throw new InvalidRequestException("token keys", keys.size() + " (expected 1 to " + KEYS_MAX + ")");
        }
        List<byte[]> copies = new ArrayList<>();
        for (byte[] key : keys) {
            if (key.length != KEY_BYTES) {
                throw new InvalidRequestException("token keys", key.length + " bytes (expected " + KEY_BYTES + ")");
            }
            copies.add(key.clone());
        }
        keys = List.copyOf(copies);
    }

    /** Returns one key that nobody can predict, if the source is such. */
    public static TokenKeys random(RandomSource source) {
        ByteBuffer key = ByteBuffer.allocate(KEY_BYTES);
        while (key.hasRemaining()) {
            key.putLong(source.nextLong());
        }
        return new TokenKeys(List.of(key.array()));
    }

    /** Returns these keys: one that seals, and former ones that still open. */
    public static TokenKeys of(byte[] current, byte[]... former) {
        List<byte[]> all = new ArrayList<>();
        all.add(current);
        all.addAll(List.of(former));
        return new TokenKeys(all);
    }

    /** Tells nothing of the keys. */
    @Override
    public String toString() {
        return "TokenKeys[" + keys.size() + "]";
    }
}
