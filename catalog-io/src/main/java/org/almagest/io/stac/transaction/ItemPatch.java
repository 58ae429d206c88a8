package org.almagest.io.stac.transaction;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.JsonBody;
import org.almagest.io.stac.MergePatch;
import org.almagest.io.stac.StacItems;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Handler;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;

/** Changes some members of an item, by JSON Merge Patch. */
public final class ItemPatch {
    private static final int ATTEMPTS = 5;
    private static final JsonLimits STORED = JsonLimits.of(Long.MAX_VALUE, 10_000);
    private static final String BBOX = "bbox";
    private static final String VERSION = "stac_version";

    private final ItemStore store;

    private ItemPatch(ItemStore store) {
        this.store = store;
    }

    /** Returns the handler of PATCH. */
    public static Handler of(ItemStore store) {
        return store.changing(new ItemPatch(store)::patch);
    }

    private StacResponse patch(Call call, Target target) {
        String itemId = call.path(ItemStore.ITEM_ID);
        Demand demand = Demand.of(call, store.preconditions());
        call.contentType();
        JsonObject patch = JsonBody.object(
                call.request().body(),
                store.limits().itemBodyBytesMax(),
                "itemBodyBytesMax",
                store.limits().jsonDepthMax());
        checkUnmoved(patch, target, itemId);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Datapoint> live = target.collection().findByKey(itemId);
            if (live.isEmpty()) {
                throw demand.isConditional() ? Demand.failed() : ItemAnswers.missing(target, itemId);
            }
            DatapointId expected = live.get().id().orElseThrow();
            Demand.checkNoneMatch(call, expected);
            if (!demand.allows(expected)) {
                throw Demand.failed();
            }
            JsonObject changed = (JsonObject) MergePatch.apply(base(target, live.get(), patch), patch);
            ItemReplace.checkId(changed, itemId);
            Optional<DatapointId> stored = ItemReplace.put(store, target, changed, expected);
            if (stored.isPresent()) {
                return answer(call, target, stored.get());
            }
            if (!demand.any()) {
                throw Demand.failed();
            }
        }
        throw ItemReplace.busy(itemId);
    }

    private static StacResponse answer(Call call, Target target, DatapointId id) {
        boolean wanted = call.request()
                .headers()
                .joined("prefer")
                .filter(prefer -> prefer.replace(" ", "").contains("return=representation"))
                .isPresent();
        Optional<Datapoint> row = wanted ? target.collection().find(id) : Optional.empty();
        return row.map(found -> ShownItem.of(call, target, found).response(200))
                .orElseGet(() -> ItemAnswers.done(call, target, id));
    }

    private static void checkUnmoved(JsonObject patch, Target target, String itemId) {
        if (patch.member("id") != null) {
            ItemReplace.checkId(patch, itemId);
        }
        JsonValue collection = patch.member("collection");
        boolean stays = collection == null
                || collection instanceof JsonString text && target.place().isNamed(text.value());
        if (!stays) {
            throw ProblemException.invalid("/collection", "cannot be changed by a patch");
        }
    }

    /**
     * The item as it is stored: without the box and the version that are only shown, so that a patch of nothing changes
     * nothing; its own box goes where the patch brings a geometry without one.
     */
    private static JsonObject base(Target target, Datapoint row, JsonObject patch) {
        String text =
                new StacItems(target.collection().dataset().schema()).item(row).text();
        Map<String, JsonValue> members = new LinkedHashMap<>(((JsonObject) JsonReader.read(text, STORED)).members());
        members.remove("collection");
        if (row.value(BBOX).isEmpty()) {
            members.remove(BBOX);
        }
        if (row.value(VERSION).isEmpty()) {
            members.remove(VERSION);
        }
        if (patch.member("geometry") != null && patch.member(BBOX) == null) {
            members.remove(BBOX);
        }
        return new JsonObject(members);
    }
}
