package org.almagest.io.stac.route;

import org.almagest.io.stac.exchange.StacResponse;

/** Answers the requests of one route. Safe for use by several threads. */
@FunctionalInterface
public interface Handler {
    /**
     * Returns the answer.
     *
     * @throws org.almagest.io.stac.exchange.ProblemException if the request cannot be answered
     * @throws org.almagest.error.CatalogException if the engine refuses; becomes an answer too
     */
    StacResponse handle(Call call);
}
