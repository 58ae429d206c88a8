package org.almagest.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.almagest.server.http.door.Admission;
import org.almagest.server.http.door.Handler;
import org.almagest.server.log.Exchanged;
import org.almagest.server.log.Refusal.Reason;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    @Test
    void answersItsTwoPagesWithoutAnybodyBeingAsked() throws Exception {
        Admission nobody = arrival -> {
            throw new AssertionError("asked about " + arrival.target());
        };
        try (HttpTestServer server = HttpTestServer.of(HttpTestServer::echo, options -> options.admission(nobody))) {
            HttpResponse<String> health = server.get("/health");
            assertEquals(200, health.statusCode());
            assertEquals("{\"status\":\"ok\",\"version\":\"0.0\"}", health.body());
            assertEquals(
                    "no-store", health.headers().firstValue("cache-control").orElse(""));
            HttpResponse<String> start = server.get("/");
            assertEquals(200, start.statusCode());
            assertTrue(start.body().contains("<h1>Almagest 0.0</h1>"), start.body());
        }
    }

    @Test
    void handsTargetsOnAsTheyWereSent() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(HttpTestServer::echo)) {
            assertEquals("GET / 0", server.get("/t").body());
            assertEquals("GET /?a=b 0", server.get("/t?a=b").body());
            assertEquals(
                    "GET /a%2Fb;c=d/e?f=%41+g 0",
                    server.get("/t/a%2Fb;c=d/e?f=%41+g").body());
            assertEquals("GET //x/ 0", server.get("/t//x/").body());
            assertEquals("GET /.../x%c3%a9 0", server.get("/t/.../x%c3%a9").body());
            assertEquals(400, server.get("/t/%2e%2e/health").statusCode(), "the library takes no step upwards");
            assertEquals(400, server.get("/t/../health").statusCode());
        }
    }

    @Test
    void collectsBodiesAndTellsHowARequestWent() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(HttpTestServer::echo)) {
            byte[] body = new byte[300_000];
            HttpResponse<String> answer = server.send(server.request("/t/a").POST(BodyPublishers.ofByteArray(body)));
            assertEquals("POST /a 300000", answer.body());
            Exchanged told = server.heard.exchange();
            assertEquals("POST /t/{name}", told.asked().route());
            assertEquals(300_000, told.moved().bytesIn());
            assertEquals(answer.body().length(), told.moved().bytesOut());
            assertEquals(200, told.ended().status());
            assertEquals(Exchanged.End.DONE, told.ended().how());
            assertEquals(
                    answer.headers().firstValue("x-request-id").orElse(""),
                    told.asked().id());
            assertEquals(0, server.server.bodiesBytes(), "the room of the body was given back");
        }
    }

    @Test
    void answersUnderNoMountAreNotFound() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(HttpTestServer::echo)) {
            assertEquals(404, server.get("/nothing").statusCode());
            assertEquals(404, server.get("/tt").statusCode());
            assertEquals("none", server.heard.exchange().asked().route());
        }
    }

    @Test
    void aFailureIsAProblemThatTellsNothing() throws Exception {
        Handler failing = request -> {
            throw new IllegalStateException("secret of the inside");
        };
        try (HttpTestServer server = HttpTestServer.of(failing)) {
            HttpResponse<String> answer = server.get("/t");
            assertEquals(500, answer.statusCode());
            assertTrue(!answer.body().contains("secret"), answer.body());
            Exchanged told = server.heard.exchange();
            assertEquals(Exchanged.End.FAILED, told.ended().how());
            assertTrue(told.ended().problem().contains("secret of the inside"));
        }
    }

    @Test
    void whatTheDoorThrowsIsAnsweredAndLeavesNobodyInside() throws Exception {
        Admission broken = arrival -> {
            throw new IllegalStateException("door");
        };
        try (HttpTestServer server = HttpTestServer.of(HttpTestServer::echo, options -> options.admission(broken))) {
            assertEquals(500, server.get("/t").statusCode());
            assertEquals(Exchanged.End.FAILED, server.heard.exchange().ended().how());
            assertTrue(server.server.drain(HttpTestServer.LONG));
        }
    }

    @Test
    void malformedFieldsAreRefusedAndLeaveNobodyInside() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(HttpTestServer::echo)) {
            for (String field :
                    new String[] {"x(y: 1", "x y: 1", ": 1", "x\u00e9: 1", "x: a\u0000b", "x: a\rb", " x: 1"}) {
                try (RawSocket socket = RawSocket.to(server.server.port())) {
                    String answer = socket.send(
                                    "GET /t HTTP/1.1\r\nHost: localhost\r\n" + field + "\r\nConnection: close\r\n\r\n")
                            .textToEnd();
                    assertTrue(answer.matches("(?s)HTTP/1.1 (200|400|421).*"), field + ": " + answer);
                    InnerWords.assertNone(answer);
                }
            }
            assertTrue(server.server.drain(HttpTestServer.LONG));
        }
    }

    @Test
    void drainingLetsTheRequestUnderWayEndAndNobodyIn() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Handler slow = request -> {
            begun.countDown();
            await(go);
            return HttpTestServer.echo(request);
        };
        try (HttpTestServer server = HttpTestServer.of(slow)) {
            CompletableFuture<HttpResponse<String>> under = CompletableFuture.supplyAsync(() -> sent(server, "/t/a"));
            await(begun);
            CompletableFuture<Boolean> drained = new CompletableFuture<>();
            server.server.drain(Duration.ZERO);
            Thread waiting = new Thread(() -> {
                try {
                    drained.complete(server.server.drain(HttpTestServer.LONG));
                } catch (InterruptedException e) {
                    drained.completeExceptionally(e);
                }
            });
            waiting.start();
            HttpResponse<String> refused = server.get("/t/b");
            assertEquals(503, refused.statusCode());
            assertEquals("1", refused.headers().firstValue("retry-after").orElse(""));
            assertEquals("close", refused.headers().firstValue("connection").orElse(""));
            assertEquals(Reason.DRAINING, server.heard.refusal());
            assertEquals("{\"status\":\"draining\"}", server.get("/health").body());
            go.countDown();
            assertEquals("GET /a 0", under.get(60, TimeUnit.SECONDS).body());
            assertTrue(drained.get(60, TimeUnit.SECONDS));
        }
    }

    private static HttpResponse<String> sent(HttpTestServer server, String target) {
        try {
            return server.get(target);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS), "waited for nothing");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
