package org.almagest.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.almagest.io.stac.exchange.StacBody;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.server.http.door.Handler;
import org.almagest.server.http.door.Verdict;
import org.almagest.server.log.Exchanged;
import org.junit.jupiter.api.Test;

class BodyPumpTest {
    private static final int MANY = 1_000; // 64 MB: more than sockets hold

    private static Handler answering(StacBody body) {
        return request -> StacResponse.of(200, "application/octet-stream", body);
    }

    @Test
    void longAnswersArriveWholeOverBothProtocols() throws Exception {
        for (boolean multiplexed : new boolean[] {false, true}) {
            PulledBody body = new PulledBody(40);
            UnaryOperator<HttpOptions> plain = options -> options;
            try (HttpTestServer server = multiplexed
                    ? HttpTestServer.http2(answering(body), plain)
                    : HttpTestServer.of(answering(body), plain)) {
                byte[] whole = server.client
                        .send(server.request("/t").build(), BodyHandlers.ofByteArray())
                        .body();
                assertEquals(40 * PulledBody.PIECE, whole.length);
                assertEquals('a', whole[0]);
                assertEquals('a' + 39 % 26, whole[whole.length - 1]);
                assertTrue(body.wasClosed());
                Exchanged told = server.heard.exchange();
                assertEquals(Exchanged.End.DONE, told.ended().how());
                assertEquals(whole.length, told.moved().bytesOut());
            }
        }
    }

    @Test
    void slowReadersHoldNoWorker() throws Exception {
        List<RawSocket> readers = new ArrayList<>();
        List<PulledBody> bodies = new ArrayList<>();
        Handler handler = request -> {
            if (request.target().startsWith("/quick")) {
                return HttpTestServer.echo(request);
            }
            PulledBody body = new PulledBody(MANY);
            synchronized (bodies) {
                bodies.add(body);
            }
            return StacResponse.of(200, "application/octet-stream", body);
        };
        try (HttpTestServer server = HttpTestServer.of(handler)) {
            for (int i = 0; i < 40; i++) { // ten times the workers
                RawSocket reader = RawSocket.to(server.server.port());
                reader.send("GET /t/slow HTTP/1.1\r\nHost: localhost\r\n\r\n").readTo("\r\n\r\n");
                readers.add(reader);
            }
            assertEquals("GET /quick 0", server.get("/t/quick").body());
            synchronized (bodies) {
                assertEquals(40, bodies.size());
                for (PulledBody body : bodies) {
                    assertTrue(body.pulled.get() < 200, "pieces made ahead of the reader: " + body.pulled);
                }
            }
            for (RawSocket reader : readers) {
                reader.close();
            }
            for (PulledBody body : bodies) {
                assertTrue(body.wasClosed(), "what a client that left had open is closed");
            }
        }
    }

    @Test
    void anAnswerThatFailsHalfWayIsNotTakenForWhole() throws Exception {
        for (boolean multiplexed : new boolean[] {false, true}) {
            PulledBody body = new PulledBody(MANY) {
                @Override
                public boolean next(OutputStream sink) throws IOException {
                    if (pulled.get() == 5) {
                        throw new IOException("page 5 of the inside is damaged");
                    }
                    return super.next(sink);
                }
            };
            UnaryOperator<HttpOptions> plain = options -> options;
            try (HttpTestServer server = multiplexed
                    ? HttpTestServer.http2(answering(body), plain)
                    : HttpTestServer.of(answering(body), plain)) {
                assertThrows(
                        IOException.class,
                        () -> server.client.send(server.request("/t").build(), BodyHandlers.ofByteArray()));
                assertTrue(body.wasClosed());
                Exchanged told = server.heard.exchange();
                assertEquals(Exchanged.End.FAILED, told.ended().how());
                assertTrue(
                        told.ended().problem().contains("page 5"), told.ended().problem());
            }
        }
    }

    @Test
    void aCutAnswerOverHttp1HasNoLastChunk() throws Exception {
        PulledBody body = new PulledBody(MANY) {
            @Override
            public boolean next(OutputStream sink) throws IOException {
                if (pulled.get() == 3) {
                    throw new IllegalStateException("broken");
                }
                return super.next(sink);
            }
        };
        try (HttpTestServer server = HttpTestServer.of(answering(body));
                RawSocket socket = RawSocket.to(server.server.port())) {
            String all =
                    socket.send("GET /t HTTP/1.1\r\nHost: localhost\r\n\r\n").textToEnd();
            assertTrue(all.startsWith("HTTP/1.1 200"), all.substring(0, 20));
            assertFalse(all.endsWith("0\r\n\r\n"));
            InnerWords.assertNone(all);
        }
    }

    @Test
    void aRevokedKeyEndsABodyBetweenTwoPiecesCompressedOrNot() throws Exception {
        for (boolean compressed : new boolean[] {false, true}) {
            AtomicBoolean live = new AtomicBoolean(true);
            PulledBody body = new PulledBody(10_000) {
                @Override
                public boolean next(OutputStream sink) throws IOException {
                    if (compressed) {
                        super.next(sink);
                    } else {
                        sink.write(pulled.getAndIncrement());
                    }
                    live.set(pulled.get() < 10);
                    return true;
                }
            };
            Handler handler = request -> StacResponse.of(200, "text/plain", body);
            try (HttpTestServer server = HttpTestServer.of(
                    handler, options -> options.admission(any -> Verdict.admitted(ClientGoneTest.guest(live))))) {
                assertEquals(
                        401,
                        server.send(server.request("/t").header("accept-encoding", compressed ? "gzip" : "identity"))
                                .statusCode());
                assertEquals(10, body.pulled.get());
                assertEquals(
                        Exchanged.End.REVOKED, server.heard.exchange().ended().how());
            }
        }
    }

    @Test
    void aBodyThatCannotBeClosedKeepsNothing() throws Exception {
        for (int pieces : new int[] {1, MANY}) {
            PulledBody body = new PulledBody(pieces) {
                @Override
                public boolean next(OutputStream sink) throws IOException {
                    if (pulled.get() == 5) {
                        throw new IOException("damaged");
                    }
                    return super.next(sink);
                }

                @Override
                public void close() {
                    throw new IllegalStateException("not closed");
                }
            };
            try (HttpTestServer server = HttpTestServer.of(answering(body));
                    RawSocket socket = RawSocket.to(server.server.port())) {
                socket.send("POST /t/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
                                + "Connection: close\r\n\r\n12345")
                        .readToEnd();
                assertEquals(
                        Exchanged.End.FAILED, server.heard.exchange().ended().how());
                assertEquals(0, server.server.bodiesBytes());
                while (server.server.inFlight() > 0) {
                    server.get("/health");
                }
            }
        }
    }

    @Test
    void aStoppedServerGivesUpWhatIsStillSent() throws Exception {
        PulledBody body = new PulledBody(MANY);
        HttpTestServer server = HttpTestServer.of(answering(body));
        try (server;
                RawSocket socket = RawSocket.to(server.server.port())) {
            socket.send("GET /t HTTP/1.1\r\nHost: localhost\r\n\r\n").readTo("\r\n\r\n");
            server.server.close();
            assertTrue(body.wasClosed());
        }
    }
}
