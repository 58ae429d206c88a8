package org.almagest.server.http.door;

import org.almagest.io.stac.exchange.StacRequest;
import org.almagest.io.stac.exchange.StacResponse;

/** Answers what comes below one address. Called in a worker, by several threads; may block. */
public interface Handler {
    /**
     * Answers one request, whose target is the part below the address of the handler.
     *
     * <p>The answer is closed exactly once, also when nobody reads it to its end. What is thrown is answered 500 and
     * told to nobody but the log.
     */
    StacResponse handle(StacRequest request);
}
