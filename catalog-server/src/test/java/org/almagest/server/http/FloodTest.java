package org.almagest.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.almagest.server.log.Closing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Frames of HTTP/2 that cost a client little and a server much: counted, then the connection is closed. */
@Tag("slow")
class FloodTest {
    private static final byte[] NONE = new byte[0];
    private static final byte[] CANCEL = {0, 0, 0, 8};

    private static HttpTestServer server;

    @BeforeAll
    static void start() {
        server = HttpTestServer.of(HttpTestServer::echo);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void othersAreStillAnswered() throws Exception {
        assertEquals("GET / 0", server.get("/t").body());
        assertEquals(0, server.server.bodiesBytes());
    }

    /** Sends the same bytes until the connection breaks; returns how many times they went, at most as often. */
    private static int flood(Http2Frames client, byte[] bytes, int most) {
        for (int i = 0; i < most; i++) {
            try {
                client.socket.getOutputStream().write(bytes);
            } catch (IOException e) {
                return i;
            }
        }
        return most;
    }

    private static byte[] many(byte[] frame, int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            out.writeBytes(frame);
        }
        return out.toByteArray();
    }

    @Test
    void anOrdinaryRequestIsAnswered() throws Exception {
        try (Http2Frames client = Http2Frames.to(server.server.port())) {
            client.send(Http2Frames.HEADERS, Http2Frames.END_STREAM | Http2Frames.END_HEADERS, 1, Http2Frames.get());
            assertEquals("GET / 0", new String(client.nextOf(Http2Frames.DATA).payload(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void streamsThatAreResetAtOnceAreCounted() throws Exception {
        try (Http2Frames client = Http2Frames.to(server.server.port())) {
            int sent = 0;
            boolean open = true;
            while (open && sent < 100_000) {
                try {
                    int stream = 1 + 2 * sent;
                    client.send(
                            Http2Frames.HEADERS,
                            Http2Frames.END_STREAM | Http2Frames.END_HEADERS,
                            stream,
                            Http2Frames.get());
                    client.send(Http2Frames.RST_STREAM, 0, stream, CANCEL);
                    sent++;
                } catch (IOException e) {
                    open = false;
                }
            }
            assertTrue(sent < 100_000, "resets that went unnoticed: " + sent);
            client.nextOf(Http2Frames.GOAWAY);
        }
    }

    @Test
    void settingsThatNobodyReadsTheAcknowledgementsOf() throws Exception {
        try (Http2Frames client = Http2Frames.to(server.server.port())) {
            byte[] frames = many(Http2Frames.frame(Http2Frames.SETTINGS, 0, 0, NONE), 1_000);
            int sent = flood(client, frames, 5_000);
            assertTrue(sent < 5_000, "settings that went unnoticed: " + sent + ",000");
        }
    }

    @Test
    void pingsThatNobodyReadsTheAnswersOf() throws Exception {
        try (Http2Frames client = Http2Frames.to(server.server.port())) {
            byte[] frames = many(Http2Frames.frame(Http2Frames.PING, 0, 0, new byte[8]), 1_000);
            int sent = flood(client, frames, 5_000);
            assertTrue(sent < 5_000, "pings that went unnoticed: " + sent + ",000");
        }
    }

    @Test
    void dataWithoutBytes() throws Exception {
        try (Http2Frames client = Http2Frames.to(server.server.port())) {
            byte[] post = Http2Frames.get();
            client.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS, 1, post);
            byte[] frames = many(Http2Frames.frame(Http2Frames.DATA, 0, 1, NONE), 100);
            int sent = flood(client, frames, 10_000);
            assertTrue(sent < 10_000, "empty frames that went unnoticed: " + sent + "00");
        }
    }

    @Test
    void headersThatNeverEnd() throws Exception {
        try (Http2Frames client = Http2Frames.to(server.server.port())) {
            client.send(Http2Frames.HEADERS, Http2Frames.END_STREAM, 1, Http2Frames.get());
            byte[] more = Http2Frames.get("x", "y".repeat(1_000));
            byte[] frames = many(Http2Frames.frame(Http2Frames.CONTINUATION, 0, 1, more), 10);
            int sent = flood(client, frames, 10_000);
            assertTrue(sent < 10_000, "continuations that went unnoticed: " + sent + "0");
        }
    }

    @Test
    void emptyContinuationsThatNeverEnd() throws Exception {
        try (Http2Frames client = Http2Frames.to(server.server.port())) {
            client.send(Http2Frames.HEADERS, Http2Frames.END_STREAM, 1, Http2Frames.get());
            byte[] frames = many(Http2Frames.frame(Http2Frames.CONTINUATION, 0, 1, NONE), 100);
            int sent = flood(client, frames, 10_000);
            assertTrue(sent < 10_000, "empty continuations that went unnoticed: " + sent + "00");
        }
    }

    @Test
    void headersFarAboveTheBoundAreRefusedNotTaken() throws Exception {
        try (Http2Frames client = Http2Frames.to(server.server.port())) {
            byte[] block = Http2Frames.get("x", "y".repeat(12_000), "z", "w".repeat(3_000));
            client.send(Http2Frames.HEADERS, Http2Frames.END_STREAM | Http2Frames.END_HEADERS, 1, block);
            Http2Frames.Frame answer = client.nextOf(Http2Frames.DATA);
            assertTrue(
                    new String(answer.payload(), StandardCharsets.UTF_8).contains("431"),
                    new String(answer.payload(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void moreStreamsThanAllowedAreRefused() throws Exception {
        try (Http2Frames client = Http2Frames.to(server.server.port())) {
            int open = 0;
            for (int i = 0; i < 200; i++) {
                try {
                    client.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS, 1 + 2 * i, post());
                    open++;
                } catch (IOException e) {
                    i = 200;
                }
            }
            assertTrue(open > 0);
            Http2Frames.Frame end = client.nextOf(Http2Frames.RST_STREAM);
            assertTrue(
                    end.type() == Http2Frames.RST_STREAM || end.type() == Http2Frames.GOAWAY, "refused: " + end.type());
        }
        while (server.server.inFlight() > 0) {
            server.get("/t");
        }
    }

    private static byte[] post() {
        byte[] block = Http2Frames.get();
        String text = new String(block, StandardCharsets.ISO_8859_1).replace("\003GET", "\004POST");
        return text.replace("\002/t", "\004/t/a").getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void aFloodIsClosedForWhatItLeavesUnread() throws Exception {
        Heard heard = server.heard;
        try (Http2Frames client = Http2Frames.to(server.server.port())) {
            byte[] frames = many(Http2Frames.frame(Http2Frames.PING, 0, 0, new byte[8]), 1_000);
            flood(client, frames, 5_000);
            Closing why = heard.closing();
            while (why != Closing.PENDING_BYTES) {
                why = heard.closing();
            }
        }
    }
}
