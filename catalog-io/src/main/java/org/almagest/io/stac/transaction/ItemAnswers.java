package org.almagest.io.stac.transaction;

import org.almagest.error.Quoted;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.page.Caching;
import org.almagest.io.stac.page.EntityTag;
import org.almagest.io.stac.route.Call;
import org.almagest.model.DatapointId;

/** What changes of items answer. */
final class ItemAnswers {
    private ItemAnswers() {}

    /** Returns the tag that the default representation of a version of an item has. */
    static EntityTag tag(Call call, DatapointId id) {
        return EntityTag.item(
                id, EntityTag.variant(MediaType.GEOJSON, call.links().base()));
    }

    static StacResponse done() {
        return StacResponse.of(204).with("cache-control", Caching.NEVER);
    }

    static StacResponse done(Call call, DatapointId id) {
        return done().with("etag", tag(call, id).toString());
    }

    static ProblemException missing(Target target, String itemId) {
        return ProblemException.notFound("item " + Quoted.text(itemId) + ": not found in collection "
                + Quoted.text(target.place().stacId()));
    }

    static ProblemException exists(Target target, String itemId) {
        return ProblemException.of(
                409,
                "EXISTING_DATAPOINTS",
                "item " + Quoted.text(itemId) + ": already exists in collection "
                        + Quoted.text(target.place().stacId()));
    }
}
