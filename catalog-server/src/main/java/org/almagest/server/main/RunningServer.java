package org.almagest.server.main;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.almagest.CatalogOptions;
import org.almagest.io.parquet.ItemParquetFormat;
import org.almagest.io.stac.api.StacOptions;
import org.almagest.io.stac.page.TokenKeys;
import org.almagest.runtime.Clock;
import org.almagest.runtime.RandomSource;
import org.almagest.runtime.Stopwatch;
import org.almagest.server.config.Settings;
import org.almagest.server.config.TlsFiles;
import org.almagest.server.http.HttpServer;
import org.almagest.server.http.door.Mount;
import org.almagest.server.keys.ServerFolder;
import org.almagest.server.keys.TokenKeyFile;
import org.almagest.server.log.AuditLine;
import org.almagest.server.log.Event;
import org.almagest.server.log.Observer;
import org.almagest.server.log.SlowQueries;
import org.almagest.server.main.KeyControl.Seams;
import org.almagest.server.main.ServeOutput.Addresses;
import org.almagest.server.stac.StacMount;
import org.almagest.server.tenant.TenantStores;
import org.almagest.server.trace.TraceExporter;

/** A server that listens, with its stores and its logs. */
final class RunningServer implements AutoCloseable {
    private static final String STAC = "/stac";
    private static final String SELF = "server";

    /** A worker that is busy for so long has something wrong with it; queries are given up long before. */
    private static final Duration STUCK = Duration.ofMinutes(1);

    private static final Duration USAGE_PERIOD = Duration.ofMinutes(10);

    private final ServePlan plan;
    private final Ready ready;
    private final Settings settings;
    private final Started started;
    private final LogSetup logs;
    private final Clock clock = Clock.system();
    private final HttpServer http;

    private RunningServer(ServePlan plan, Ready ready, Started started, LogSetup logs) {
        this.plan = plan;
        this.ready = ready;
        this.settings = ready.settings();
        this.started = started;
        this.logs = logs;
        this.http = listen();
    }

    /** Opens the store, makes it where there is none, and listens. */
    static RunningServer start(ServePlan plan, Ready ready, ServeOutput output) {
        Started started = new Started();
        try {
            LogSetup logs = LogSetup.of(plan, ready.settings(), output, Clock.system());
            started.add(logs, logs::close);
            RunningServer server = new RunningServer(plan, ready, started, logs);
            ready.warnings().forEach(warning -> logs.lines().event(Event.warn("start", warning)));
            return server;
        } catch (RuntimeException | Error e) {
            started.close();
            throw e;
        }
    }

    private HttpServer listen() {
        ServerFolder folder = ServerFolder.in(plan.store());
        KeyControl keys = KeyControl.open(folder, settings, logs.lines(), seams());
        SlowQueries slow = SlowQueries.of(settings.of(Settings.LOG_SLOW), logs.writer(), clock);
        TenantStores stores = TenantStores.open(
                plan.store(),
                new TenantStores.Options(
                        settings.of(Settings.TENANTS_OPEN_MAX),
                        keys::tenants,
                        CatalogOptions.defaults().withHistoryRetention(settings.of(Settings.HISTORY)),
                        stacOptions(folder).observer(slow)));
        started.add(stores, () -> close(stores));
        slow.holding(stores::acquire);
        started.add(slow, slow::close);
        logs.audit().append(AuditLine.of(SELF, "", "start", "").with("warnings", String.join("; ", ready.warnings())));
        started.add(logs, () -> logs.audit().append(AuditLine.of(SELF, "", "stop", "")));
        FairWorkers workers = FairWorkers.start(settings, logs.lines());
        started.add(workers, workers::close);
        Mount mount =
                StacMount.of(STAC, stores.api().routes(), new AuditedHandler(stores::handle, logs.audit(), settings));
        MetricsSetup metrics = MetricsSetup.of(settings, mount.routes());
        started.add(metrics, metrics::close);
        Observer observer = logs.observer(observers(metrics));
        started.add(keys, keys::save); // after the last request was charged for
        HttpServer server = HttpServer.start(HttpSetup.options(ready)
                .mount(mount)
                .admission(keys.admission())
                .workers(workers)
                .observer(observer)
                .failing(() -> failure(workers, keys))
                .version(Objects.requireNonNullElse(
                        RunningServer.class.getPackage().getImplementationVersion(), "")));
        started.add(server, server::close);
        metrics.show(new MetricsSetup.Shown(server, workers, keys, stores, logs, slow));
        ready.tls().ifPresent(metrics::show);
        started.add(metrics, metrics::stopListening);
        metrics.listen(settings);
        keepUp(keys, observer);
        return server;
    }

