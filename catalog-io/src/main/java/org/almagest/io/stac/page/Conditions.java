package org.almagest.io.stac.page;

import java.util.Optional;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.StacBody;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.io.stac.exchange.StacRequest;
import org.almagest.io.stac.exchange.StacResponse;

/**
 * What a request demands of the present state, by RFC 9110 section 13.
 *
 * @param ifMatch the tags of which one must be that of what is there
 * @param ifNoneMatch the tags of which none may be
 */
public record Conditions(Optional<TagList> ifMatch, Optional<TagList> ifNoneMatch) {
    /**
     * Reads the conditions of a request.
     *
     * @throws ProblemException if a field is malformed
     */
    public static Conditions of(StacRequest request) {
        StacHeaders headers = request.headers();
        return new Conditions(
                headers.joined("if-match").map(value -> TagList.parse("if-match", value)),
                headers.joined("if-none-match").map(value -> TagList.parse("if-none-match", value)));
    }

    /** Tells whether the client has what a tag names, so that GET is answered 304. */
    public boolean isKnown(EntityTag tag) {
        return ifNoneMatch
                .map(list -> list.any() || list.tags().stream().anyMatch(other -> other.matchesWeakly(tag)))
                .orElse(false);
    }

    /**
     * Returns the answer to a reading request whose representation has this tag, where it is already decided.
     *
     * <p>304 where the client has it; empty where the representation is to be sent.
     *
     * @throws ProblemException if the client wants another one, 412
     */
    public Optional<StacResponse> decide(EntityTag tag, String cacheControl) {
        boolean wanted = ifMatch.map(
                        list -> list.any() || list.tags().stream().anyMatch(other -> other.matchesStrongly(tag)))
                .orElse(true);
        if (!wanted) {
            throw ProblemException.of(412, "PRECONDITION_FAILED", "if-match: none of these is the present version");
        }
        if (!isKnown(tag)) {
            return Optional.empty();
        }
        return Optional.of(StacResponse.of(304, StacHeaders.NONE, StacBody.EMPTY)
                .with("etag", tag.toString())
                .with("cache-control", cacheControl));
    }
}
