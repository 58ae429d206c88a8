package org.almagest.server.keys;

import java.nio.ByteBuffer;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.almagest.error.CorruptStoreException;
import org.almagest.runtime.RandomSource;

/** What all secrets are hashed with, so that the file of keys alone is worth nothing; never printed. */
public final class Pepper {
    static final String ALGORITHM = "HmacSHA256";

    private static final int BYTES = 32;

    private final SecretKey key;

    private Pepper(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /**
     * Returns the pepper of a folder; empty where it has none.
     *
     * @throws CorruptStoreException if its file is no pepper
     */
    public static Optional<Pepper> find(ServerFolder folder) {
        return folder.find(ServerFolder.PEPPER, BYTES).map(Pepper::of);
    }

    /** Returns the pepper of a folder, made where there is none; {@code lock} shows that nobody else makes one. */
    static Pepper findOrMake(ServerFolder folder, FolderLock lock, RandomSource random) {
        return find(folder).orElseGet(() -> {
            byte[] bytes = random(random);
            folder.replace(lock, ServerFolder.PEPPER, bytes);
            return of(bytes);
        });
    }

    /**
     * Returns the pepper that these 32 bytes are.
     *
     * @throws CorruptStoreException if they are not 32
     */
    public static Pepper of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new CorruptStoreException(
                    "pepper: " + bytes.length + " bytes (expected " + BYTES + ")",
                    ServerFolder.NAME + "/" + ServerFolder.PEPPER,
                    0);
        }
        return new Pepper(bytes);
    }

    static byte[] random(RandomSource random) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        while (bytes.hasRemaining()) {
            bytes.putLong(random.nextLong());
        }
        return bytes.array();
    }

    SecretKey key() {
        return key;
    }

    /** Tells nothing. */
    @Override
    public String toString() {
        return "pepper";
    }
}
