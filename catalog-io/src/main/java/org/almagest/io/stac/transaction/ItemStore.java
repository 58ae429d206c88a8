package org.almagest.io.stac.transaction;

import java.util.Optional;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.io.stac.StacRows;
import org.almagest.io.stac.exchange.NewProperties;
import org.almagest.io.stac.exchange.Preconditions;
import org.almagest.io.stac.exchange.Problem;
import org.almagest.io.stac.exchange.StacAccess;
import org.almagest.io.stac.exchange.StacLimits;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.item.ItemReader;
import org.almagest.io.stac.names.CollectionIndex;
import org.almagest.io.stac.names.Place;
import org.almagest.io.stac.names.Visible;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Handler;

/** What all changes of items need, and their common beginning. Safe for use by several threads. */
public final class ItemStore {
    /** The part of the path that names the collection. */
    static final String COLLECTION_ID = "collectionId";

    /** The part of the path that names the item. */
    static final String ITEM_ID = "itemId";

    private static final String READING = "GET, HEAD, OPTIONS";

    private final Catalog catalog;
    private final CollectionIndex index;
    private final StacLimits limits;
    private final Preconditions preconditions;
    private final ItemReader reader;

    /** A change of one collection. */
    @FunctionalInterface
    interface Change {
        StacResponse apply(Call call, Target target);
    }

    /** Changes items of this catalog. */
    public ItemStore(
            Catalog catalog,
            CollectionIndex index,
            StacLimits limits,
            NewProperties newProperties,
            Preconditions preconditions) {
        this.catalog = catalog;
        this.index = index;
        this.limits = limits;
        this.preconditions = preconditions;
        this.reader = new ItemReader(newProperties);
    }

    StacLimits limits() {
        return limits;
    }

    ItemReader reader() {
        return reader;
    }

    Preconditions preconditions() {
        return preconditions;
    }

    /** Returns a handler that finds the collection, if the caller may change it and it takes items. */
    Handler changing(Change change) {
        return call -> {
            Visible visible = index.visibleTo(call.caller());
            Place place = visible.requireFor(StacAccess.WRITE, call.path(COLLECTION_ID));
            Optional<Collection> found =
                    catalog.findDataset(place.slug()).flatMap(dataset -> dataset.findCollection(place.name()));
            Collection collection = found.orElseThrow(() -> Visible.missing(place.stacId()));
            if (!StacRows.takes(collection.dataset().schema())) {
                return Problem.of(
                                405,
                                "METHOD_NOT_ALLOWED",
                                "collection: takes no items, its datapoints are of another kind (expected one of: "
                                        + READING + ")")
                        .toResponse("")
                        .with("allow", READING);
            }
            return change.apply(call, new Target(place, collection));
        };
    }
}
