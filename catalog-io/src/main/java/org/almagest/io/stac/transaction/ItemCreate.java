package org.almagest.io.stac.transaction;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almagest.error.ConflictException;
import org.almagest.error.Quoted;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.JsonBody;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.StacLimits;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.item.ItemRows;
import org.almagest.io.stac.page.Caching;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Handler;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestMode;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;

/** Stores new items: one, all of a feature collection, or those of lines of JSON. */
public final class ItemCreate {
    private static final String MODE = "mode";
    private static final Map<String, IngestMode> MODES = Map.of(
            "refuse", IngestMode.REFUSE_EXISTING, "skip", IngestMode.SKIP_EXISTING, "replace", IngestMode.REPLACE);

    private final ItemStore store;

    private ItemCreate(ItemStore store) {
        this.store = store;
    }

    /** Returns the handler of POST to the items of a collection. */
    public static Handler of(ItemStore store) {
        return store.changing(new ItemCreate(store)::create);
    }

    private StacResponse create(Call call, Target target) {
        Optional<IngestMode> mode = call.parameters().text(MODE).map(ItemCreate::mode);
        if (call.contentType().equals(MediaType.NDJSON)) {
            return ItemStream.answer(store, call, target, mode.orElse(IngestMode.SKIP_EXISTING));
        }
        StacLimits limits = store.limits();
        CountedBody counted = new CountedBody(call.request().body());
        JsonObject body =
                JsonBody.object(counted, limits.itemsBodyBytesMax(), "itemsBodyBytesMax", limits.jsonDepthMax() + 2);
        JsonValue type = body.member("type");
        if (type instanceof JsonString text && text.value().equals("FeatureCollection")) {
            return ItemsCreate.features(store, call, target, body, mode.orElse(IngestMode.REFUSE_EXISTING));
        }
        if (mode.isPresent()) {
            throw ProblemException.invalid(MODE, "given with one item (expected a FeatureCollection or NDJSON)");
        }
        Limits.check("body: bytes", "itemBodyBytesMax", counted.bytes(), limits.itemBodyBytesMax());
        return one(call, target, body);
    }

    private static IngestMode mode(String name) {
        IngestMode mode = MODES.get(name);
        if (mode == null) {
            throw ProblemException.invalid(MODE, Quoted.text(name) + " (expected refuse, skip or replace)");
        }
        return mode;
    }

    private StacResponse one(Call call, Target target, JsonObject item) {
        ItemRows read =
                store.reader().readWhole(target.place(), target.collection().dataset(), List.of(item));
        if (!read.rejected().isEmpty()) {
            throw read.rejected().get(0).failure();
        }
        Datapoint row = read.rows().get(0);
        IngestOptions options = IngestOptions.of(IngestMode.REFUSE_EXISTING);
        try {
            DatapointId id =
                    target.collection().ingest(List.of(row), options).ids().get(0);
            Optional<Datapoint> stored = target.collection().find(id);
            return stored.map(found -> shown(ShownItem.of(call, target, found)))
                    .orElseGet(() -> gone(call, target, read.ids().get(0), id));
        } catch (ConflictException e) {
            throw ItemAnswers.exists(target, read.ids().get(0));
        }
    }

    private static StacResponse shown(ShownItem shown) {
        return shown.response(201).with("location", shown.href());
    }

    /** It was stored, and replaced or deleted before it could be read. */
    private static StacResponse gone(Call call, Target target, String itemId, DatapointId id) {
        String address = call.links().item(target.place().stacId(), itemId);
        return StacResponse.of(201)
                .with("location", address)
                .with("etag", ItemAnswers.tag(address, id).toString())
                .with("cache-control", Caching.NEVER);
    }
}
