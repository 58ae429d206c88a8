package org.almagest.io.stac.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.names.Place;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Link;
import org.almagest.io.stac.route.Links;
import org.almagest.io.stac.route.Parameters;
import org.almagest.io.stac.route.Rel;
import org.almagest.model.Json;

/**
 * The links of a page of items.
 *
 * @param call the request
 * @param collection the collection, for its items
 * @param mediaType how the page is written
 */
record PageLinks(Call call, Optional<Place> collection, String mediaType) {
    private static final String TOKEN = "token";

    /** Returns the links; next and prev where there are tokens for them. */
    List<Link> of(Optional<String> next, Optional<String> previous) {
        Links to = call.links();
        List<Link> links = new ArrayList<>();
        links.add(to.self(call, mediaType));
        links.add(to.root());
        collection.ifPresent(place -> {
            links.add(Link.of(Rel.COLLECTION, MediaType.JSON, to.collection(place.stacId())));
            links.add(Link.of(Rel.PARENT, MediaType.JSON, to.collection(place.stacId())));
        });
        next.ifPresent(token -> links.add(page(Rel.NEXT, token)));
        previous.ifPresent(token -> links.add(page(Rel.PREV, token)));
        return links;
    }

    private Link page(String rel, String token) {
        Links to = call.links();
        String type = MediaType.bare(mediaType);
        if (call.request().method() == StacMethod.POST) {
            Json body = Json.parse(new ByteSink(token.length() + 16)
                    .ascii("{\"token\":")
                    .json(token)
                    .put('}')
                    .toString());
            // Merged with the body of this request, which may hold an area of a megabyte.
            return Link.of(rel, type, to.to(call.request().target()))
                    .by("POST")
                    .and("merge", Json.parse("true"))
                    .and("body", body);
        }
        StringBuilder target = new StringBuilder(call.request().path()).append('?');
        for (String part : call.request().rawQuery().split("&")) {
            if (!part.isEmpty() && !Parameters.isOf(TOKEN, part)) {
                target.append(part).append('&');
            }
        }
        return Link.of(rel, type, to.to(target.append(TOKEN + "=").append(token).toString()))
                .by("GET");
    }
}
