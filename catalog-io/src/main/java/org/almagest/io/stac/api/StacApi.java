package org.almagest.io.stac.api;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.almagest.Catalog;
import org.almagest.error.CatalogException;
import org.almagest.io.stac.exchange.Problem;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.Problems;
import org.almagest.io.stac.exchange.StacBody;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.exchange.StacObserver;
import org.almagest.io.stac.exchange.StacObserver.Answered;
import org.almagest.io.stac.exchange.StacRequest;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.route.Parameter;
import org.almagest.io.stac.route.Route;
import org.almagest.io.stac.route.RouteTable;
import org.almagest.runtime.Stopwatch;

/**
 * A STAC API 1.0 over a catalog, without any HTTP library. Safe for use by any number of threads.
 *
 * <p>Whatever carries it hands in requests as they came, raw path and query, and writes what it gets back:
 *
 * <pre>{@code
 * try (StacResponse response = api.handle(request)) {
 *   send(response.status(), response.headers().toMap());
 *   response.body().writeTo(stream);
 * }
 * }</pre>
 */
public final class StacApi implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(StacApi.class.getName());
    private static final String NO_ROUTE = "-";

    private final StacOptions options;
    private final StacRoutes routes;
    private final RouteTable table;

    private StacApi(Catalog catalog, StacOptions options) {
        this.options = options;
        this.routes = new StacRoutes(catalog, options);
        this.table = routes.table();
    }

    /** Returns the API over a catalog, which stays the caller's to close, after this. */
    public static StacApi of(Catalog catalog, StacOptions options) {
        return new StacApi(catalog, options);
    }

    /** Returns the API with {@link StacOptions#defaults()}. */
    public static StacApi of(Catalog catalog) {
        return of(catalog, StacOptions.defaults());
    }

    /** Returns every address and method that is answered. */
    public List<StacRoute> routes() {
        return table.routes().stream().map(StacApi::described).toList();
    }

    private static StacRoute described(Route route) {
        Set<String> parameters = new HashSet<>();
        route.parameters().stream().map(Parameter::name).forEach(parameters::add);
        return new StacRoute(
                route.method(),
                route.template().text(),
                route.access(),
                parameters,
                Set.copyOf(route.produces()),
                route.bodyBytesMax());
    }

    /**
     * Answers one request; blocks until the status is known, and never throws for what a client sends.
     *
     * <p>Failures of the store are answers too, by the table in {@code docs/stac-api.md}; only Errors pass. The answer
     * must be written or closed: it may hold a query open. Cost: the first 64 KiB of the body are made before this
     * returns.
     */
    public StacResponse handle(StacRequest request) {
        long start = Stopwatch.nanos();
        StacRequest located = request.base().isPresent() ? request : request.at(options.base());
        StacResponse answer = finish(located, answer(located));
        if (options.observer() == StacObserver.NONE) {
            return answer;
        }
        String route = table.find(located).map(found -> found.template().text()).orElse(NO_ROUTE);
        Answered begun = new Answered(route, answer.status(), 0, 0, Duration.ZERO, Optional.empty());
        return answer.with(new ObservedBody(answer.body(), options.observer(), located, begun, start));
    }

    private StacResponse answer(StacRequest request) {
        try {
            long bytes = request.target().length();
            if (bytes > options.limits().targetBytesMax()) {
                return problem(request, tooLong(bytes));
            }
            return table.answer(request);
        } catch (ProblemException e) {
            return problem(request, e.problem());
        } catch (CatalogException e) {
            Problem problem = Problems.of(e);
            if (problem.status() >= 500) {
                LOG.log(Level.WARNING, "request " + id(request) + ": " + e.getMessage(), e);
            }
            return problem(request, problem);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "request " + id(request) + ": internal error", e);
            return problem(request, Problems.internal());
        }
    }

    private Problem tooLong(long bytes) {
        return Problem.of(
                414,
                "LIMIT_EXCEEDED",
                "target: bytes: " + bytes + " (at most " + options.limits().targetBytesMax() + ")");
    }

    private StacResponse problem(StacRequest request, Problem problem) {
        StacResponse answer = problem.toResponse(id(request));
        return problem.status() == 503 ? answer.with("retry-after", "1") : answer;
    }

    /** The id that whoever carries the API has given the request, or one made here. */
    private String id(StacRequest request) {
        return request.headers()
                .first("x-request-id")
                .orElseGet(() -> HexFormat.of().toHexDigits(options.random().nextUnique()));
    }

    private StacResponse finish(StacRequest request, StacResponse answer) {
        StacResponse finished = answer.with("vary", "accept, accept-encoding");
        if (options.isPublic()) {
            String caching = finished.headers().first("cache-control").orElse("");
            finished = caching.startsWith("private")
                    ? finished.with("cache-control", "public" + caching.substring("private".length()))
                    : finished;
        }
        return request.method() == StacMethod.HEAD ? withoutBody(finished) : finished;
    }

    private static StacResponse withoutBody(StacResponse answer) {
        OptionalLong length = answer.body().length();
        answer.close();
        StacResponse head = answer.with(StacBody.EMPTY);
        return length.isPresent() && answer.status() != 304
                ? head.with("content-length", Long.toString(length.getAsLong()))
                : head;
    }

    /** Lets go of the versions that pages are pinned to. Answers that are being written go on. */
    @Override
    public void close() {
        routes.close();
    }
}
