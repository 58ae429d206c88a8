package org.almagest.io.stac.exchange;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Told about each request once its answer was written or given up; must be quick, and safe for several threads. */
public interface StacObserver {
    /** Wants to know nothing. */
    StacObserver NONE = (request, what) -> {};

    /** Called once for each answer. */
    void answered(StacRequest request, Answered what);

    /**
     * What became of a request.
     *
     * @param route the template of its address, such as {@code /collections/{collectionId}}; {@code -} where none fits
     * @param status the status code; 499 where the client left
     * @param bytes bytes of the body that were written
     * @param items items in it
     * @param taken from the request to the end of its body, the time in which nobody read included
     * @param explain the plan of its query, as text without geometries; runs the query again, so only slow ones are
     *     asked
     */
    record Answered(
            String route, int status, long bytes, long items, Duration taken, Optional<Supplier<String>> explain) {}
}
