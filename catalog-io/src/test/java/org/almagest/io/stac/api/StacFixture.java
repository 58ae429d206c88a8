package org.almagest.io.stac.api;

import java.nio.charset.StandardCharsets;
import org.almagest.Catalog;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.exchange.StacRequest;

/** An API over a catalog of its own, however requests get there. */
public interface StacFixture extends AutoCloseable {
    /** Returns the catalog that the API shows, to fill it. */
    Catalog catalog();

    /** Sends a request and reads the answer. */
    Answer send(StacRequest request);

    /** Returns where the API is, without a slash at the end. */
    String base();

    /** Lets go of API and catalog. */
    @Override
    void close();

    /** Asks an address below the API, or one that a link gave. */
    default Answer get(String target) {
        return send(StacRequest.of(StacMethod.GET, below(target)));
    }

    /** Asks with a header field. */
    default Answer get(String target, String header, String value) {
        return send(StacRequest.of(StacMethod.GET, below(target)).with(StacHeaders.NONE.and(header, value)));
    }

    /** Sends JSON. */
    default Answer post(String target, String json) {
        return send(StacMethod.POST, target, "application/json", json);
    }

    /** Sends a body. */
    default Answer send(StacMethod method, String target, String mediaType, String body) {
        return send(StacRequest.of(method, below(target))
                .with(StacHeaders.NONE.and("content-type", mediaType))
                .with(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns the target of a link of this API. */
    default String below(String address) {
        return address.startsWith(base()) ? address.substring(base().length()) : address;
    }
}
