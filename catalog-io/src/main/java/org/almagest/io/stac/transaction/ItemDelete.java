package org.almagest.io.stac.transaction;

import java.util.List;
import java.util.Optional;
import org.almagest.error.NotFoundException;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Handler;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;

/** Deletes an item; one that is not there counts as deleted. */
public final class ItemDelete {
    private final ItemStore store;

    private ItemDelete(ItemStore store) {
        this.store = store;
    }

    /** Returns the handler of DELETE. */
    public static Handler of(ItemStore store) {
        return store.changing(new ItemDelete(store)::delete);
    }

    private StacResponse delete(Call call, Target target) {
        String itemId = call.path(ItemStore.ITEM_ID);
        Demand demand = Demand.of(call, store.preconditions());
        Optional<DatapointId> live = target.collection().findByKey(itemId).flatMap(Datapoint::id);
        if (live.isEmpty()) {
            if (demand.isConditional()) {
                throw Demand.failed();
            }
            return ItemAnswers.done();
        }
        Demand.checkNoneMatch(call, live.get());
        if (!demand.allows(live.get())) {
            throw Demand.failed();
        }
        try {
            if (demand.any()) {
                target.collection().deleteByKeys(List.of(itemId));
            } else {
                target.collection().delete(List.of(live.get()));
            }
        } catch (NotFoundException e) {
            if (demand.isConditional()) {
                throw Demand.failed();
            }
        }
        return ItemAnswers.done();
    }
}
