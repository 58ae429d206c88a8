package org.almagest.server.auth;

import java.util.Locale;

/** What came of looking at the key of a request. */
public sealed interface Authentication {
    /** The key is good. */
    record Granted(Principal principal) implements Authentication {}

    /**
     * The key is not good, or there is none; what is answered is the same for all reasons.
     *
     * @param why for the audit log alone
     * @param id the id that a well-formed key named, else empty; somebody who has the id need not have the key
     */
    record Denied(Why why, String id) implements Authentication {}

    /** What was wrong with a key; told to nobody but the audit log. */
    enum Why {
        /** There is none. */
        ABSENT,
        /** It stands in the address, where it is written into logs on the way. */
        IN_ADDRESS,
        /** There are two. */
        TWO,
        /** It is no key, or was mistyped or cut. */
        MALFORMED,
        /** Its id or its secret is not known. */
        UNKNOWN,
        /** Its time is over. */
        EXPIRED,
        /** Somebody revoked it. */
        REVOKED;

        /** Returns the word in the audit log: {@code in_address}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