    /** Returns who hears of requests beside the log: metrics and traces, where there are any. */
    private List<Observer> observers(MetricsSetup metrics) {
        List<Observer> all = new ArrayList<>(metrics.observers());
        String endpoint = settings.of(Settings.OTEL_ENDPOINT);
        if (!endpoint.isEmpty()) {
            TraceExporter traces = TraceExporter.start(
                    endpoint, settings.of(Settings.OTEL_SERVICE), settings.of(Settings.OTEL_SAMPLE), logs.lines());
            started.add(traces, traces::close);
            all.add(traces);
        }
        return all;
    }

    private void close(TenantStores stores) {
        stores.close();
        int left = stores.openCount();
        if (left > 0) {
            logs.lines()
                    .event(Event.warn(
                            "stop", "stores: " + left + " in use still (recovered when they are opened next)"));
        }
    }

    private static Seams seams() {
        return new Seams(Clock.system(), Stopwatch::nanos, RandomSource.secure());
    }

    private String failure(FairWorkers workers, KeyControl keys) {
        if (!logs.audit().healthy()) {
            return "audit";
        }
        if (keys.failing()) {
            return "keys";
        }
        return workers.longest().compareTo(STUCK) > 0 ? "workers" : "";
    }

    private void keepUp(KeyControl keys, Observer observer) {
        Upkeep upkeep = new Upkeep(observer);
        started.add(upkeep, upkeep::close);
        upkeep.each(settings.of(Settings.KEYS_POLL), "keys", keys::poll);
        upkeep.each(USAGE_PERIOD, "keys", keys::save);
        ready.tls().ifPresent(tls -> watch(tls, upkeep, observer));
    }

    private void watch(TlsFiles tls, Upkeep upkeep, Observer observer) {
        upkeep.each(settings.of(Settings.TLS_RELOAD), "tls", () -> {
            if (tls.poll()) {
                observer.event(Event.info("tls", "certificate taken over, ends at " + tls.expires()));
            }
        });
    }

    private StacOptions stacOptions(ServerFolder folder) {
        List<byte[]> tokens = new ArrayList<>(new TokenKeyFile(folder).findOrMake(RandomSource.secure()));
        byte[] present = tokens.remove(0);
        StacOptions options = StacOptions.defaults()
                .title(settings.of(Settings.STAC_TITLE))
                .itemFormat(new ItemParquetFormat())
                .tokens(TokenKeys.of(present, tokens.toArray(byte[][]::new)));
        String description = settings.of(Settings.STAC_DESCRIPTION);
        options = description.isEmpty() ? options : options.describedAs(description);
        return settings.of(Settings.STAC_READ_ONLY) ? options.readOnly() : options;
    }

    /** Returns where it is reached. */
    Addresses addresses() {
        String url = settings.of(Settings.PUBLIC_URL);
        if (url.isEmpty()) {
            InetAddress address = http.address().getAddress();
            String host = address.isAnyLocalAddress() ? "localhost" : address.getHostAddress();
            url = (ready.tls().isPresent() ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host)
                    + ":" + http.port();
        }
        return new Addresses(url, url + STAC, plan.store().toString(), ready.warnings());
    }

    /** Lets nobody in any more and waits for who is inside, as long as the settings say. */
    void drain() throws InterruptedException {
        if (!http.drain(settings.of(Settings.DRAIN))) {
            logs.lines().event(Event.warn("stop", "gave up what was not answered in time"));
        }
    }

    /** Gives up what still runs, closes the stores, and writes what the log still has. */
    @Override
    public void close() {
        started.close();
    }
}
