package org.almagest.server.main;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.almagest.io.stac.exchange.StacBody;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.exchange.StacRequest;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.runtime.Stopwatch;
import org.almagest.server.config.Settings;
import org.almagest.server.config.TlsFiles;
import org.almagest.server.http.HttpOptions;
import org.almagest.server.http.HttpServer;
import org.almagest.server.http.Workers;
import org.almagest.server.http.door.Mount;
import org.almagest.server.http.door.Route;
import org.almagest.server.keys.ApiKey;
import org.almagest.server.log.Observer;
import org.almagest.server.log.SlowQueries;
import org.almagest.server.metrics.ServerMetrics;
import org.almagest.server.metrics.ServerMetrics.Family;
import org.almagest.server.metrics.ServerMetrics.Scrape;
import org.almagest.server.quota.RequestWorkers;
import org.almagest.server.tenant.TenantStores;
import org.jspecify.annotations.Nullable;

/** Metrics, where the settings name a port for them; else nothing is counted. */
final class MetricsSetup implements AutoCloseable {
    private static final String PATH = "/metrics";
    private static final Family CONNECTIONS =
            new Family("almagest.http.connections", "state", "Connections that are open");

    private static final Family KEYS = new Family("almagest.keys", "state", "API keys");
    private static final Family STORE =
            new Family("almagest.store", "name", "Statistics of all open stores, added up; at most 10 s old");

    private final @Nullable ServerMetrics metrics;
    private final Started listening = new Started();

    private MetricsSetup(@Nullable ServerMetrics metrics) {
        this.metrics = metrics;
    }

    static MetricsSetup of(Settings settings, List<Route> routes) {
        if (settings.of(Settings.METRICS_PORT) == 0) {
            return new MetricsSetup(null);
        }
        List<String> labels = new ArrayList<>(List.of("GET /", "GET /health", "none"));
        routes.forEach(route -> labels.add(route.label()));
        return new MetricsSetup(new ServerMetrics(labels));
    }

    List<Observer> observers() {
        return metrics == null ? List.of() : List.of(metrics);
    }

    /** The parts of a server that keep counts of their own. */
    record Shown(
            HttpServer server,
            FairWorkers workers,
            KeyControl keys,
            TenantStores stores,
            LogSetup logs,
            SlowQueries slow) {}

    /** Shows what the parts of the server count, looked up at each reading. */
    void show(Shown parts) {
        if (metrics == null) {
            return;
        }
        metrics.gauge("almagest.http.in.flight", "Requests under way", parts.server()::inFlight);
        metrics.gauge("almagest.http.bodies.bytes", "Request bodies in memory", parts.server()::bodiesBytes);
        metrics.gauge("almagest.http.waiting", "Requests that wait for a worker", parts.workers()::waiting);
        for (String state : List.of("await", "body", "busy", "idle")) {
            metrics.gauge(CONNECTIONS, state, () -> parts.server().connections().getOrDefault(state, 0));
        }
        for (ApiKey.State state : ApiKey.State.values()) {
            metrics.gauge(KEYS, state.word(), () -> parts.keys().keys().getOrDefault(state, 0));
        }
        metrics.count(
                "almagest.keys.reload.failures",
                "Changed files of keys that could not be read",
                () -> parts.keys().reloadFailures());
        metrics.gauge("almagest.tenants.open", "Stores that are open", parts.stores()::openCount);
        metrics.count(
                "almagest.audit.lines",
                "Lines of the audit log",
                () -> parts.logs().audit().lines());
        metrics.count(
                "almagest.audit.failures",
                "Audit lines that could not be written",
                () -> parts.logs().audit().failures());
        metrics.count(
                "almagest.log.dropped",
                "Lines of the log that were dropped",
                () -> parts.logs().writer().dropped());
        metrics.count("almagest.slow.queries", "Queries slower than log.slow", parts.slow()::slow);
        metrics.count("almagest.explain.skipped", "Slow queries that were not explained", parts.slow()::skipped);
        StoreNumbers numbers = new StoreNumbers(parts.stores(), Stopwatch::nanos);
        for (String name : numbers.names()) {
            metrics.gauge(STORE, name, () -> numbers.value(name));
        }
    }

    /** Shows when the certificate ends. */
    void show(TlsFiles tls) {
        if (metrics != null) {
            metrics.gauge(
                    "almagest.tls.expires.seconds",
                    "When the certificate ends, in seconds since 1970",
                    () -> tls.expires().getEpochSecond());
        }
    }

    /** Answers on the port of the settings. */
    void listen(Settings settings) {
        ServerMetrics shown = metrics;
        if (shown == null) {
            return;
        }
        RequestWorkers readers = new RequestWorkers(new RequestWorkers.Size(1, 4), Stopwatch::nanos, failure -> {});
        listening.add(readers, readers::close);
        Mount mount = new Mount(PATH, List.of(Route.of(StacMethod.GET, PATH, 0)), request -> answer(shown, request));
        HttpServer listener = HttpServer.start(HttpOptions.at(new InetSocketAddress(
                        settings.of(Settings.METRICS_ADDRESS), settings.of(Settings.METRICS_PORT)))
                .hosts(Set.copyOf(settings.of(Settings.HOSTS)))
                .mount(mount)
                .workers(new Readers(readers)));
        listening.add(listener, listener::close);
    }

    /** One thread is enough for those who read metrics. */
    private record Readers(RequestWorkers threads) implements Workers {
        @Override
        public boolean submit(String queue, Runnable task) {
            return threads.submit(queue, task);
        }

        @Override
        public void resume(String queue, Runnable task) {
            threads.resume(queue, task);
        }
    }

    private static StacResponse answer(ServerMetrics metrics, StacRequest request) {
        if (request.method() != StacMethod.GET || !request.path().equals("/")) {
            return StacResponse.of(404);
        }
        Scrape scrape = metrics.scrape(request.headers().first("accept").orElse(""));
        byte[] text = scrape.text().getBytes(StandardCharsets.UTF_8);
        return StacResponse.of(200, scrape.mediaType(), StacBody.of(text)).with("cache-control", "no-store");
    }

    void stopListening() {
        listening.close();
    }

    @Override
    public void close() {
        if (metrics != null) {
            metrics.close();
        }
    }
}
