package org.almagest.io.stac.transaction;

import org.almagest.error.Quoted;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.page.Caching;
import org.almagest.io.stac.page.EntityTag;
import org.almagest.io.stac.page.ItemTags;
import org.almagest.io.stac.route.Call;
import org.almagest.model.DatapointId;

/** What changes of items answer. */
final class ItemAnswers {
    private ItemAnswers() {}

    /** Returns the tag that the default representation of a version of an item has. */
    static EntityTag tag(String address, DatapointId id) {
        return ItemTags.of(id, MediaType.GEOJSON, address, "");
    }

    static StacResponse done() {
        return StacResponse.of(204).with("cache-control", Caching.NEVER);
    }

    static StacResponse done(Call call, Target target, DatapointId id) {
        String address = call.links().item(target.place().stacId(), call.path(ItemStore.ITEM_ID));
        return done().with("etag", tag(address, id).toString());
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
