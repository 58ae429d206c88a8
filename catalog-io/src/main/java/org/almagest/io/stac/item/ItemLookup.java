package org.almagest.io.stac.item;

import java.util.Optional;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.error.Quoted;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.names.ItemKeys;
import org.almagest.io.stac.names.Place;
import org.almagest.model.Datapoint;

/** Finds the row of an item. Safe for use by several threads. */
public final class ItemLookup {
    private final Catalog catalog;

    /** Finds rows of this catalog. */
    public ItemLookup(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Returns the row that an item's id means in a collection; empty where there is none. */
    public Optional<Datapoint> find(Place place, String itemId) {
        Optional<Dataset> dataset = catalog.findDataset(place.slug());
        Optional<Collection> collection = dataset.flatMap(found -> found.findCollection(place.name()));
        if (dataset.isEmpty() || collection.isEmpty()) {
            return Optional.empty();
        }
        ItemKeys keys = ItemKeys.of(dataset.get().schema());
        return keys.key(itemId)
                .flatMap(key -> collection.get().findByKey(key))
                .or(() -> keys.datapointId(itemId).flatMap(collection.get()::find));
    }

    /**
     * Returns the row that an item's id means.
     *
     * @throws ProblemException if there is none, 404
     */
    public Datapoint require(Place place, String itemId) {
        return find(place, itemId).orElseThrow(() -> missing(place, itemId));
    }

    /** Returns the answer to an id that means no item. */
    public static ProblemException missing(Place place, String itemId) {
        return ProblemException.notFound(
                "item " + Quoted.text(itemId) + ": not found in collection " + Quoted.text(place.stacId()));
    }
}
