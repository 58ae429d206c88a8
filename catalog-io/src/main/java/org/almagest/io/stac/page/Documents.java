package org.almagest.io.stac.page;

import java.util.Optional;
import org.almagest.io.stac.exchange.StacBody;
import org.almagest.io.stac.exchange.StacRequest;
import org.almagest.io.stac.exchange.StacResponse;

/** Answers with documents that are made whole before their tag is known. */
public final class Documents {
    private Documents() {}

    /**
     * Returns the document, or 304 where the client has it.
     *
     * @param cacheControl one of {@link Caching}
     */
    public static StacResponse answer(StacRequest request, String mediaType, byte[] document, String cacheControl) {
        EntityTag tag = EntityTag.of(document);
        Optional<StacResponse> decided = Conditions.of(request).decide(tag, cacheControl);
        return decided.orElseGet(() -> StacResponse.of(200, mediaType, StacBody.of(document))
                .with("etag", tag.toString())
                .with("cache-control", cacheControl));
    }
}
