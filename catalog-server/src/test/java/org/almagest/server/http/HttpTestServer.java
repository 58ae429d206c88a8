package org.almagest.server.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.almagest.io.stac.exchange.StacBody;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.exchange.StacRequest;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.server.http.door.Handler;
import org.almagest.server.http.door.Mount;
import org.almagest.server.http.door.Route;

/** A server on a free port of loopback, whose clock the test moves and whose handler the test gives. */
final class HttpTestServer implements AutoCloseable {
    /** Every wait in these tests ends after this long; only a failing one meets it. */
    static final Duration LONG = Duration.ofSeconds(60);

    static final long BODY_MAX = 64 << 20;

    final AtomicLong nanos = new AtomicLong();
    final Heard heard = new Heard();
    final PoolWorkers workers = new PoolWorkers();
    final HttpServer server;
    final HttpClient client;

    private HttpTestServer(Handler handler, UnaryOperator<HttpOptions> options, HttpClient.Version version) {
        HttpOptions all = HttpOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .workers(workers)
                .observer(heard)
                .version("0.0")
                .mount(new Mount("/t", routes(), handler))
                .steppedBy(nanos::get);
        this.server = HttpServer.start(options.apply(all));
        this.client =
                HttpClient.newBuilder().version(version).connectTimeout(LONG).build();
    }

    /** Starts one with the defaults; clients speak HTTP/1.1. */
    static HttpTestServer of(Handler handler) {
        return of(handler, options -> options);
    }

    static HttpTestServer of(Handler handler, UnaryOperator<HttpOptions> options) {
        return new HttpTestServer(handler, options, HttpClient.Version.HTTP_1_1);
    }

    /** Starts one whose clients speak HTTP/2. */
    static HttpTestServer http2(Handler handler, UnaryOperator<HttpOptions> options) {
        return new HttpTestServer(handler, options, HttpClient.Version.HTTP_2);
    }

    private static List<Route> routes() {
        return List.of(
                Route.of(StacMethod.GET, "/t", 0),
                Route.of(StacMethod.GET, "/t/{name}", 0),
                Route.of(StacMethod.POST, "/t/{name}", BODY_MAX),
                Route.of(StacMethod.POST, "/t/small", 1_000));
    }

    /** Answers with the target and the length of the body that came. */
    static StacResponse echo(StacRequest request) {
        try {
            int bytes = request.body().readAllBytes().length;
            return text(200, request.method() + " " + request.target() + " " + bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static StacResponse text(int status, String text) {
        return StacResponse.of(status, "text/plain", StacBody.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    static StacResponse json(StacHeaders more, byte[] body) {
        return StacResponse.of(200, more.and("content-type", "application/json"), StacBody.of(body));
    }

    URI uri(String target) {
        return URI.create("http://127.0.0.1:" + server.port() + target);
    }

    HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(uri(target)).timeout(LONG);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        InnerWords.assertNone(response.headers().map() + response.body());
        return response;
    }

    HttpResponse<String> get(String target) throws Exception {
        return send(request(target));
    }

    void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Override
    public void close() {
        server.close();
        workers.close();
    }
}
