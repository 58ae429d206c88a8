package org.almagest.io.stac.transaction;

import java.util.List;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.stac.StacItems;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.StacBody;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.page.Caching;
import org.almagest.io.stac.page.EntityTag;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Link;
import org.almagest.io.stac.route.Links;
import org.almagest.io.stac.route.Rel;
import org.almagest.model.Datapoint;

/**
 * An item as it is sent back after a change.
 *
 * @param tag the tag of its version
 * @param bytes what is sent
 * @param href its address
 */
record ShownItem(EntityTag tag, byte[] bytes, String href) {
    private static final JsonLimits STORED = JsonLimits.of(Long.MAX_VALUE, 10_000);

    static ShownItem of(Call call, Target target, Datapoint row) {
        StacItems items = new StacItems(target.collection().dataset().schema());
        JsonObject item = (JsonObject) JsonReader.read(items.item(row).text(), STORED);
        String itemId = row.value("item_id").map(Object::toString).orElse("");
        Links links = call.links();
        String own = links.item(target.place().stacId(), itemId);
        String parent = links.collection(target.place().stacId());
        ByteSink out = new ByteSink();
        out.put('{');
        item.members().forEach((name, value) -> {
            if (!name.equals("links") && !name.equals("collection")) {
                out.json(name).put(':').utf8(CanonicalJson.text(value)).put(',');
            }
        });
        if (item.member("assets") == null) {
            out.ascii("\"assets\":{},");
        }
        out.ascii("\"collection\":").json(target.place().stacId()).ascii(",\"links\":[");
        Link.of(Rel.SELF, MediaType.GEOJSON, own).appendTo(out);
        Link.of(Rel.PARENT, MediaType.JSON, parent).appendTo(out.put(','));
        Link.of(Rel.COLLECTION, MediaType.JSON, parent).appendTo(out.put(','));
        links.root().appendTo(out.put(','));
        List<JsonValue> stored = item.member("links") instanceof JsonArray array ? array.elements() : List.of();
        stored.forEach(link -> out.put(',').utf8(CanonicalJson.text(link)));
        byte[] bytes = out.ascii("]}").toByteArray();
        return new ShownItem(ItemAnswers.tag(call, row.id().orElseThrow()), bytes, own);
    }

    StacResponse response(int status) {
        return StacResponse.of(status, MediaType.GEOJSON, StacBody.of(bytes))
                .with("etag", tag.toString())
                .with("cache-control", Caching.NEVER);
    }
}
