package org.almagest.server.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.almagest.io.stac.exchange.StacBody;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.io.stac.exchange.StacRequest;
import org.almagest.io.stac.exchange.StacResponse;
import org.junit.jupiter.api.Test;

class CompressionTest {
    private static final byte[] JSON = ("[" + "{\"a\":1},".repeat(200) + "0]").getBytes(StandardCharsets.UTF_8);

    private static StacResponse answer(StacRequest request) {
        StacHeaders tag = StacHeaders.NONE.and("etag", "\"v1\"");
        return switch (request.path()) {
            case "/json" -> HttpTestServer.json(tag, JSON);
            case "/short" -> HttpTestServer.json(tag, new byte[1_023]);
            case "/weak" -> HttpTestServer.json(StacHeaders.NONE.and("etag", "W/\"v1\""), JSON);
            case "/parquet" -> StacResponse.of(200, "application/vnd.apache.parquet", StacBody.of(JSON));
            case "/long" -> StacResponse.of(200, "application/json", new PulledBody(30));
            default ->
                HttpTestServer.text(
                        200, request.headers().joined("if-none-match").orElse("none"));
        };
    }

    private static HttpResponse<byte[]> get(HttpTestServer server, String target, String accept) throws Exception {
        return server.client.send(
                server.request(target).header("accept-encoding", accept).build(), BodyHandlers.ofByteArray());
    }

    private static byte[] unpacked(byte[] gzip) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new GZIPInputStream(new ByteArrayInputStream(gzip)).transferTo(out);
        return out.toByteArray();
    }

    private static String encoding(HttpResponse<?> response) {
        return response.headers().firstValue("content-encoding").orElse("-");
    }

    @Test
    void jsonIsCompressedForThoseWhoTakeIt() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(CompressionTest::answer)) {
            HttpResponse<byte[]> packed = get(server, "/t/json", "br, gzip;q=0.5");
            assertEquals("gzip", encoding(packed));
            assertTrue(packed.body().length < JSON.length / 10);
            assertArrayEquals(JSON, unpacked(packed.body()));
            assertEquals("\"v1;gzip\"", packed.headers().firstValue("etag").orElse(""));
            assertTrue(packed.headers().firstValue("vary").orElse("").contains("accept-encoding"));
            assertEquals("gzip", encoding(get(server, "/t/json", "*")));
            assertEquals(
                    "W/\"v1\"",
                    get(server, "/t/weak", "gzip").headers().firstValue("etag").orElse(""));
        }
    }

    @Test
    void othersGetTheBytesAsTheyAre() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(CompressionTest::answer)) {
            for (String accept : new String[] {"identity", "br", "gzip;q=0, identity", "gzip;q=x", "*;q=0, identity"}) {
                HttpResponse<byte[]> plain = get(server, "/t/json", accept);
                assertEquals("-", encoding(plain), accept);
                assertArrayEquals(JSON, plain.body());
                assertEquals("\"v1\"", plain.headers().firstValue("etag").orElse(""));
            }
            assertEquals("-", encoding(get(server, "/t/short", "gzip")));
            assertEquals("-", encoding(get(server, "/t/parquet", "gzip")));
            assertEquals(406, get(server, "/t/json", "identity;q=0, br").statusCode());
            assertEquals(406, get(server, "/t/json", "*;q=0").statusCode());
            assertEquals(200, get(server, "/t/json", "identity;q=0, gzip").statusCode());
        }
        try (HttpTestServer server = HttpTestServer.of(CompressionTest::answer, HttpOptions::uncompressed)) {
            assertEquals("-", encoding(get(server, "/t/json", "gzip")));
        }
    }

    @Test
    void longAnswersAreCompressedPieceByPiece() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(CompressionTest::answer)) {
            HttpResponse<byte[]> packed = get(server, "/t/long", "gzip");
            assertEquals("gzip", encoding(packed));
            byte[] whole = unpacked(packed.body());
            assertEquals(30 * PulledBody.PIECE, whole.length);
            assertEquals('a' + 29 % 26, whole[whole.length - 1]);
        }
    }

    @Test
    void tagsOfCompressedAnswersAreKnownAgain() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(CompressionTest::answer)) {
            assertEquals(
                    "\"v1\", W/\"x\"",
                    server.send(server.request("/t/tags").header("if-none-match", "\"v1;gzip\", W/\"x\""))
                            .body());
        }
    }
}
