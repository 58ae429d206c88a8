package org.almagest.storage.segment;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.almagest.model.Bytes;

/** SHA-256, which every JDK has. */
final class Hashes {
    private Hashes() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: not in this JDK", e);
        }
    }

    /** Returns the hash of the remaining bytes. */
    static Bytes sha256(ByteBuffer bytes) {
        MessageDigest digest = sha256();
        digest.update(bytes);
        return Bytes.of(digest.digest());
    }
}
