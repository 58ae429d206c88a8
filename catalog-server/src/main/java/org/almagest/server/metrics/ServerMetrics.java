package org.almagest.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import org.almagest.server.log.Closing;
import org.almagest.server.log.Exchanged;
import org.almagest.server.log.Observer;
import org.almagest.server.log.Refusal;

/**
 * Counts what an observer hears. Labels are from sets that are known at the start, whatever clients send: no key, tenant,
 * dataset, path or address is one.
 *
 * <p>Safe for use by several threads.
 */
public final class ServerMetrics implements Observer, AutoCloseable {
    private static final String OTHER = "other";
    private static final String ROUTE = "route";
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    /** The statuses that get a label of their own. */
    private static final Set<Integer> STATUSES = Set.of(
            200, 201, 202, 204, 206, 304, 400, 401, 403, 404, 405, 406, 409, 412, 413, 414, 415, 421, 428, 429, 431,
            499, 500, 501, 503, 504, 507);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final Set<String> routes;
    private final Map<String, Timer> requests = new ConcurrentHashMap<>();
    private final Map<String, OfRoute> ofRoute = new ConcurrentHashMap<>();
    private final Map<String, Counter> answers = new ConcurrentHashMap<>();

    /** @param routes every label of a route; anything else counts as {@code other} */
    public ServerMetrics(Collection<String> routes) {
        this.routes = Set.copyOf(routes);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        garbage.bindTo(registry);
        for (Refusal.Reason reason : Refusal.Reason.values()) {
            refused(reason);
        }
        for (Closing why : Closing.values()) {
            closings(why);
        }
    }

    @Override
    public void finished(Exchanged exchange) {
        String route = known(exchange.asked().route());
        int status = exchange.ended().status();
        requests.computeIfAbsent(route + ' ' + outcome(status), name -> requestTimer(route, outcome(status)))
                .record(Duration.ofNanos(exchange.took().totalNanos()));
        OfRoute counted = ofRoute.computeIfAbsent(route, this::register);
        counted.work().record(Duration.ofNanos(exchange.took().workNanos()));
        counted.waiting().record(Duration.ofNanos(exchange.took().waitNanos()));
        counted.bytesIn().increment(exchange.moved().bytesIn());
        counted.bytesOut().increment(exchange.moved().bytesOut());
        String label = STATUSES.contains(status) ? Integer.toString(status) : OTHER;
        answers.computeIfAbsent(label, name -> counter("almagest.http.answers", "status", name, "Answers"))
                .increment();
    }

    /** What is counted for one route, found once: looking for it takes longer than counting. */
    private record OfRoute(Timer work, Timer waiting, Counter bytesIn, Counter bytesOut) {}

    private OfRoute register(String route) {
        return new OfRoute(
                timer("almagest.http.work", route, "Time in workers"),
                timer("almagest.http.wait", route, "Time waiting for a worker"),
                counter("almagest.http.request.bytes", ROUTE, route, "Bytes of bodies as they came"),
                counter("almagest.http.response.bytes", ROUTE, route, "Bytes of bodies as they were sent"));
    }

    private String known(String route) {
        String asGet = route.startsWith("HEAD ") ? "GET " + route.substring("HEAD ".length()) : route;
        return routes.contains(asGet) ? asGet : OTHER;
    }

    private static String outcome(int status) {
        return status >= 500 ? "failed" : status >= 400 ? "refused" : "ok";
    }

    private Timer requestTimer(String route, String outcome) {
        return Timer.builder("almagest.http.requests")
                .description("Requests from their headers to the end of their answers")
                .tag(ROUTE, route)
                .tag("outcome", outcome)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Timer timer(String name, String route, String description) {
        return Timer.builder(name).description(description).tag(ROUTE, route).register(registry);
    }

    private Counter counter(String name, String label, String value, String description) {
        return Counter.builder(name).description(description).tag(label, value).register(registry);
    }

    @Override
    public void refused(Refusal why) {
        refused(why.reason()).increment();
    }

    private Counter refused(Refusal.Reason reason) {
        return counter(
                "almagest.http.refused", "reason", reason.label(), "Requests refused before they reached a store");
    }

    @Override
    public void closed(Closing why) {
        closings(why).increment();
    }

    private Counter closings(Closing why) {
        return counter("almagest.http.connections.closed", "reason", why.label(), "Connections that ended");
    }

    /** Shows a number that is looked up at each reading. */
    public void gauge(String name, String description, DoubleSupplier value) {
        Gauge.builder(name, value::getAsDouble).description(description).register(registry);
    }

    /** Shows one number of a family, told apart by a label. */
    public void gauge(Family family, String labelValue, DoubleSupplier value) {
        Gauge.builder(family.name(), value::getAsDouble)
                .description(family.description())
                .tag(family.label(), labelValue)
                .register(registry);
    }

    /** Numbers that share a name: how they are told apart, and what they are. */
    public record Family(String name, String label, String description) {}

    /** Shows a count that somebody else keeps. */
    public void count(String name, String description, DoubleSupplier value) {
        FunctionCounter.builder(name, value, DoubleSupplier::getAsDouble)
                .description(description)
                .register(registry);
    }

    /**
     * Returns all of it as text.
     *
     * @param accept what the reader takes: OpenMetrics where it says so, else Prometheus
     */
    public Scrape scrape(String accept) {
        boolean open = accept.toLowerCase(Locale.ROOT).contains("application/openmetrics-text");
        String type = open
                ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                : "text/plain; version=0.0.4; charset=utf-8";
        return new Scrape(type, registry.scrape(open ? "application/openmetrics-text" : "text/plain"));
    }

    /** A reading and its media type. */
    public record Scrape(String mediaType, String text) {}

    MeterRegistry registry() {
        return registry;
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
