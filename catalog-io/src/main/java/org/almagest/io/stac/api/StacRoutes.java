package org.almagest.io.stac.api;

import java.util.ArrayList;
import java.util.List;
import org.almagest.Catalog;
import org.almagest.io.stac.collection.CollectionChange;
import org.almagest.io.stac.collection.CollectionViews;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.html.ItemPage;
import org.almagest.io.stac.html.ItemsPage;
import org.almagest.io.stac.html.LandingPage;
import org.almagest.io.stac.names.CollectionIndex;
import org.almagest.io.stac.page.TokenSeal;
import org.almagest.io.stac.page.VersionPins;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Conformance;
import org.almagest.io.stac.route.Parameter;
import org.almagest.io.stac.route.Route;
import org.almagest.io.stac.route.RouteTable;
import org.almagest.io.stac.search.SearchHandler;
import org.almagest.io.stac.search.SearchServices;
import org.almagest.io.stac.transaction.ItemStore;
import org.almagest.model.Limits;

/** The one list of handlers, in the order of their addresses; the only place that hands options to them. */
final class StacRoutes {
    private static final Parameter FORMAT =
            Parameter.of(Call.FORMAT, "{\"type\":\"string\"}", "Media type of the answer, in the place of Accept");

    private final Catalog catalog;
    private final StacOptions options;
    private final CollectionIndex index;
    private final CollectionViews views;
    private final VersionPins pins;
    private final SearchServices searching;
    private final RouteTable table;

    StacRoutes(Catalog catalog, StacOptions options) {
        this.catalog = catalog;
        this.options = options;
        this.index = new CollectionIndex(catalog);
        TokenSeal seal = new TokenSeal(
                options.tokens(), options.clock(), options.limits().tokenSecondsMax());
        this.views = new CollectionViews(catalog, index, options.limits(), seal);
        this.pins = new VersionPins(catalog, options.clock(), options.limits().pinsMax());
        this.searching = searching(seal);
        this.table = new RouteTable(routes());
    }

    RouteTable table() {
        return table;
    }

    /** Lets go of the versions that pages are pinned to. */
    void close() {
        pins.close();
    }

    private SearchServices searching(TokenSeal seal) {
        return new SearchServices(
                catalog,
                index,
                options.limits(),
                Limits.defaults(),
                seal,
                pins,
                options.random().nextLong());
    }

    /** One line per handler, sorted by address and then by method. */
    private List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(HtmlHandler.adding(landing(), new LandingPage()));
        routes.addAll(new AggregationRoutes(searching).routes());
        routes.addAll(new ApiRoutes(options, this::table).routes());
        CollectionRoutes collections = new CollectionRoutes(views, options.limits());
        routes.addAll(collections.reading());
        routes.add(conformance());
        new SearchRoutes(searching, new SearchHandler(searching, options.itemFormats()))
                .reading()
                .forEach(route -> routes.add(forPeople(route)));
        if (!options.isReadOnly()) {
            routes.addAll(
                    collections.writing(new CollectionChange(views, options.deletion(), options.preconditions())));
            routes.addAll(new TransactionRoutes(itemStore(), options.limits()).routes());
        }
        return routes;
    }

    /** Adds pages of HTML to what can be read in a browser. */
    private static Route forPeople(Route route) {
        return switch (route.toString()) {
            case "GET /search", "GET /collections/{collectionId}/items" -> HtmlHandler.adding(route, new ItemsPage());
            case "GET /collections/{collectionId}/items/{itemId}" -> HtmlHandler.adding(route, new ItemPage());
            default -> route;
        };
    }

    private ItemStore itemStore() {
        return new ItemStore(catalog, index, options.limits(), options.newProperties(), options.preconditions());
    }

    private Route landing() {
        return Route.get(
                        "/",
                        new LandingHandler(
                                options,
                                this::table,
                                this::classes,
                                call -> views.childLinks(call.caller(), call.links())))
                .summed("The landing page")
                .taking(FORMAT)
                .producing(MediaType.JSON)
                .answering(200, 304, 400, 406, 412);
    }

    /** The class of children wants a link to each: with more collections than links it is not met. */
    private List<String> classes(Call call) {
        List<String> classes = Conformance.of(table);
        return views.hasLinksToAll(call.caller())
                ? classes
                : classes.stream()
                        .filter(uri -> !uri.equals(Conformance.CHILDREN))
                        .toList();
    }

    private Route conformance() {
        return Route.get("/conformance", new ConformanceHandler(this::classes))
                .summed("What the API conforms to")
                .taking(FORMAT)
                .producing(MediaType.JSON)
                .answering(200, 304, 400, 406, 412);
    }
}
