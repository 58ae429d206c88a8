package org.almagest.server.keys;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.almagest.error.CorruptStoreException;
import org.almagest.runtime.RandomSource;

/** The keys that seal page tokens: the present one and at most three before it, 32 bytes each. */
public final class TokenKeyFile {
    private static final int KEY_BYTES = 32;
    private static final int KEYS_MAX = 4;

    private final ServerFolder folder;

    /** Creates it for a folder of a server; looks at nothing yet. */
    public TokenKeyFile(ServerFolder folder) {
        this.folder = folder;
    }

    /**
     * Returns the keys, the present one first; makes the first where there is none.
     *
     * @throws CorruptStoreException if the file holds something else
     */
    public List<byte[]> findOrMake(RandomSource random) {
        List<byte[]> keys = find();
        return keys.isEmpty() ? change(random, true) : keys;
    }

    /** Puts a new key in front, drops the oldest beyond four, and returns all. */
    public List<byte[]> rotate(RandomSource random) {
        return change(random, false);
    }

    private List<byte[]> change(RandomSource random, boolean onlyTheFirst) {
        try (FolderLock lock = folder.lock()) {
            List<byte[]> keys = new ArrayList<>(find()); // another process may have been first
            if (onlyTheFirst && !keys.isEmpty()) {
                return keys;
            }
            keys.add(0, Pepper.random(random));
            List<byte[]> kept = keys.subList(0, Math.min(KEYS_MAX, keys.size()));
            byte[] bytes = new byte[kept.size() * KEY_BYTES];
            for (int i = 0; i < kept.size(); i++) {
                System.arraycopy(kept.get(i), 0, bytes, i * KEY_BYTES, KEY_BYTES);
            }
            folder.replace(lock, ServerFolder.TOKEN_KEY, bytes);
            return List.copyOf(kept);
        }
    }

    private List<byte[]> find() {
        return folder.find(ServerFolder.TOKEN_KEY, KEYS_MAX * KEY_BYTES)
                .map(TokenKeyFile::split)
                .orElse(List.of());
    }

    private static List<byte[]> split(byte[] bytes) {
        if (bytes.length == 0 || bytes.length % KEY_BYTES != 0) {
            throw new CorruptStoreException(
                    "token keys: " + bytes.length + " bytes (expected 32, 64, 96 or 128)",
                    ServerFolder.NAME + "/" + ServerFolder.TOKEN_KEY,
                    0);
        }
        List<byte[]> keys = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += KEY_BYTES) {
            keys.add(Arrays.copyOfRange(bytes, at, at + KEY_BYTES));
        }
        return List.copyOf(keys);
    }
}
