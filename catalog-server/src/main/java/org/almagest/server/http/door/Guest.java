package org.almagest.server.http.door;

import org.almagest.io.stac.exchange.StacCaller;

/** Somebody who was let in, for one request. Safe for use by several threads. */
public interface Guest {
    /** Returns who asks; its name and tenant go into the log. */
    StacCaller caller();

    /** Returns whose turn the request takes: a key, or an address where nobody needs one. */
    String queue();

    /** Tells whether the right to be here still holds; asked often, so a volatile read or two. */
    default boolean live() {
        return true;
    }

    /** The request has ended, whatever its end; called exactly once. */
    default void leave(long bytesIn, long bytesOut) {}
}
