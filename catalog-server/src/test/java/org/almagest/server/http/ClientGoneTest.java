package org.almagest.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.almagest.io.stac.exchange.Problem;
import org.almagest.io.stac.exchange.Problems;
import org.almagest.io.stac.exchange.StacCaller;
import org.almagest.io.stac.exchange.StacRequest;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.server.http.door.Guest;
import org.almagest.server.http.door.Handler;
import org.almagest.server.http.door.Verdict;
import org.almagest.server.log.Closing;
import org.almagest.server.log.Exchanged;
import org.junit.jupiter.api.Test;

/** Work for a client that has left, or may no longer ask, ends at the next row. */
class ClientGoneTest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean cancelled = new AtomicBoolean();

    /** Waits in the middle of its work, then asks whether to go on, as the engine does between rows. */
    private StacResponse work(StacRequest request) {
        begun.countDown();
        await(go);
        boolean over = false;
        for (int row = 0; row < 32 && !over; row++) {
            over = request.cancellation().getAsBoolean();
        }
        cancelled.set(over);
        ended.countDown();
        return over
                ? Problem.of(Problems.CLIENT_GONE, "CANCELLED", "request: cancelled")
                        .toResponse("")
                : HttpTestServer.echo(request);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS), "waited for nothing");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aClosedSocketEndsTheWorkAtOnce() throws Exception {
        Handler handler = this::work;
        try (HttpTestServer server = HttpTestServer.of(handler)) {
            RawSocket socket = RawSocket.to(server.server.port());
            socket.send("GET /t HTTP/1.1\r\nHost: localhost\r\n\r\n");
            await(begun);
            socket.close();
            assertEquals(Closing.GONE, server.heard.closing());
            go.countDown();
            await(ended);
            assertTrue(cancelled.get());
            assertEquals(Exchanged.End.GONE, server.heard.exchange().ended().how());
        }
    }

    @Test
    void aQueryThatWorksTooLongIsAnswered504() throws Exception {
        Handler handler = this::work;
        try (HttpTestServer server = HttpTestServer.of(handler)) {
            Thread mover = new Thread(() -> {
                await(begun);
                server.advance(Duration.ofSeconds(31));
                go.countDown();
            });
            mover.start();
            HttpResponse<String> answer = server.get("/t");
            assertEquals(504, answer.statusCode());
            assertEquals(Exchanged.End.TIMEOUT, server.heard.exchange().ended().how());
            mover.join();
        }
    }

    static Guest guest(AtomicBoolean live) {
        return new Guest() {
            @Override
            public StacCaller caller() {
                return StacCaller.READER;
            }

            @Override
            public String queue() {
                return "k";
            }

            @Override
            public boolean live() {
                return live.get();
            }
        };
    }

    @Test
    void aRevokedKeyEndsWhatItHasBegun() throws Exception {
        AtomicBoolean live = new AtomicBoolean(true);
        Guest guest = guest(live);
        Handler handler = this::work;
        try (HttpTestServer server =
                HttpTestServer.of(handler, options -> options.admission(any -> Verdict.admitted(guest)))) {
            Thread mover = new Thread(() -> {
                await(begun);
                live.set(false);
                go.countDown();
            });
            mover.start();
            assertEquals(401, server.get("/t").statusCode());
            assertEquals(Exchanged.End.REVOKED, server.heard.exchange().ended().how());
            mover.join();
        }
    }

    @Test
    void aRevokedKeyDoesNotGoOnSendingItsBody() throws Exception {
        AtomicBoolean live = new AtomicBoolean(true);
        Guest guest = guest(live);
        try (HttpTestServer server = HttpTestServer.of(
                        HttpTestServer::echo, options -> options.admission(any -> Verdict.admitted(guest)));
                RawSocket socket = RawSocket.to(server.server.port())) {
            socket.send("POST /t/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n12345");
            while (server.server.bodiesBytes() == 0) {
                assertEquals(200, server.get("/t").statusCode());
            }
            live.set(false);
            server.server.sweep();
            String answer = socket.textToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 401"), answer);
            assertEquals(0, server.server.bodiesBytes());
        }
    }
}
