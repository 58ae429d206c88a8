package org.almagest.server.keys;

import org.almagest.error.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * How much a key may ask; null where the settings of the server hold.
 *
 * @param requests how many requests in a time
 * @param concurrent how many at once, from 1
 * @param bytesOut bytes of answers in a time
 * @param bytesIn bytes of requests in a time
 */
public record KeyQuota(
        @Nullable Rate requests,
        @Nullable Integer concurrent,
        @Nullable Rate bytesOut,
        @Nullable Rate bytesIn) {
    /** The settings of the server hold for everything. */
    public static final KeyQuota NONE = new KeyQuota(null, null, null, null);

    private static final int CONCURRENT_MAX = 1_000_000;

    /**
     * Checks it.
     *
     * @throws InvalidRequestException if the number at once is out of its bounds
     */
    public KeyQuota {
        if (concurrent != null && (concurrent < 1 || concurrent > CONCURRENT_MAX)) {
            throw new InvalidRequestException(
                    "quota", "concurrent: " + concurrent + " (expected 1 to " + CONCURRENT_MAX + ")");
        }
    }

    /** Returns these, and those of {@code other} where this says nothing. */
    public KeyQuota or(KeyQuota other) {
        return new KeyQuota(
                requests == null ? other.requests : requests,
                concurrent == null ? other.concurrent : concurrent,
                bytesOut == null ? other.bytesOut : bytesOut,
                bytesIn == null ? other.bytesIn : bytesIn);
    }
}
