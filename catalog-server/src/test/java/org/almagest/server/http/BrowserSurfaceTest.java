package org.almagest.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.almagest.server.log.Refusal.Reason;
import org.junit.jupiter.api.Test;

/** What a browser is told, and what pages of others can make it do to a server on the same machine. */
class BrowserSurfaceTest {
    private static final String MAP = "https://map.example.org";

    private static HttpRequest.Builder post(HttpTestServer server, String... headers) {
        HttpRequest.Builder request = server.request("/t/a").POST(BodyPublishers.ofString("{}"));
        return headers.length == 0 ? request : request.headers(headers);
    }

    @Test
    void everyAnswerForbidsWhatABrowserWouldDoWithIt() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(request -> {
            if (request.path().equals("/broken")) {
                throw new IllegalStateException();
            }
            return HttpTestServer.echo(request);
        })) {
            for (String target : new String[] {"/", "/health", "/t", "/t/broken", "/nothing", "/t/../x", "/t#"}) {
                HttpHeaders headers = target.contains("#")
                        ? raw(server, target)
                        : server.get(target).headers();
                assertEquals(
                        "nosniff", headers.firstValue("x-content-type-options").orElse(""), target);
                assertEquals(
                        "no-referrer", headers.firstValue("referrer-policy").orElse(""), target);
                assertEquals("DENY", headers.firstValue("x-frame-options").orElse(""), target);
                assertEquals(
                        "same-origin",
                        headers.firstValue("cross-origin-resource-policy").orElse(""),
                        target);
                String policy = headers.firstValue("content-security-policy").orElse("");
                assertTrue(policy.startsWith("default-src 'none'"), policy);
                assertFalse(policy.contains("unsafe"), policy);
                assertEquals(32, headers.firstValue("x-request-id").orElse("").length(), target);
                assertEquals(Optional.empty(), headers.firstValue("set-cookie"));
                assertEquals(Optional.empty(), headers.firstValue("access-control-allow-origin"));
                assertEquals(Optional.empty(), headers.firstValue("server"));
                assertEquals(Optional.empty(), headers.firstValue("strict-transport-security"));
            }
        }
    }

    private static HttpHeaders raw(HttpTestServer server, String target) throws Exception {
        try (RawSocket socket = RawSocket.to(server.server.port())) {
            String[] lines = socket.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .textToEnd()
                    .split("\r\n\r\n")[0]
                    .split("\r\n");
            Map<String, List<String>> fields = new HashMap<>();
            for (int i = 1; i < lines.length; i++) {
                String[] field = lines[i].split(": ", 2);
                fields.put(field[0], List.of(field[1]));
            }
            return HttpHeaders.of(fields, (name, value) -> true);
        }
    }

    @Test
    void aNameThatIsNotOursIsNotAnswered() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(
                HttpTestServer::echo,
                options ->
                        options.hosts(Set.of("Catalog.example.org")).publicUrl("https://public.example.org:8443/"))) {
            String[] ours = {
                "localhost", "LOCALHOST:80", "127.0.0.1:8080", "[::1]", "catalog.example.org:1", "public.example.org"
            };
            for (String host : ours) {
                assertEquals("HTTP/1.1 200", status(server, host), host);
            }
            String[] others = {
                "evil.example.org",
                "localhost.evil.org",
                "127.0.0.1.evil.org",
                "",
                "localhost@evil.org",
                "localhost:80@evil.org",
                "localhost:8x",
                "localhost:80@evil.example",
                "localhost:80:80",
                "localhost:",
                "localhost:65536",
                "localhost:%zz",
                "127.0.0.1:a b",
                "[::1",
                "[::1]80",
                "[localhost]"
            };
            for (String host : others) {
                assertTrue(status(server, host).matches("HTTP/1.1 (421|400)"), host);
            }
            assertEquals(Reason.HOST, server.heard.refusal());
        }
    }

    private static String status(HttpTestServer server, String host) throws Exception {
        try (RawSocket socket = RawSocket.to(server.server.port())) {
            String answer = socket.send("GET /t HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .readTo("\r\n\r\n");
            InnerWords.assertNone(answer);
            return answer.substring(0, Math.min(12, answer.length()));
        }
    }

    @Test
    void pagesOfOtherOriginsMayNotWrite() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(HttpTestServer::echo)) {
            assertEquals(403, server.send(post(server, "origin", MAP)).statusCode());
            assertEquals(Reason.ORIGIN, server.heard.refusal());
            assertEquals(403, server.send(post(server, "origin", "null")).statusCode());
            assertEquals(
                    403,
                    server.send(post(server, "sec-fetch-site", "cross-site")).statusCode());
            String own = "http://127.0.0.1:" + server.server.port();
            assertEquals(200, server.send(post(server, "origin", own)).statusCode());
            assertEquals(200, server.send(post(server)).statusCode());
            assertEquals(
                    200, server.send(server.request("/t").header("origin", MAP)).statusCode());
        }
    }

    @Test
    void whatAFormCanSendIsNoBody() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(HttpTestServer::echo)) {
            for (String type : new String[] {
                "text/plain", "application/x-www-form-urlencoded; charset=x", "Multipart/Form-Data; boundary=b"
            }) {
                assertEquals(
                        415, server.send(post(server, "content-type", type)).statusCode());
            }
            assertEquals(
                    200,
                    server.send(post(server, "content-type", "application/json"))
                            .statusCode());
        }
    }

    @Test
    void listedOriginsMayReadAndAskBeforehand() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(HttpTestServer::echo, options -> options.origins(Set.of(MAP)))) {
            HttpHeaders read =
                    server.send(server.request("/t").header("origin", MAP)).headers();
            assertEquals(MAP, read.firstValue("access-control-allow-origin").orElse(""));
            assertEquals(Optional.empty(), read.firstValue("access-control-allow-credentials"));
            assertEquals(Optional.empty(), read.firstValue("cross-origin-resource-policy"));
            assertTrue(read.firstValue("vary").orElse("").contains("origin"));
            assertEquals(200, server.send(post(server, "origin", MAP)).statusCode());
            HttpResponse<String> asked = server.send(server.request("/t/a")
                    .method("OPTIONS", BodyPublishers.noBody())
                    .headers("origin", MAP, "access-control-request-method", "PUT"));
            assertEquals(204, asked.statusCode());
            assertTrue(asked.headers()
                    .firstValue("access-control-allow-methods")
                    .orElse("")
                    .contains("PUT"));
            HttpResponse<String> other = server.send(server.request("/t/a")
                    .method("OPTIONS", BodyPublishers.noBody())
                    .headers("origin", "https://evil.example.org", "access-control-request-method", "PUT"));
            assertEquals(Optional.empty(), other.headers().firstValue("access-control-allow-origin"));
        }
    }

    @Test
    void anyOriginMeansAnyButNeverCredentials() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(HttpTestServer::echo, options -> options.origins(Set.of("*")))) {
            HttpHeaders read =
                    server.send(server.request("/t").header("origin", MAP)).headers();
            assertEquals("*", read.firstValue("access-control-allow-origin").orElse(""));
            assertEquals(Optional.empty(), read.firstValue("access-control-allow-credentials"));
        }
    }

    @Test
    void theIdOfAClientIsNeverTakenOver() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(request -> HttpTestServer.text(
                200, request.headers().joined("x-request-id").orElse("")))) {
            HttpResponse<String> answer = server.send(server.request("/t").header("x-request-id", "mine"));
            assertEquals(answer.headers().firstValue("x-request-id").orElse(""), answer.body());
        }
    }

    @Test
    void secretsDoNotReachTheHandler() throws Exception {
        try (HttpTestServer server = HttpTestServer.of(
                request -> HttpTestServer.text(200, request.headers().toString()))) {
            String seen = server.send(server.request("/t")
                            .headers("authorization", "Bearer alm_x", "x-api-key", "alm_y", "cookie", "alm_z"))
                    .body();
            assertFalse(seen.contains("alm_"), seen);
        }
    }
}
