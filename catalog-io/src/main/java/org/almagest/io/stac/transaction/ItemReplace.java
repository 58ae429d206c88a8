package org.almagest.io.stac.transaction;

import java.util.List;
import java.util.Optional;
import org.almagest.error.PreconditionFailedException;
import org.almagest.error.Quoted;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.io.JsonBody;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.item.ItemRows;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Handler;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestMode;
import org.almagest.model.IngestOptions;

/** Puts an item in the place of the one that is there. */
public final class ItemReplace {
    private static final int ATTEMPTS = 5;

    private final ItemStore store;

    private ItemReplace(ItemStore store) {
        this.store = store;
    }

    /** Returns the handler of PUT. */
    public static Handler of(ItemStore store) {
        return store.changing(new ItemReplace(store)::replace);
    }

    private StacResponse replace(Call call, Target target) {
        String itemId = call.path(ItemStore.ITEM_ID);
        Demand demand = Demand.of(call, store.preconditions());
        call.contentType();
        JsonObject item = JsonBody.object(
                call.request().body(),
                store.limits().itemBodyBytesMax(),
                "itemBodyBytesMax",
                store.limits().jsonDepthMax());
        checkId(item, itemId);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<DatapointId> live = target.collection().findByKey(itemId).flatMap(Datapoint::id);
            if (live.isEmpty()) {
                throw demand.isConditional() ? Demand.failed() : ItemAnswers.missing(target, itemId);
            }
            Demand.checkNoneMatch(call, live.get());
            if (!demand.allows(live.get()) && demand.ids().isEmpty()) {
                throw Demand.failed();
            }
            // Of a version that is not live any more the engine decides: a repeated call finds its own content.
            DatapointId expected =
                    demand.allows(live.get()) ? live.get() : demand.ids().get(0);
            Optional<DatapointId> stored = put(target, item, expected);
            if (stored.isPresent()) {
                return ItemAnswers.done(call, target, stored.get());
            }
            if (!demand.any()) {
                throw Demand.failed();
            }
        }
        throw busy(itemId);
    }

    /** Stores an item over a version; empty where another version is there. */
    private Optional<DatapointId> put(Target target, JsonObject item, DatapointId expected) {
        return put(store, target, item, expected);
    }

    static Optional<DatapointId> put(ItemStore store, Target target, JsonObject item, DatapointId expected) {
        ItemRows read =
                store.reader().readWhole(target.place(), target.collection().dataset(), List.of(item));
        if (!read.rejected().isEmpty()) {
            throw read.rejected().get(0).failure();
        }
        Datapoint row = read.rows().get(0).toBuilder().expecting(expected).build();
        IngestOptions options = IngestOptions.of(IngestMode.REPLACE);
        try {
            return Optional.of(
                    target.collection().ingest(List.of(row), options).ids().get(0));
        } catch (PreconditionFailedException e) {
            return Optional.empty();
        }
    }

    static void checkId(JsonObject item, String itemId) {
        boolean same = item.member("id") instanceof JsonString id && id.value().equals(itemId);
        if (!same) {
            throw ProblemException.invalid(
                    "/id", "another id than that of the address (expected " + Quoted.text(itemId) + ")");
        }
    }

    static ProblemException busy(String itemId) {
        return ProblemException.of(
                409, "CONFLICT", "item " + Quoted.text(itemId) + ": changed again and again meanwhile (repeat)");
    }
}
