package org.almagest.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.zip.GZIPOutputStream;
import org.almagest.server.log.Refusal.Reason;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Compressed bodies over HTTP; how much comes out of them is InflationTest's. */
@Tag("slow")
class BombTest {
    private static HttpResponse<String> post(HttpTestServer server, String target, String encoding, byte[] body)
            throws Exception {
        return server.send(
                server.request(target).header("content-encoding", encoding).POST(BodyPublishers.ofByteArray(body)));
    }

    @Test
    void aGigabyteInAMegabyteIsRefusedOnEveryRouteThatTakesABody() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 1_024; i++) {
                out.write(zeros);
            }
        }
        try (HttpTestServer server = HttpTestServer.of(HttpTestServer::echo)) {
            assertEquals(413, post(server, "/t/a", "gzip", bytes.toByteArray()).statusCode());
            assertEquals(
                    413, post(server, "/t/small", "gzip", bytes.toByteArray()).statusCode());
            assertEquals(0, server.server.bodiesBytes());
        }
    }

    @Test
    void unknownAndNestedEncodingsAreRefusedBeforeTheBodyIsRead() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(HttpTestServer::echo)) {
            for (String encoding : new String[] {"zstd", "br", "gzip, gzip", "compress", "gzip,deflate"}) {
                assertEquals(415, post(server, "/t/a", encoding, new byte[10]).statusCode(), encoding);
                assertEquals(Reason.ENCODING, server.heard.refusal());
            }
            HttpResponse<String> twice = server.send(server.request("/t/a")
                    .header("content-encoding", "gzip")
                    .header("content-encoding", "gzip")
                    .POST(BodyPublishers.ofByteArray(new byte[10])));
            assertEquals(415, twice.statusCode());
        }
    }

    @Test
    void aCompressedBodyReachesTheHandlerUnpacked() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(new byte[77_000]);
        }
        try (HttpTestServer server = HttpTestServer.of(HttpTestServer::echo)) {
            assertEquals(
                    "POST /a 77000",
                    post(server, "/t/a", "gzip", bytes.toByteArray()).body());
            assertEquals(bytes.size(), server.heard.exchange().moved().bytesIn());
        }
    }
}
