package org.almagest.server.http;

/** Where requests are worked on: never in an event loop. Safe for use by several threads. */
public interface Workers {
    /**
     * Takes a request, unless too many wait.
     *
     * @param queue whose turn it takes: a key, or an address; turns go round
     * @return false where the request must be refused
     */
    boolean submit(String queue, Runnable task);

    /** Goes on with a request that was taken before; never refused, so that an answer that began is finished. */
    void resume(String queue, Runnable task);
}
