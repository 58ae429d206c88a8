package org.almagest.io.stac.api;

import java.util.ArrayList;
import java.util.List;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.StacLimits;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Parameter;
import org.almagest.io.stac.route.Route;
import org.almagest.io.stac.search.ItemHandler;
import org.almagest.io.stac.search.SearchHandler;
import org.almagest.io.stac.search.SearchServices;

/** The addresses of items: searched, listed and read. */
final class SearchRoutes {
    private static final Parameter FORMAT =
            Parameter.of(Call.FORMAT, "{\"type\":\"string\"}", "Media type of the answer, in the place of Accept");
    private static final Parameter FIELDS = Parameter.text(
                    "fields", "Members to keep, and with a minus sign to leave out")
            .whenEmpty(Parameter.Empty.VALUE);

    private final SearchServices services;
    private final SearchHandler search;

    SearchRoutes(SearchServices services, SearchHandler search) {
        this.services = services;
        this.search = search;
    }

    /** Returns the parameters that say which items are meant; those of aggregations too. */
    static List<Parameter> conditions() {
        List<Parameter> all = new ArrayList<>();
        all.add(Parameter.text(
                "bbox", "West, south, east, north in degrees; west above east crosses the antimeridian"));
        all.add(Parameter.text("datetime", "An instant by RFC 3339, or two with a slash between; .. is open"));
        all.add(Parameter.text("intersects", "A GeoJSON geometry that items share a position with"));
        all.add(Parameter.text("collections", "Ids of collections, by comma").whenEmpty(Parameter.Empty.ABSENT));
        all.add(Parameter.text("ids", "Ids of items, by comma").whenEmpty(Parameter.Empty.ABSENT));
        all.add(Parameter.text("filter", "A filter in CQL2"));
        all.add(Parameter.of(
                "filter-lang",
                "{\"type\":\"string\",\"enum\":[\"cql2-text\",\"cql2-json\"]}",
                "The language of the filter"));
        all.add(Parameter.text("filter-crs", "The coordinate system of the filter: CRS84"));
        all.add(Parameter.text("query", "Conditions on properties, as JSON"));
        return all;
    }

    /** Returns the parameters of a search. */
    private static List<Parameter> parameters(StacLimits limits) {
        List<Parameter> all = new ArrayList<>();
        all.add(Parameter.of(
                "limit",
                "{\"type\":\"integer\",\"minimum\":1,\"maximum\":" + limits.limitMax() + ",\"default\":"
                        + limits.pageRowsDefault() + "}",
                "How many items a page has at most"));
        all.addAll(conditions());
        all.add(Parameter.text("sortby", "Properties to sort by, those with a minus sign from high to low"));
        all.add(FIELDS);
        all.add(Parameter.text("token", "Where the page begins; from a link"));
        all.add(FORMAT);
        return all;
    }

    List<Route> reading() {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.get("/collections/{collectionId}/items", search)
                .summed("The items of a collection")
                .taking(parameters(services.bounds()))
                .producing(search.mediaTypes())
                .answering(200, 304, 400, 404, 406, 412));
        routes.add(Route.get("/collections/{collectionId}/items/{itemId}", new ItemHandler(services))
                .summed("An item")
                .taking(FIELDS, FORMAT)
                .producing(MediaType.GEOJSON, MediaType.JSON)
                .answering(200, 304, 400, 404, 406, 412));
        routes.add(Route.get("/search", search)
                .summed("Items of all collections that meet all conditions")
                .taking(parameters(services.bounds()))
                .producing(search.mediaTypes())
                .answering(200, 304, 400, 406, 412));
        routes.add(Route.of(StacMethod.POST, "/search", search)
                .summed("Items of all collections that meet all conditions of a document")
                .taking(FORMAT)
                .reading(services.bounds().searchBodyBytesMax(), MediaType.JSON)
                .producing(search.mediaTypes())
                .answering(200, 400, 406, 413, 415));
        return routes;
    }
}
