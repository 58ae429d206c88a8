package org.almagest.server.quota;

import java.util.Locale;

/** What of a quota was used up. */
public enum QuotaKind {
    /** Requests in a time. */
    REQUESTS,
    /** Requests at once. */
    CONCURRENT,
    /** Bytes of answers in a time. */
    BYTES_OUT,
    /** Bytes of requests in a time. */
    BYTES_IN;

    /** Returns the word in settings and answers: {@code bytes-out}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
