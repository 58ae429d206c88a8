package org.almagest.io.stac.route;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.Problem;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.StacBody;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.exchange.StacRequest;
import org.almagest.io.stac.exchange.StacResponse;

/** Finds the route of a request. Immutable. */
public final class RouteTable {
    private final List<Route> routes;

    /**
     * Creates the table; where two templates fit, the earlier wins.
     *
     * @throws IllegalArgumentException if two routes have the same method and template
     */
    public RouteTable(List<Route> routes) {
        this.routes = List.copyOf(routes);
        Set<String> names = routes.stream().map(Route::toString).collect(Collectors.toSet());
        if (names.size() < routes.size()) {
            throw new IllegalArgumentException("routes: one twice in " + routes);
        }
    }

    /** Returns all routes, in the order given. */
    public List<Route> routes() {
        return routes;
    }

    /** Tells whether there is a route, named as {@code GET /search}. */
    public boolean has(String methodAndTemplate) {
        return routes.stream().anyMatch(route -> route.toString().equals(methodAndTemplate));
    }

    /**
     * Returns the answer of the route that fits, or 404, 405 with Allow, or for OPTIONS 204 with Allow.
     *
     * @throws ProblemException if the address or its parameters are wrong; from the handler
     */
    public StacResponse answer(StacRequest request) {
        List<String> segments = PathTemplate.segmentsOf(request.path());
        List<Route> fitting =
                routes.stream().filter(route -> route.template().fits(segments)).toList();
        if (fitting.isEmpty()) {
            throw ProblemException.notFound("no such address");
        }
        StacMethod method = request.method() == StacMethod.HEAD ? StacMethod.GET : request.method();
        Optional<Route> found =
                fitting.stream().filter(route -> route.method() == method).findFirst();
        if (found.isEmpty()) {
            return otherMethod(request.method(), fitting);
        }
        Route route = found.get();
        Parameters parameters = Parameters.of(request.rawQuery(), route.parameters());
        Call call = new Call(request, route, route.template().values(segments), parameters);
        return route.handler().handle(call);
    }

    /** Returns the route that fits, whatever its parameters say. */
    public Optional<Route> find(StacRequest request) {
        List<String> segments = PathTemplate.segmentsOf(request.path());
        StacMethod method = request.method() == StacMethod.HEAD ? StacMethod.GET : request.method();
        return routes.stream()
                .filter(route -> route.method() == method && route.template().fits(segments))
                .findFirst();
    }

    private static StacResponse otherMethod(StacMethod method, List<Route> fitting) {
        String allowed = allowed(fitting);
        if (method == StacMethod.OPTIONS) {
            StacResponse answer = StacResponse.of(204, StacHeaders.NONE, StacBody.EMPTY)
                    .with("allow", allowed)
                    .with("cache-control", "no-store");
            boolean patchable = fitting.stream().anyMatch(route -> route.method() == StacMethod.PATCH);
            return patchable ? answer.with("accept-patch", MediaType.MERGE_PATCH + ", " + MediaType.JSON) : answer;
        }
        return Problem.of(405, "METHOD_NOT_ALLOWED", "method: " + method + " (expected one of: " + allowed + ")")
                .toResponse("")
                .with("allow", allowed);
    }

    private static String allowed(List<Route> fitting) {
        Set<StacMethod> methods = EnumSet.of(StacMethod.OPTIONS);
        fitting.forEach(route -> methods.add(route.method()));
        if (methods.contains(StacMethod.GET)) {
            methods.add(StacMethod.HEAD);
        }
        List<String> names = new ArrayList<>();
        methods.forEach(method -> names.add(method.name()));
        return String.join(", ", names);
    }
}
