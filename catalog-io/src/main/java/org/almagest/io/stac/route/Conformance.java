package org.almagest.io.stac.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The conformance classes, each with the routes that earn it: one that is not there takes its classes along. */
public final class Conformance {
    private static final String STAC = "https://api.stacspec.org/";
    /** Earned only while the landing page has a link to each collection. */
    public static final String CHILDREN = STAC + "v1.0.0-rc.2/children";

    private static final String OGC = "http://www.opengis.net/spec/";

    /** Routes by class, in the order in which they are listed. */
    private static final Map<String, List<String>> CLASSES = new LinkedHashMap<>();

    static {
        List<String> items =
                List.of("GET /collections/{collectionId}/items", "GET /collections/{collectionId}/items/{itemId}");
        List<String> search = List.of("GET /search", "POST /search");
        List<String> queryables = List.of("GET /queryables", "GET /collections/{collectionId}/queryables");
        List<String> sortables = List.of("GET /sortables", "GET /collections/{collectionId}/sortables");
        List<String> collections = List.of("GET /collections", "GET /collections/{collectionId}");
        List<String> writing = List.of(
                "POST /collections/{collectionId}/items",
                "PUT /collections/{collectionId}/items/{itemId}",
                "PATCH /collections/{collectionId}/items/{itemId}",
                "DELETE /collections/{collectionId}/items/{itemId}");
        List<String> describing = List.of(
                "POST /collections",
                "PUT /collections/{collectionId}",
                "PATCH /collections/{collectionId}",
                "DELETE /collections/{collectionId}");
        List<String> aggregation = List.of(
                "GET /aggregate",
                "GET /aggregations",
                "GET /collections/{collectionId}/aggregate",
                "GET /collections/{collectionId}/aggregations");
        add(STAC + "v1.0.0/core", List.of("GET /", "GET /api"));
        add(STAC + "v1.0.0/collections", collections);
        add(STAC + "v1.0.0/ogcapi-features", all(collections, items, List.of("GET /conformance", "GET /api")));
        add(STAC + "v1.0.0/item-search", search);
        addAll(STAC + "v1.0.0/item-search#", "fields sort query", search);
        add(STAC + "v1.0.0/item-search#filter", all(search, queryables));
        add(STAC + "v1.1.0/item-search#sort", search);
        add(STAC + "v1.1.0/item-search#sortables", all(search, sortables));
        addAll(STAC + "v1.0.0/ogcapi-features#", "fields sort query", items);
        add(STAC + "v1.1.0/ogcapi-features#sort", items);
        add(STAC + "v1.1.0/ogcapi-features#sortables", all(items, sortables));
        add(STAC + "v1.0.0/ogcapi-features/extensions/transaction", writing);
        add(STAC + "v1.0.0/collections/extensions/transaction", describing);
        add(STAC + "v0.3.0/aggregation", aggregation);
        addAll(STAC + "v0.3.0/aggregation#", "filter query", aggregation);
        add(STAC + "v1.0.0-rc.1/collection-search", List.of("GET /collections?q"));
        addAll(STAC + "v1.0.0-rc.1/collection-search#", "free-text", List.of("GET /collections?q"));
        addAll(STAC + "v1.0.0-rc.1/collection-search#", "filter", List.of("GET /collections?filter"));
        addAll(STAC + "v1.0.0-rc.1/collection-search#", "query", List.of("GET /collections?query"));
        addAll(STAC + "v1.0.0-rc.1/collection-search#", "sort", List.of("GET /collections?sortby"));
        addAll(STAC + "v1.0.0-rc.1/collection-search#", "fields", List.of("GET /collections?fields"));
        add(CHILDREN, List.of("GET /children"));
        add(STAC + "v1.0.0-rc.3/browseable", all(collections, items));
        addAll(OGC + "ogcapi-features-1/1.0/conf/", "core geojson", all(collections, items));
        add(OGC + "ogcapi-features-1/1.0/conf/oas30", List.of("GET /api"));
        add(OGC + "ogcapi-features-1/1.0/conf/html", List.of("GET /api.html", "GET /?html", "GET /collections?html"));
        addAll(OGC + "ogcapi-features-3/1.0/conf/", "filter features-filter queryables", all(items, queryables));
        add(OGC + "ogcapi-common-2/1.0/conf/simple-query", List.of("GET /collections?bbox"));
        addAll(
                OGC + "cql2/1.0/conf/",
                "cql2-text cql2-json basic-cql2 advanced-comparison-operators case-insensitive-comparison"
                        + " accent-insensitive-comparison basic-spatial-functions basic-spatial-functions-plus"
                        + " spatial-functions temporal-functions array-functions property-property arithmetic"
                        // Names from before the standard was final: old clients look for them.
                        + " basic-spatial-operators temporal-operators",
                all(search, queryables));
    }

    private Conformance() {}

    private static void add(String uri, List<String> routes) {
        CLASSES.put(uri, routes);
    }

    private static void addAll(String prefix, String names, List<String> routes) {
        for (String name : names.split(" ")) {
            add(prefix + name, routes);
        }
    }

    @SafeVarargs
    private static List<String> all(List<String>... lists) {
        List<String> all = new ArrayList<>();
        for (List<String> list : lists) {
            all.addAll(list);
        }
        return List.copyOf(all);
    }

    /** Returns the classes that the routes of a table earn. */
    public static List<String> of(RouteTable table) {
        List<String> earned = new ArrayList<>();
        CLASSES.forEach((uri, routes) -> {
            if (routes.stream().allMatch(route -> isThere(table, route))) {
                earned.add(uri);
            }
        });
        return List.copyOf(earned);
    }

    /** A route is named with a parameter it must take, or with {@code html} that it must answer. */
    private static boolean isThere(RouteTable table, String route) {
        int mark = route.indexOf('?');
        if (mark < 0) {
            return table.has(route);
        }
        String wanted = route.substring(mark + 1);
        return table.routes().stream()
                .filter(candidate -> candidate.toString().equals(route.substring(0, mark)))
                .anyMatch(candidate -> wanted.equals("html")
                        ? candidate.produces().stream().anyMatch(type -> type.startsWith("text/html"))
                        : candidate.parameters().stream()
                                .anyMatch(parameter -> parameter.name().equals(wanted)));
    }
}
