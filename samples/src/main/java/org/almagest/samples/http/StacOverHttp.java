package org.almagest.samples.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import org.almagest.Catalog;
import org.almagest.io.stac.api.StacApi;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.exchange.StacRequest;
import org.almagest.io.stac.exchange.StacResponse;

/** Serves the STAC API of a store to this machine, without keys and TLS; try http://localhost:8080/stac. */
public final class StacOverHttp {
    private StacOverHttp() {}

    /** Serves the store in the folder that is named first, at the port that is named second. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "almagest-data");
        int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8080;
        HttpServer server =
                start(StacApi.of(Catalog.open(folder)), port); // until the process ends; nothing is lost then
        System.out.println("http://localhost:" + server.getAddress().getPort() + "/stac");
    }

    /** Starts a server over an API; port 0 stands for any that is free. */
    public static HttpServer start(StacApi api, int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        URI base = URI.create("http://localhost:" + server.getAddress().getPort() + "/stac");
        server.createContext("/stac", exchange -> answer(api, base, exchange));
        server.setExecutor(Executors.newFixedThreadPool(16));
        server.start();
        return server;
    }

    private static void answer(StacApi api, URI base, HttpExchange exchange) throws IOException {
        Optional<StacMethod> method = StacMethod.parse(exchange.getRequestMethod());
        if (method.isEmpty()) {
            exchange.sendResponseHeaders(501, -1);
            return;
        }
        String target = exchange.getRequestURI().toASCIIString().substring("/stac".length());
        StacRequest request = StacRequest.of(method.get(), target)
                .with(StacHeaders.of(exchange.getRequestHeaders()))
                .with(exchange.getRequestBody())
                .at(base);
        try (StacResponse response = api.handle(request)) {
            exchange.getResponseHeaders().putAll(response.headers().toMap());
            long length = response.body().length().orElse(0); // 0 stands for chunks
            boolean empty = response.body().length().equals(OptionalLong.of(0));
            exchange.sendResponseHeaders(response.status(), empty ? -1 : length);
            response.body().writeTo(exchange.getResponseBody());
        }
        exchange.close(); // not after a failure: the connection breaks off then, so that nobody takes a part for all
    }
}
