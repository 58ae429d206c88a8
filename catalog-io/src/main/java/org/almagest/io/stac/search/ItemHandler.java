package org.almagest.io.stac.search;

import java.util.List;
import java.util.Optional;
import org.almagest.Dataset;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.StacBody;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.item.FieldPaths;
import org.almagest.io.stac.item.ItemLookup;
import org.almagest.io.stac.item.ItemText;
import org.almagest.io.stac.names.Place;
import org.almagest.io.stac.names.Visible;
import org.almagest.io.stac.page.Caching;
import org.almagest.io.stac.page.Conditions;
import org.almagest.io.stac.page.EntityTag;
import org.almagest.io.stac.page.ItemTags;
import org.almagest.io.stac.request.FieldChoice;
import org.almagest.io.stac.request.FieldsText;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Handler;
import org.almagest.model.Datapoint;

/** Answers with one item. */
public final class ItemHandler implements Handler {
    private static final List<String> MEDIA_TYPES = List.of(MediaType.GEOJSON, MediaType.JSON);

    private final SearchServices services;
    private final ItemLookup lookup;

    /** Creates it. */
    public ItemHandler(SearchServices services) {
        this.services = services;
        this.lookup = new ItemLookup(services.catalog());
    }

    @Override
    public StacResponse handle(Call call) {
        Visible visible = services.index().visibleTo(call.caller());
        Place place = visible.require(call.path("collectionId"));
        String mediaType = call.represented(MEDIA_TYPES);
        FieldChoice fields = call.parameters().read("fields", FieldsText::parse).orElse(FieldChoice.ALL);
        String itemId = call.path("itemId");
        Datapoint row = lookup.require(place, itemId);
        String address = call.links().item(place.stacId(), itemId);
        EntityTag tag =
                ItemTags.of(row.id().orElseThrow(), mediaType, address, fields.isAll() ? "" : fields.toString());
        Optional<StacResponse> decided = Conditions.of(call.request()).decide(tag, Caching.REVALIDATE);
        return decided.orElseGet(
                () -> answer(mediaType, body(call, place, row, fields)).with("etag", tag.toString()));
    }

    private byte[] body(Call call, Place place, Datapoint row, FieldChoice fields) {
        Dataset dataset = services.catalog()
                .findDataset(place.slug())
                .orElseThrow(() -> ItemLookup.missing(place, call.path("itemId")));
        FieldPaths kept = FieldPaths.of(fields.include(), fields.exclude());
        ByteSink out = new ByteSink();
        new ItemText(call.links(), where -> dataset.schema(), kept).append(row, place, out);
        return out.toByteArray();
    }

    private static StacResponse answer(String mediaType, byte[] item) {
        return StacResponse.of(200, mediaType, StacBody.of(item)).with("cache-control", Caching.REVALIDATE);
    }
}
