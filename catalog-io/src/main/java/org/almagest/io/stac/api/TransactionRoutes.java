package org.almagest.io.stac.api;

import java.util.List;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.StacAccess;
import org.almagest.io.stac.exchange.StacLimits;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.route.Handler;
import org.almagest.io.stac.route.Parameter;
import org.almagest.io.stac.route.Route;
import org.almagest.io.stac.transaction.ItemCreate;
import org.almagest.io.stac.transaction.ItemDelete;
import org.almagest.io.stac.transaction.ItemPatch;
import org.almagest.io.stac.transaction.ItemReplace;
import org.almagest.io.stac.transaction.ItemStore;
import org.almagest.io.stac.transaction.ItemsCreate;

/** The addresses at which items are stored, corrected and deleted. */
final class TransactionRoutes {
    private static final String BULK = "/collections/{collectionId}/bulk_items";
    private static final String ITEMS = "/collections/{collectionId}/items";
    private static final String ITEM = ITEMS + "/{itemId}";
    private static final Parameter MODE = Parameter.of(
            "mode",
            "{\"type\":\"string\",\"enum\":[\"refuse\",\"skip\",\"replace\"]}",
            "What happens to items that exist, where many are sent: refuse all, skip equal ones, or replace them");

    private final ItemStore store;
    private final StacLimits limits;

    TransactionRoutes(ItemStore store, StacLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    List<Route> routes() {
        long one = limits.itemBodyBytesMax();
        long many = limits.itemsBodyBytesMax();
        return List.of(
                writing(StacMethod.POST, BULK, ItemsCreate.bulk(store))
                        .summed("Stores items given by their ids, all or none")
                        .reading(many, MediaType.JSON)
                        .producing(MediaType.JSON)
                        .answering(201, 400, 403, 404, 405, 409, 413, 415),
                writing(StacMethod.POST, ITEMS, ItemCreate.of(store))
                        .summed("Stores an item, a FeatureCollection of them, or lines of them")
                        .taking(MODE)
                        .reading(many, MediaType.JSON, MediaType.GEOJSON, MediaType.NDJSON)
                        .producing(MediaType.GEOJSON, MediaType.JSON, MediaType.NDJSON)
                        .answering(200, 201, 400, 403, 404, 405, 409, 413, 415),
                writing(StacMethod.PUT, ITEM, ItemReplace.of(store))
                        .summed("Puts an item in the place of the one that is there")
                        .reading(one, MediaType.JSON, MediaType.GEOJSON)
                        .answering(204, 400, 403, 404, 405, 409, 412, 413, 415, 428),
                writing(StacMethod.PATCH, ITEM, ItemPatch.of(store))
                        .summed("Changes some members of an item, by JSON Merge Patch")
                        .reading(one, MediaType.MERGE_PATCH, MediaType.JSON, MediaType.GEOJSON)
                        .producing(MediaType.GEOJSON)
                        .answering(200, 204, 400, 403, 404, 405, 409, 412, 413, 415, 428),
                writing(StacMethod.DELETE, ITEM, ItemDelete.of(store))
                        .summed("Deletes an item; one that is not there counts as deleted")
                        .answering(204, 400, 403, 404, 405, 412, 428));
    }

    private static Route writing(StacMethod method, String template, Handler handler) {
        return Route.of(method, template, handler).needing(StacAccess.WRITE);
    }
}
