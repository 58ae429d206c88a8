package org.almagest.server.main;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.almagest.CatalogOptions;
import org.almagest.io.stac.api.StacOptions;
import org.almagest.io.stac.page.TokenKeys;
import org.almagest.runtime.RandomSource;
import org.almagest.server.config.Settings;
import org.almagest.server.config.SettingsReader;
import org.almagest.server.config.SettingsReader.Flag;
import org.almagest.server.http.HttpOptions;
import org.almagest.server.http.HttpServer;
import org.almagest.server.http.door.Handler;
import org.almagest.server.keys.ApiKeys;
import org.almagest.server.keys.Grant;
import org.almagest.server.keys.KeyQuota;
import org.almagest.server.keys.ServerFolder;
import org.almagest.server.keys.TokenKeyFile;
import org.almagest.server.log.Event;
import org.almagest.server.log.Exchanged;
import org.almagest.server.log.Observer;
import org.almagest.server.log.Refusal;
import org.almagest.server.stac.StacMount;
import org.almagest.server.tenant.TenantStores;
import org.almagest.testing.SteppedClock;

/** A server with keys, tenants and quotas on a free port of loopback; the test moves its clocks and looks at its file. */
final class KeyedServer implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(60);

    final Path data;
    final SteppedClock clock = new SteppedClock(Instant.parse("2026-11-22T12:00:00Z"));
    final AtomicLong ticker = new AtomicLong();
    final ApiKeys keys;
    final KeyControl control;
    final TenantStores stores;
    final HttpServer http;
    final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final List<Observer> others = new CopyOnWriteArrayList<>();
    private final FairWorkers workers;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LONG)
            .build();

    private KeyedServer(Path data, UnaryOperator<Handler> around, String... settings) {
        this.data = data;
        Settings read = settings(settings);
        ServerFolder folder = ServerFolder.in(data);
        this.keys = new ApiKeys(folder, clock, RandomSource.secure());
        Observer observer = observer();
        this.control = KeyControl.open(
                folder, read, observer, new KeyControl.Seams(clock, ticker::get, RandomSource.secure()));
        TokenKeys tokens = new TokenKeys(new TokenKeyFile(folder).findOrMake(RandomSource.secure()));
        this.stores = TenantStores.open(
                data,
                new TenantStores.Options(
                        4,
                        control::tenants,
                        CatalogOptions.defaults(),
                        StacOptions.defaults().tokens(tokens)));
        this.workers = FairWorkers.start(read, observer);
        this.http = HttpServer.start(HttpOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .mount(StacMount.of("/stac", stores.api().routes(), around.apply(stores::handle)))
                .admission(control.admission())
                .workers(workers)
                .observer(observer)
                .version("0.0"));
    }

    static KeyedServer start(Path data, String... settings) {
        return new KeyedServer(data, handler -> handler, settings);
    }

    /** Starts one whose requests pass something of the test first. */
    static KeyedServer around(Path data, UnaryOperator<Handler> around, String... settings) {
        return new KeyedServer(data, around, settings);
    }

    private static Settings settings(String... settings) {
        List<Flag> flags = Arrays.stream(settings)
                .map(text -> text.split("=", 2))
                .map(parts -> new Flag("--set", parts[0], parts[1]))
                .toList();
        return SettingsReader.read(Optional.empty(), Map.of(), flags).settings();
    }

    /** Tells another one too, from now on. */
    void tell(Observer other) {
        others.add(other);
    }

    /** Returns what opens when the next request has ended and was charged for. */
    CountDownLatch nextFinished() {
        CountDownLatch latch = new CountDownLatch(1);
        tell(new Observer() {
            @Override
            public void finished(Exchanged exchange) {
                latch.countDown();
            }
        });
        return latch;
    }

    private Observer observer() {
        return new Observer() {
            @Override
            public void finished(Exchanged exchange) {
                told.add(exchange.toString());
                others.forEach(other -> other.finished(exchange));
            }

            @Override
            public void refused(Refusal why) {
                told.add(why.toString());
                others.forEach(other -> other.refused(why));
            }

            @Override
            public void event(Event event) {
                told.add(event.toString());
                others.forEach(other -> other.event(event));
            }
        };
    }

    /** Makes a key that expires in 90 days; the server knows it when this returns. */
    ApiKeys.Made key(String tenant, String... grants) {
        return key(KeyQuota.NONE, tenant, grants);
    }

    ApiKeys.Made key(KeyQuota quota, String tenant, String... grants) {
        ApiKeys.Made made = keys.create(new ApiKeys.Wanted(
                tenant, "test", Arrays.stream(grants).map(Grant::parse).toList(), quota, Duration.ofDays(90)));
        control.poll();
        return made;
    }

    String text(String tenant, String... grants) {
        return key(tenant, grants).text().reveal();
    }

    /** Sends a request with a key, or without one where it is empty, and with a body of JSON where that is not empty. */
    HttpResponse<String> send(String key, String method, String target, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(target)).timeout(LONG);
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        if (body.isEmpty()) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body));
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String key, String target) throws Exception {
        return send(key, "GET", target, "");
    }

    URI uri(String target) {
        return URI.create("http://127.0.0.1:" + http.port() + target);
    }

    HttpClient client() {
        return client;
    }

    static String collection(String id) {
        return "{\"type\":\"Collection\",\"stac_version\":\"1.1.0\",\"id\":\"" + id
                + "\",\"description\":\"x\",\"license\":\"CC0-1.0\",\"extent\":{\"spatial\":{\"bbox\":[[-180,-90,180,90]]},"
                + "\"temporal\":{\"interval\":[[null,null]]}},\"links\":[]}";
    }

    static String item(String collection, String id) {
        return "{\"type\":\"Feature\",\"stac_version\":\"1.1.0\",\"id\":\"" + id + "\",\"collection\":\"" + collection
                + "\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]},\"bbox\":[1,2,1,2],"
                + "\"properties\":{\"datetime\":\"2026-01-01T00:00:00Z\",\"title\":\"x\"},\"links\":[],\"assets\":{}}";
    }

    @Override
    public void close() {
        http.close();
        workers.close();
        stores.close();
    }
}
