package org.almagest.server.log;

import java.util.Locale;

/**
 * A request that was refused before it reached a store.
 *
 * @param id of the request
 * @param key the id of the API key where one was recognised, else empty; never a secret
 * @param address of the client
 */
public record Refusal(Reason reason, String id, String key, String address) {
    /** What was wrong; the names are labels of metrics. */
    public enum Reason {
        /** No key was sent. */
        NO_KEY,
        /** The key is malformed, stands in the address, or there are two. */
        BAD_KEY,
        /** The key is well formed, and its id or its secret is not known. */
        UNKNOWN_KEY,
        /** The time of the key is over. */
        EXPIRED_KEY,
        /** Somebody revoked the key. */
        REVOKED_KEY,
        /** The key does not cover what was asked. */
        SCOPE,
        /** More requests than the key may send. */
        QUOTA_REQUESTS,
        /** More requests at once than the key may have. */
        QUOTA_CONCURRENT,
        /** More bytes than the key may move. */
        QUOTA_BYTES,
        /** Too many failed keys from one address. */
        LOGINS,
        /** Address, headers or body are too large. */
        SIZE,
        /** A compressed body unpacks to too much. */
        RATIO,
        /** An encoding that is not understood. */
        ENCODING,
        /** A name in {@code Host} that is not ours. */
        HOST,
        /** A page of another origin wants to write. */
        ORIGIN,
        /** A method that HTTP does not know, or a target that is no path. */
        MALFORMED,
        /** All workers are busy and enough requests wait. */
        BUSY,
        /** The server is about to stop. */
        DRAINING;

        /** Returns the name in metrics: {@code no_key}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
