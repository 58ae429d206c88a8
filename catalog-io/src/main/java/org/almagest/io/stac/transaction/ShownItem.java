package org.almagest.io.stac.transaction;

import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.StacBody;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.item.FieldPaths;
import org.almagest.io.stac.item.ItemText;
import org.almagest.io.stac.page.Caching;
import org.almagest.io.stac.page.EntityTag;
import org.almagest.io.stac.route.Call;
import org.almagest.model.Datapoint;
import org.almagest.schema.DatasetSchema;

/**
 * An item as it is sent back after a change.
 *
 * @param tag the tag of its version
 * @param bytes what is sent
 * @param href its address
 */
record ShownItem(EntityTag tag, byte[] bytes, String href) {
    static ShownItem of(Call call, Target target, Datapoint row) {
        DatasetSchema schema = target.collection().dataset().schema();
        ItemText text = new ItemText(call.links(), where -> schema, FieldPaths.ALL);
        ByteSink out = new ByteSink();
        text.append(row, target.place(), out);
        String itemId = text.id(row, target.place());
        String own = call.links().item(target.place().stacId(), itemId);
        EntityTag tag = ItemAnswers.tag(own, row.id().orElseThrow());
        return new ShownItem(tag, out.toByteArray(), own);
    }

    StacResponse response(int status) {
        return StacResponse.of(status, MediaType.GEOJSON, StacBody.of(bytes))
                .with("etag", tag.toString())
                .with("cache-control", Caching.NEVER);
    }
}
