package org.almagest.storage.metadata;

import org.almagest.model.Bytes;

/**
 * Where the tombstones of a segment are: one generation in a data file of its own kind.
 *
 * @param fileNumber the number of the data file, at least 1
 * @param offset the first byte
 * @param length how many bytes, at least 1
 * @param sha256 of those bytes
 * @param deadCount how many rows of the segment are dead, at least 1
 */
public record TombstoneRef(long fileNumber, long offset, long length, Bytes sha256, int deadCount) {
    private static final int SHA256_BYTES = 32;

    /** Refuses numbers out of range. */
    public TombstoneRef {
        require(fileNumber >= 1, "file number", fileNumber);
        require(offset >= 0, "offset", offset);
        require(length >= 1 && length <= Long.MAX_VALUE - offset, "length", length);
        require(sha256.length() == SHA256_BYTES, "sha256 bytes", sha256.length());
        require(deadCount >= 1, "dead rows", deadCount);
    }

    private static void require(boolean holds, String fact, long actual) {
        if (!holds) {
            throw new IllegalArgumentException("tombstones: " + fact + ": " + actual);
        }
    }
}
