package org.almagest.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.server.http.door.Handler;
import org.almagest.server.log.Closing;
import org.almagest.server.log.Exchanged;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that send or read by drops, while the clock is moved by hand and a good client goes on asking. */
@Tag("slow")
class SlowClientsTest {
    private static final int DROPS = 100;

    private static RawSocket open(HttpTestServer server, int client) throws IOException {
        return RawSocket.from("127.0.1." + (1 + client / 50), server.server.port());
    }

    private static Handler long64() {
        return long64(new AtomicInteger());
    }

    /** Answers 64 MB, more than sockets hold. */
    private static Handler long64(AtomicInteger pulled) {
        return request -> request.target().equals("/long")
                ? StacResponse.of(200, "application/octet-stream", new PulledBody(1_000, pulled))
                : HttpTestServer.echo(request);
    }

    private static Map<Closing, Integer> closings(HttpTestServer server, int count) throws InterruptedException {
        Map<Closing, Integer> why = new EnumMap<>(Closing.class);
        for (int i = 0; i < count; i++) {
            why.merge(server.heard.closing(), 1, Integer::sum);
        }
        return why;
    }

    @Test
    void slowHeadersAreSentAwayAfterTenSeconds() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(long64())) {
            for (int i = 0; i < 8; i++) {
                good(server);
            }
            int threads = Thread.activeCount();
            List<RawSocket> slow = new ArrayList<>();
            for (int i = 0; i < DROPS; i++) {
                slow.add(open(server, i).send(i % 2 == 0 ? "GET /t HTTP/1.1\r\nHo" : ""));
            }
            while (server.server.connections().getOrDefault("await", 0) < DROPS) {
                good(server);
            }
            server.advance(Duration.ofSeconds(10));
            server.server.sweep();
            for (RawSocket client : slow) {
                client.send("s"); // a drop more does not renew the time
            }
            good(server);
            server.advance(Duration.ofMillis(1));
            server.server.sweep();
            assertEquals(Map.of(Closing.SLOW_HEADERS, DROPS), closings(server, DROPS));
            for (RawSocket client : slow) {
                assertEquals("", client.textToEnd());
                client.close();
            }
            good(server);
            assertTrue(Thread.activeCount() <= threads + 2, "threads for slow clients");
        }
    }

    @Test
    void aConnectionThatWasGoodOnceHasTheSameTimeForItsNextHeaders() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(long64());
                RawSocket client = RawSocket.to(server.server.port())) {
            client.send("GET /t HTTP/1.1\r\nHost: localhost\r\n\r\n").readTo("GET / 0");
            server.heard.exchange();
            server.advance(Duration.ofSeconds(60));
            server.server.sweep();
            client.send("GET /t/again HTTP/1.1\r\nHost: localhost\r\n\r\n").readTo("GET /again 0");
            server.heard.exchange();
            client.send("GET /t HT");
            good(server); // its bytes have come before ours are answered, on another loop or the same
            while (server.server.connections().getOrDefault("await", 0) == 0) {
                good(server);
            }
            server.advance(Duration.ofSeconds(11));
            server.server.sweep();
            assertEquals(Closing.SLOW_HEADERS, server.heard.closing());
            assertEquals("", client.textToEnd());
        }
    }

    @Test
    void slowBodiesAreSentAway() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(long64())) {
            List<RawSocket> slow = new ArrayList<>();
            for (int i = 0; i < DROPS; i++) {
                slow.add(open(server, i)
                        .send("POST /t/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n12345"));
            }
            while (server.server.inFlight() < DROPS) {
                good(server);
            }
            server.advance(Duration.ofSeconds(10));
            server.server.sweep();
            good(server);
            server.advance(Duration.ofSeconds(1));
            server.server.sweep();
            assertEquals(Map.of(Closing.SLOW_BODY, DROPS), closings(server, DROPS));
            for (RawSocket client : slow) {
                assertEquals("", client.textToEnd());
                client.close();
            }
            good(server);
            while (server.server.bodiesBytes() > 0) {
                good(server);
            }
        }
    }

    @Test
    void whatCameFastIsNoCreditForABodyThatStops() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(long64());
                RawSocket client = RawSocket.to(server.server.port())) {
            int bytes = 1 << 20;
            client.send("POST /t/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + bytes + "\r\n\r\n")
                    .send(new byte[bytes - 1]);
            while (server.server.bodiesBytes() < bytes - 1) {
                good(server);
            }
            for (int sweep = 0; sweep < 5; sweep++) { // the last bytes may come after the first
                server.advance(Duration.ofSeconds(11));
                server.server.sweep();
                good(server);
            }
            assertEquals(Closing.SLOW_BODY, server.heard.closing());
            assertEquals("", client.textToEnd());
            while (server.server.bodiesBytes() > 0) {
                good(server);
            }
        }
    }

    @Test
    void aBodyThatComesByTheLeastRateHasAnEnd() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(
                        long64(), options -> options.limits(options.limits().with("responseMillisMax", 25_000)));
                RawSocket client = RawSocket.to(server.server.port())) {
            client.send("POST /t/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n");
            for (int turn = 1; turn <= 2; turn++) {
                client.send(new byte[20_000]);
                while (server.server.bodiesBytes() < 20_000L * turn) {
                    good(server);
                }
                server.advance(Duration.ofSeconds(12));
                server.server.sweep();
            }
            good(server);
            server.advance(Duration.ofSeconds(2));
            server.server.sweep();
            String answer = client.textToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 504"), answer);
            while (server.server.bodiesBytes() > 0) {
                good(server);
            }
        }
    }

    @Test
    void stalledReadersAreSentAwayAfterThirtySeconds() throws Exception {
        AtomicInteger pulled = new AtomicInteger();
        try (HttpTestServer server = HttpTestServer.of(long64(pulled))) {
            List<RawSocket> slow = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                RawSocket client = open(server, i);
                client.send("GET /t/long HTTP/1.1\r\nHost: localhost\r\n\r\n").readTo("\r\n\r\n");
                slow.add(client);
            }
            int before;
            do { // until all sockets are full
                before = pulled.get();
                for (int i = 0; i < 20; i++) {
                    good(server);
                }
            } while (pulled.get() != before);
            server.advance(Duration.ofSeconds(31));
            server.server.sweep();
            assertEquals(Map.of(Closing.STALLED, 50), closings(server, 50));
            Exchanged told = server.heard.exchange();
            while (!told.asked().target().equals("/t/long")) {
                told = server.heard.exchange();
            }
            assertEquals(Exchanged.End.STALLED, told.ended().how());
            for (RawSocket client : slow) {
                client.close();
            }
            good(server);
            while (server.server.inFlight() > 0) {
                good(server);
            }
        }
    }

    @Test
    void aStreamWhoseWindowNeverOpensIsGivenUp() throws Exception {
        AtomicInteger pulled = new AtomicInteger();
        byte[] noWindow = {0, 4, 0, 0, 0, 0};
        try (HttpTestServer server = HttpTestServer.of(
                request -> StacResponse.of(200, "application/octet-stream", new PulledBody(1_000, pulled)))) {
            for (byte[] ask : new byte[][] {Http2Frames.get(), Http2Frames.getOf("/")}) {
                try (Http2Frames client = Http2Frames.to(server.server.port())) {
                    client.send(Http2Frames.SETTINGS, 0, 0, noWindow)
                            .send(Http2Frames.HEADERS, Http2Frames.END_STREAM | Http2Frames.END_HEADERS, 1, ask);
                    client.nextOf(Http2Frames.HEADERS);
                    server.advance(Duration.ofSeconds(29));
                    server.server.sweep();
                    assertEquals(1, server.server.inFlight());
                    server.advance(Duration.ofSeconds(66)); // and what 64 KiB may take
                    server.server.sweep();
                    server.server.sweep();
                    assertEquals(
                            Exchanged.End.STALLED,
                            server.heard.exchange().ended().how());
                }
            }
            assertTrue(pulled.get() <= 3, "pieces made for nobody: " + pulled);
        }
    }

    @Test
    void oneAddressHasItsShareOfConnectionsAndTheIdleMakeRoom() throws Exception {
        Handler handler = HttpTestServer::echo;
        try (HttpTestServer server = HttpTestServer.of(
                handler,
                options -> options.limits(
                        options.limits().with("connectionsPerAddressMax", 5).with("connectionsMax", 12)))) {
            List<RawSocket> silent = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                silent.add(RawSocket.from("127.0.2.1", server.server.port()));
            }
            while (server.server.connections().getOrDefault("await", 0) < 5) {
                good(server);
            }
            try (RawSocket sixth = RawSocket.from("127.0.2.1", server.server.port())) {
                assertEquals("", sixth.textToEnd());
                assertEquals(Closing.PER_ADDRESS, server.heard.closing());
            }
            for (int i = 0; i < 20; i++) {
                server.advance(Duration.ofMillis(1));
                silent.add(RawSocket.from("127.0.3." + (i + 1), server.server.port()));
            }
            good(server);
            assertEquals(Closing.TOO_MANY, server.heard.closing());
            assertEquals("", silent.get(0).textToEnd(), "the one that waited longest made room");
            for (RawSocket client : silent) {
                client.close();
            }
        }
    }

    /** A client that behaves is answered whatever the others do. */
    private static void good(HttpTestServer server) throws Exception {
        assertEquals(200, server.get("/t/good").statusCode());
    }
}
