package org.almagest.server.log;

import java.util.Locale;

/** Why a connection was closed. */
public enum Closing {
    /** Handshake and headers took too long. */
    SLOW_HEADERS,
    /** The body came too slowly. */
    SLOW_BODY,
    /** The client did not read its answer. */
    STALLED,
    /** There were too many connections. */
    TOO_MANY,
    /** There were too many connections of one address. */
    PER_ADDRESS,
    /** More bytes waited to be sent than a client may leave unread. */
    PENDING_BYTES,
    /** Nothing was asked for a long time. */
    IDLE,
    /** The client closed it. */
    GONE;

    /** Returns the name in metrics: {@code slow_headers}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
