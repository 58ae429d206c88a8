package org.almagest.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Map;
import org.almagest.error.InvalidRequestException;
import org.almagest.server.http.door.Admission;
import org.almagest.server.http.door.HttpLimits;
import org.almagest.server.log.Refusal.Reason;
import org.junit.jupiter.api.Test;

class HttpLimitsTest {
    private static final HttpLimits LIMITS = HttpLimits.defaults();

    private static HttpTestServer server(boolean multiplexed) {
        return multiplexed
                ? HttpTestServer.http2(HttpTestServer::echo, options -> options)
                : HttpTestServer.of(HttpTestServer::echo);
    }

    @Test
    void aTargetAtItsBoundIsTakenOnePastItIsNot() throws Exception {
        for (boolean multiplexed : new boolean[] {false, true}) {
            try (HttpTestServer server = server(multiplexed)) {
                String most = "/t?a=" + "x".repeat((int) LIMITS.urlBytesMax() - 5);
                assertEquals(200, server.get(most).statusCode());
                HttpResponse<String> refused = server.get(most + "x");
                assertEquals(414, refused.statusCode());
                assertTrue(refused.body().contains("target: more than 8192 bytes"), refused.body());
                assertEquals(Reason.SIZE, server.heard.refusal());
            }
        }
    }

    @Test
    void headersAtTheirBoundAreTakenOnePastItTheyAreNot() throws Exception {
        for (boolean multiplexed : new boolean[] {false, true}) {
            try (HttpTestServer server = server(multiplexed)) {
                int others = bytesOfHeaders(server);
                assertEquals(200, server.get("/t").statusCode());
                String most = "x".repeat((int) LIMITS.headerBytesMax() - others - "x-more".length());
                assertEquals(
                        200,
                        server.send(server.request("/t").header("x-more", most)).statusCode());
                HttpResponse<String> refused = server.send(server.request("/t").header("x-more", most + "x"));
                assertEquals(431, refused.statusCode());
                assertEquals(Reason.SIZE, server.heard.refusal());
            }
        }
    }

    /** Returns the bytes of the fields that the client sends by itself. */
    private static int bytesOfHeaders(HttpTestServer server) throws Exception {
        int[] bytes = new int[1];
        try (HttpTestServer other = HttpTestServer.of(
                HttpTestServer::echo,
                options -> options.admission(arrival -> {
                    bytes[0] = arrival.headers().toMap().entrySet().stream()
                            .mapToInt(field -> field.getKey().length()
                                    + field.getValue().stream()
                                            .mapToInt(String::length)
                                            .sum())
                            .sum();
                    return Admission.OPEN.admit(arrival);
                }))) {
            for (int i = 0; i < 2; i++) { // the first of HTTP/2 has more: it asks to change to it
                server.client.send(HttpRequest.newBuilder(other.uri("/t")).build(), BodyHandlers.ofString());
            }
        }
        return bytes[0];
    }

