package org.almagest.io.stac.api;

import java.util.ArrayList;
import java.util.List;
import org.almagest.io.stac.aggregation.AggregateHandler;
import org.almagest.io.stac.aggregation.AggregationsHandler;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Parameter;
import org.almagest.io.stac.route.Route;
import org.almagest.io.stac.search.SearchServices;

/** The addresses of counts and histograms. */
final class AggregationRoutes {
    private static final Parameter FORMAT =
            Parameter.of(Call.FORMAT, "{\"type\":\"string\"}", "Media type of the answer, in the place of Accept");
    private static final String PRECISION = "{\"type\":\"integer\",\"minimum\":1,\"maximum\":12,\"default\":3}";

    private final SearchServices services;

    AggregationRoutes(SearchServices services) {
        this.services = services;
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        AggregateHandler aggregate = new AggregateHandler(services);
        AggregationsHandler names = new AggregationsHandler(services);
        for (String base : List.of("", "/collections/{collectionId}")) {
            routes.add(Route.get(base + "/aggregate", aggregate)
                    .summed("Counts and histograms of the items that a search finds")
                    .taking(SearchRoutes.conditions())
                    .taking(own())
                    .producing(MediaType.JSON)
                    .answering(200, 304, 400, 404, 406, 412));
            routes.add(Route.of(StacMethod.POST, base + "/aggregate", aggregate)
                    .summed("Counts and histograms of the items that a search by a document finds")
                    .taking(FORMAT)
                    .reading(services.bounds().searchBodyBytesMax(), MediaType.JSON)
                    .producing(MediaType.JSON)
                    .answering(200, 400, 404, 406, 413, 415));
            routes.add(Route.get(base + "/aggregations", names)
                    .summed("What can be aggregated")
                    .taking(FORMAT)
                    .producing(MediaType.JSON)
                    .answering(200, 304, 400, 404, 406, 412));
        }
        return routes;
    }

    private static List<Parameter> own() {
        return List.of(
                Parameter.text("aggregations", "Names of aggregations, by comma; total_count where there are none")
                        .whenEmpty(Parameter.Empty.ABSENT),
                Parameter.text(
                        "datetime_frequency_interval",
                        "How long buckets of time are: second, minute, hour, day, week, month, quarter or year"),
                Parameter.text("datetime_frequency_timezone", "Whose calendar buckets of time follow; UTC else"),
                Parameter.of(
                        "centroid_geohash_grid_frequency_precision", PRECISION, "Characters of the cells of centroids"),
                Parameter.of(
                        "geometry_geohash_grid_frequency_precision",
                        PRECISION,
                        "Characters of the cells of geometries"),
                FORMAT);
    }
}
