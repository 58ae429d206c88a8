package org.almagest.io.stac.collection;

import java.util.List;
import java.util.Optional;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.StacBody;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.names.Place;
import org.almagest.io.stac.page.Caching;
import org.almagest.io.stac.page.Conditions;
import org.almagest.io.stac.page.EntityTag;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Handler;
import org.almagest.io.stac.route.Link;
import org.almagest.io.stac.route.Rel;

/** Describes one collection. */
public final class CollectionHandler implements Handler {
    /** The part of the path that names the collection. */
    public static final String COLLECTION_ID = "collectionId";

    private final CollectionViews views;

    /** Describes what these show. */
    public CollectionHandler(CollectionViews views) {
        this.views = views;
    }

    @Override
    public StacResponse handle(Call call) {
        Place place = views.place(call.caller(), call.path(COLLECTION_ID));
        String mediaType = call.represented(List.of(MediaType.JSON));
        Link self = call.links().self(call, mediaType);
        Answer answer = Answer.of(views.view(place), new CollectionText(call.links()), self);
        Optional<StacResponse> decided = Conditions.of(call.request()).decide(answer.tag, Caching.REVALIDATE);
        return decided.orElseGet(() -> answer.response(200)).with("cache-control", Caching.REVALIDATE);
    }

    /**
     * A collection as it is sent, with its tag.
     *
     * @param tag the tag of the stored document, and that of what is sent: items change the extent, not the document
     * @param bytes what is sent
     */
    record Answer(EntityTag tag, byte[] bytes) {
        static Answer of(CollectionView view, CollectionText text, Link self) {
            ByteSink out = new ByteSink();
            text.append(view, self.href(), out);
            byte[] bytes = out.toByteArray();
            String shown = EntityTag.of(bytes).opaque();
            return new Answer(EntityTag.strong(view.stored().tag() + "." + shown), bytes);
        }

        /** Returns the collection at its own address. */
        static Answer of(CollectionView view, Call call) {
            String own = call.links().collection(view.place().stacId());
            return of(view, new CollectionText(call.links()), Link.of(Rel.SELF, MediaType.JSON, own));
        }

        StacResponse response(int status) {
            return StacResponse.of(status, MediaType.JSON, StacBody.of(bytes)).with("etag", tag.toString());
        }
    }
}