    @Test
    void headersFarPastTheirBoundAreRefusedByTheProtocol() throws Exception {
        try (HttpTestServer server = server(false);
                RawSocket socket = RawSocket.to(server.server.port())) {
            String answer = socket.send("GET /t HTTP/1.1\r\nHost: localhost\r\nx: " + "y".repeat(40_000) + "\r\n\r\n")
                    .textToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 431"), answer);
            InnerWords.assertNone(answer);
        }
        try (HttpTestServer server = server(false);
                RawSocket socket = RawSocket.to(server.server.port())) {
            String answer = socket.send("GET /" + "y".repeat(40_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .textToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 414"), answer);
            InnerWords.assertNone(answer);
        }
    }

    @Test
    void aBodyAtItsBoundIsTakenOnePastItIsNot() throws Exception {
        for (boolean multiplexed : new boolean[] {false, true}) {
            try (HttpTestServer server = server(multiplexed)) {
                for (boolean announced : new boolean[] {true, false}) {
                    assertEquals(200, post(server, 1_000, announced).statusCode());
                    HttpResponse<String> refused = post(server, 1_001, announced);
                    assertEquals(413, refused.statusCode());
                    assertTrue(refused.body().contains("body: more than 1000 bytes"), refused.body());
                    assertEquals(Reason.SIZE, server.heard.refusal());
                }
                assertEquals(0, server.server.bodiesBytes());
            }
        }
    }

    private static HttpResponse<String> post(HttpTestServer server, int bytes, boolean announced) throws Exception {
        byte[] body = new byte[bytes];
        return server.send(server.request("/t/small")
                .POST(
                        announced
                                ? BodyPublishers.ofByteArray(body)
                                : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    }

    @Test
    void anAnnouncedBodyPastItsBoundIsRefusedBeforeItComes() throws Exception {
        try (HttpTestServer server = server(false);
                RawSocket socket = RawSocket.to(server.server.port())) {
            String answer = socket.send("POST /t/small HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1001\r\n\r\n")
                    .textToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
            assertTrue(answer.toLowerCase(Locale.ROOT).contains("connection: close"), answer);
        }
    }

    @Test
    void bytesOfBodiesThatAreRefusedOrBreakOffAreCounted() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(HttpTestServer::echo)) {
            assertEquals(413, post(server, 1_001, false).statusCode());
            assertTrue(server.heard.exchange().moved().bytesIn() >= 1_001);
            try (RawSocket socket = RawSocket.to(server.server.port())) {
                socket.send("POST /t/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\n")
                        .send(new byte[5_000]);
                while (server.server.bodiesBytes() < 5_000) {
                    server.get("/t");
                    server.heard.exchange();
                }
            }
            assertEquals(5_000, server.heard.exchange().moved().bytesIn());
        }
    }

    @Test
    void aRefusedBodyInPiecesClosesItsConnection() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(HttpTestServer::echo);
                RawSocket socket = RawSocket.to(server.server.port())) {
            String answer = socket.send("POST /t/a HTTP/1.1\r\nHost: evil.example.org\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
                    .textToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 421"), answer);
            assertTrue(answer.toLowerCase(Locale.ROOT).contains("connection: close"), answer);
        }
    }

    @Test
    void refusedBodiesDoNotStarveAConnectionOfHttp2() throws Exception {
        try (HttpTestServer server = server(true)) {
            for (int i = 0; i < 64; i++) {
                assertEquals(413, post(server, 100_000, i % 2 == 0).statusCode());
            }
            byte[] body = new byte[3 << 20];
            assertEquals(
                    "POST /a " + body.length,
                    server.send(server.request("/t/a").POST(BodyPublishers.ofByteArray(body)))
                            .body());
        }
    }

    @Test
    void allBodiesTogetherHaveABound() throws Exception {
        HttpLimits small = LIMITS.with("bodiesBytesMax", 100_000);
        try (HttpTestServer server = HttpTestServer.of(HttpTestServer::echo, options -> options.limits(small))) {
            byte[] body = new byte[90_000];
            assertEquals(
                    200,
                    server.send(server.request("/t/a").POST(BodyPublishers.ofByteArray(body)))
                            .statusCode());
            HttpResponse<String> refused =
                    server.send(server.request("/t/a").POST(BodyPublishers.ofByteArray(new byte[110_000])));
            assertEquals(503, refused.statusCode());
            assertEquals(Reason.BUSY, server.heard.refusal());
            assertEquals(0, server.server.bodiesBytes());
        }
    }

    @Test
    void unknownMethodsAreRefused() throws Exception {
        try (HttpTestServer server = server(false)) {
            for (String method : new String[] {"TRACE", "BREW", "get"}) {
                try (RawSocket socket = RawSocket.to(server.server.port())) {
                    String answer = socket.send(method + " /t HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .textToEnd();
                    assertTrue(answer.matches("(?s)HTTP/1.1 (501|405|400).*"), answer);
                    InnerWords.assertNone(answer);
                }
            }
        }
    }

    @Test
    void everyBoundIsListedAndChecked() {
        Map<String, Long> all = LIMITS.toMap();
        assertEquals(17, all.size());
        for (String name : all.keySet()) {
            assertEquals(500, LIMITS.with(name, 500).toMap().get(name));
            String message = assertThrows(InvalidRequestException.class, () -> LIMITS.with(name, 0))
                    .getMessage();
            assertTrue(message.startsWith("limits: http." + name + ": 0 (expected "), message);
        }
        assertEquals(
                "limits: http.nothing: no such limit",
                assertThrows(InvalidRequestException.class, () -> LIMITS.with("nothing", 1))
                        .getMessage());
    }
}
