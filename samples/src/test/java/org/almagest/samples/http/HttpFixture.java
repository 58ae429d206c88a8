package org.almagest.samples.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.ExecutorService;
import org.almagest.Catalog;
import org.almagest.io.stac.api.Answer;
import org.almagest.io.stac.api.StacApi;
import org.almagest.io.stac.api.StacFixture;
import org.almagest.io.stac.api.StacOptions;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.io.stac.exchange.StacRequest;

/** The API behind a socket. */
final class HttpFixture implements StacFixture {
    private final Catalog catalog;
    private final StacApi api;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    HttpFixture(Catalog catalog, StacOptions options) {
        this.catalog = catalog;
        this.api = StacApi.of(catalog, options);
        try {
            this.server = StacOverHttp.start(api, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Catalog catalog() {
        return catalog;
    }

    @Override
    public Answer send(StacRequest request) {
        URI address;
        try {
            address = new URI(base() + request.target());
        } catch (URISyntaxException e) {
            return Answer.of(api.handle(request.at(URI.create(base())))); // no client of the JDK sends such a target
        }
        try {
            HttpRequest.Builder sent = HttpRequest.newBuilder(address)
                    .method(
                            request.method().name(),
                            HttpRequest.BodyPublishers.ofByteArray(
                                    request.body().readAllBytes()));
            request.headers().toMap().forEach((name, values) -> values.forEach(value -> sent.header(name, value)));
            HttpResponse<byte[]> answer = client.send(sent.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(
                    answer.statusCode(), StacHeaders.of(answer.headers().map()), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String base() {
        return "http://localhost:" + server.getAddress().getPort() + "/stac";
    }

    @Override
    public void close() {
        server.stop(0);
        ((ExecutorService) server.getExecutor()).shutdown();
        api.close();
        catalog.close();
    }
}
