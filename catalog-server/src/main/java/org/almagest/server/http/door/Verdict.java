package org.almagest.server.http.door;

import org.almagest.io.stac.exchange.Problem;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.server.log.Refusal;

/** What {@link Admission} says: come in, or not. */
public sealed interface Verdict {
    /** Let in. */
    record Admitted(Guest guest) implements Verdict {}

    /**
     * Sent away.
     *
     * @param headers such as Retry-After and WWW-Authenticate
     * @param key the id of the key where one was recognised, else empty
     */
    record Refused(Problem problem, StacHeaders headers, Refusal.Reason reason, String key) implements Verdict {}

    /** Lets somebody in. */
    static Verdict admitted(Guest guest) {
        return new Admitted(guest);
    }

    /** Sends somebody away. */
    static Verdict refused(Refusal.Reason reason, Problem problem) {
        return new Refused(problem, StacHeaders.NONE, reason, "");
    }
}
