package org.almagest.server.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonReader;
import org.almagest.server.log.Event;
import org.almagest.server.log.Exchanged;
import org.almagest.server.log.Exchanged.Asked;
import org.almagest.server.log.Exchanged.End;
import org.almagest.server.log.Exchanged.Ended;
import org.almagest.server.log.Exchanged.From;
import org.almagest.server.log.Exchanged.Moved;
import org.almagest.server.log.Exchanged.Took;
import org.almagest.server.log.Observer;
import org.junit.jupiter.api.Test;

class TraceExporterTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static Exchanged exchanged(String traceParent, int status) {
        return new Exchanged(
                new Asked(ID, "GET", "GET /stac/search", "/stac/search?x", traceParent),
                From.address("10.0.0.1"),
                Ended.of(status, End.DONE),
                new Took(Instant.parse("2026-11-22T11:00:00.000000001Z"), 3_000_000, 1_000, 2_000_000),
                new Moved(0, 20, 1));
    }

    private static Spans all() {
        return new Spans(1, () -> 0x1234567890abcdefL);
    }

    @Test
    void aRequestIsATraceOfItsOwnOrPartOfItsParents() {
        String own = all().json(exchanged("", 200));
        JsonReader.read(own, JsonLimits.of(10_000, 8));
        assertTrue(own.startsWith("{\"traceId\":\"" + ID + "\",\"spanId\":\"1234567890abcdef\",\"kind\":2,"), own);
        assertTrue(
                own.contains(
                        "\"startTimeUnixNano\":\"1795345200000000001\",\"endTimeUnixNano\":\"1795345200003000001\""),
                own);
        String part = all().json(exchanged("00-" + TRACE + "-00f067aa0ba902b7-01", 503));
        assertTrue(part.startsWith("{\"traceId\":\"" + TRACE + "\""), part);
        assertTrue(part.contains("\"parentSpanId\":\"00f067aa0ba902b7\""), part);
        assertTrue(part.endsWith("\"status\":{\"code\":2}}"), part);
        assertFalse(part.contains("?x") || part.contains("10.0.0.1"), "what was asked and who asked stays here");
    }

    @Test
    void aParentDecidesWhetherItIsSent() {
        Spans none = new Spans(0, () -> 0);
        assertFalse(none.isSampled(exchanged("", 200)));
        assertTrue(none.isSampled(exchanged("00-" + TRACE + "-00f067aa0ba902b7-01", 200)));
        assertFalse(all().isSampled(exchanged("00-" + TRACE + "-00f067aa0ba902b7-00", 200)));
        for (String odd : new String[] {"zz", "00-" + "0".repeat(32) + "-00f067aa0ba902b7-00", "01-x", "\u0000"}) {
            assertTrue(all().isSampled(exchanged(odd, 200)), "no parent: " + odd);
        }
    }

    @Test
    void spansReachACollector() throws Exception {
        try (ServerSocket collector = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> heard = new CompletableFuture<>();
            new Thread(() -> hear(collector, heard)).start();
            String endpoint = "http://127.0.0.1:" + collector.getLocalPort();
            try (TraceExporter exporter = TraceExporter.start(endpoint, "almagest", 1, Observer.NONE)) {
                exporter.finished(exchanged("", 200));
                String request = heard.get(60, TimeUnit.SECONDS);
                assertTrue(request.startsWith("POST /v1/traces HTTP/1.1"), request);
                assertTrue(request.contains("\"service.name\",\"value\":{\"stringValue\":\"almagest\"}"), request);
                assertTrue(request.contains(ID), request);
            }
        }
    }

    /** Reads one request to the end of its body and answers it. */
    private static void hear(ServerSocket collector, CompletableFuture<String> heard) {
        try (Socket socket = collector.accept();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            StringBuilder all = new StringBuilder();
            while (all.indexOf("]}]}]}") < 0) {
                all.append((char) in.read());
            }
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            heard.complete(all.toString());
        } catch (IOException e) {
            heard.completeExceptionally(e);
        }
    }

    @Test
    void aCollectorThatIsAwayCostsSpansAndOneLine() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        CompletableFuture<Event> told = new CompletableFuture<>();
        Observer observer = new Observer() {
            @Override
            public void event(Event event) {
                told.complete(event);
            }
        };
        try (TraceExporter exporter = TraceExporter.start("http://127.0.0.1:" + port, "almagest", 1, observer)) {
            exporter.finished(exchanged("", 200));
            Event event = told.get(60, TimeUnit.SECONDS);
            assertEquals(
                    "otel.endpoint: http://127.0.0.1:" + port + "/v1/traces: ConnectException (spans are dropped)",
                    event.message());
            assertEquals(1, exporter.dropped());
        }
    }
}
