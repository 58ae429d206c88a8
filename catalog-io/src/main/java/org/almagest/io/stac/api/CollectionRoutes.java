package org.almagest.io.stac.api;

import java.util.ArrayList;
import java.util.List;
import org.almagest.io.stac.collection.ChildrenHandler;
import org.almagest.io.stac.collection.CollectionChange;
import org.almagest.io.stac.collection.CollectionHandler;
import org.almagest.io.stac.collection.CollectionViews;
import org.almagest.io.stac.collection.CollectionsHandler;
import org.almagest.io.stac.collection.QueryablesHandler;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.StacAccess;
import org.almagest.io.stac.exchange.StacLimits;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.html.CollectionPage;
import org.almagest.io.stac.html.CollectionsPage;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Parameter;
import org.almagest.io.stac.route.Route;

/** The addresses of collections: described, searched and changed. */
final class CollectionRoutes {
    private static final String COLLECTIONS = "/collections";
    private static final String COLLECTION = "/collections/{collectionId}";
    private static final Parameter FORMAT =
            Parameter.of(Call.FORMAT, "{\"type\":\"string\"}", "Media type of the answer, in the place of Accept");
    private static final Parameter TOKEN = Parameter.text("token", "Where the next page begins; from a link");

    private static final List<Parameter> SEARCH = List.of(
            Parameter.text("q", "Words of which one must occur, by comma; more in quotes must follow each other"),
            Parameter.text("bbox", "West, south, east, north in degrees; west above east crosses the antimeridian"),
            Parameter.text("datetime", "An instant by RFC 3339, or two with a slash between; .. is open"),
            Parameter.text("filter", "A filter in CQL2"),
            Parameter.of(
                    "filter-lang",
                    "{\"type\":\"string\",\"enum\":[\"cql2-text\",\"cql2-json\"]}",
                    "The language of the filter"),
            Parameter.text("filter-crs", "The coordinate system of the filter: CRS84"),
            Parameter.text("query", "Conditions on members, as JSON"),
            Parameter.text("sortby", "Members to sort by, those with a minus sign from high to low"),
            Parameter.text("fields", "Members to keep, and with a minus sign to leave out")
                    .whenEmpty(Parameter.Empty.VALUE));

    private final CollectionViews views;
    private final Parameter limit;

    CollectionRoutes(CollectionViews views, StacLimits limits) {
        this.views = views;
        this.limit = Parameter.of(
                "limit",
                "{\"type\":\"integer\",\"minimum\":1,\"maximum\":" + limits.limitMax() + "}",
                "How many collections a page has at most");
    }

    List<Route> reading() {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.get("/children", new ChildrenHandler(views))
                .summed("The collections, as children of the landing page")
                .taking(limit, TOKEN, FORMAT)
                .producing(MediaType.JSON)
                .answering(200, 304, 400, 406, 412));
        Route list = Route.get(COLLECTIONS, new CollectionsHandler(views))
                .summed("The collections, all of them or those that are searched for")
                .taking(limit, TOKEN, FORMAT)
                .taking(SEARCH)
                .producing(MediaType.JSON)
                .answering(200, 304, 400, 406, 412);
        routes.add(HtmlHandler.adding(list, new CollectionsPage()));
        Route one = Route.get(COLLECTION, new CollectionHandler(views))
                .summed("A collection")
                .taking(FORMAT)
                .producing(MediaType.JSON)
                .answering(200, 304, 400, 404, 406, 412);
        routes.add(HtmlHandler.adding(one, new CollectionPage()));
        routes.add(schema("/queryables", QueryablesHandler.queryables(views), "What filters can name")
                .taking(Parameter.text("collections", "Ids of collections, by comma")
                        .whenEmpty(Parameter.Empty.ABSENT)));
        routes.add(schema("/sortables", QueryablesHandler.sortables(views), "What answers can be sorted by")
                .taking(Parameter.text("collections", "Ids of collections, by comma")
                        .whenEmpty(Parameter.Empty.ABSENT)));
        routes.add(schema(
                COLLECTION + "/queryables",
                QueryablesHandler.queryables(views),
                "What filters can name in a collection"));
        routes.add(schema(
                COLLECTION + "/sortables",
                QueryablesHandler.sortables(views),
                "What items of a collection can be sorted by"));
        return routes;
    }

    List<Route> writing(CollectionChange change) {
        long bytes = views.limits().collectionBodyBytesMax();
        return List.of(
                Route.of(StacMethod.POST, COLLECTIONS, change::create)
                        .needing(StacAccess.WRITE)
                        .summed("Makes a collection")
                        .reading(bytes, MediaType.JSON)
                        .producing(MediaType.JSON)
                        .answering(201, 400, 403, 409, 413, 415),
                Route.of(StacMethod.PUT, COLLECTION, change::replace)
                        .needing(StacAccess.WRITE)
                        .summed("Puts another document in the place of that of a collection")
                        .reading(bytes, MediaType.JSON)
                        .producing(MediaType.JSON)
                        .answering(200, 204, 400, 403, 404, 409, 412, 413, 415, 428),
                Route.of(StacMethod.PATCH, COLLECTION, change::patch)
                        .needing(StacAccess.WRITE)
                        .summed("Changes some members of the document of a collection, by JSON Merge Patch")
                        .reading(bytes, MediaType.MERGE_PATCH, MediaType.JSON)
                        .producing(MediaType.JSON)
                        .answering(200, 204, 400, 403, 404, 409, 412, 413, 415, 428),
                Route.of(StacMethod.DELETE, COLLECTION, change::delete)
                        .needing(StacAccess.ADMIN)
                        .summed("Deletes a collection")
                        .answering(204, 400, 403, 404, 409, 412, 428));
    }

    private static Route schema(String template, QueryablesHandler handler, String summary) {
        return Route.get(template, handler)
                .summed(summary)
                .taking(FORMAT)
                .producing(MediaType.SCHEMA, MediaType.JSON)
                .answering(200, 304, 400, 404, 406, 412);
    }
}
