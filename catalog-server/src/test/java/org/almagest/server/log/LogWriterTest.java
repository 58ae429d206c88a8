package org.almagest.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.almagest.server.log.Exchanged.Asked;
import org.almagest.server.log.Exchanged.End;
import org.almagest.server.log.Exchanged.Ended;
import org.almagest.server.log.Exchanged.From;
import org.almagest.server.log.Exchanged.Moved;
import org.almagest.server.log.Exchanged.Took;
import org.almagest.server.log.LogLines.Requests;
import org.junit.jupiter.api.Test;

class LogWriterTest {
    private static final Instant AT = Instant.parse("2026-11-22T11:00:00Z");

    private static Exchanged exchanged(int status, String target) {
        return new Exchanged(
                new Asked("9f2c", "GET", "GET /stac/search", target, ""),
                new From("3k9d0m2qx7ra", "default", "10.1.2.3"),
                new Ended(status, End.DONE, status < 500 ? "" : "it broke"),
                new Took(AT, 3_100_000, 100_000, 2_200_000),
                new Moved(0, 20_481, 100));
    }

    @Test
    void requestsAndEventsAreWrittenInOrder() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LogWriter writer = LogWriter.to(out, LogWriter.Format.JSON)) {
            LogLines lines = new LogLines(writer, () -> AT, Event.Level.INFO, Requests.WRITTEN);
            lines.finished(exchanged(200, "/stac/search?token=secret"));
            lines.event(new Event(Event.Level.DEBUG, "tls", "not written"));
            lines.event(Event.warn("tls", "certificate: not reloaded"));
        }
        assertEquals(
                List.of(
                        "{\"at\":\"2026-11-22T11:00:00Z\",\"kind\":\"request\",\"id\":\"9f2c\",\"method\":\"GET\",\"route\":\"GET /stac/search\",\"status\":200,\"key\":\"3k9d0m2qx7ra\",\"tenant\":\"default\",\"address\":\"10.1.2.3\",\"millis\":3.1,\"wait_millis\":0.1,\"work_millis\":2.2,\"bytes_in\":0,\"bytes_out\":20481,\"items\":100,\"end\":\"done\"}",
                        "{\"at\":\"2026-11-22T11:00:00Z\",\"kind\":\"event\",\"level\":\"warn\",\"what\":\"tls\",\"message\":\"certificate: not reloaded\"}"),
                out.toString(StandardCharsets.UTF_8).lines().toList());
    }

    @Test
    void aFailureSaysWhatWasAskedButNotWhatWasLookedFor() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LogWriter writer = LogWriter.to(out, LogWriter.Format.TEXT)) {
            LogLines lines = new LogLines(writer, () -> AT, Event.Level.INFO, Requests.SILENT);
            lines.finished(exchanged(200, "/"));
            lines.finished(exchanged(500, "/stac/search?limit=3&filter=name='x'&token=abc"));
        }
        String text = out.toString(StandardCharsets.UTF_8);
        assertEquals(1, text.lines().count());
        assertTrue(text.contains("target=\"/stac/search?limit=3&filter=…&token=…\" problem=\"it broke\""), text);
    }

    @Test
    void linesAreDroppedAndCountedWhileNobodyReads() throws InterruptedException {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch reader = new CountDownLatch(1);
        OutputStream stuck = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                writing.countDown();
                try {
                    assertTrue(reader.await(60, TimeUnit.SECONDS));
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                write(0);
            }
        };
        try (LogWriter writer = LogWriter.to(stuck, LogWriter.Format.JSON)) {
            writer.offer(Line.of(AT, "event"));
            assertTrue(writing.await(60, TimeUnit.SECONDS));
            for (int i = 0; i < LogWriter.WAITING_MAX; i++) {
                writer.offer(Line.of(AT, "event"));
            }
            assertEquals(0, writer.dropped());
            writer.offer(Line.of(AT, "event"));
            assertEquals(1, writer.dropped());
            writer.add(Line.of(AT, "event"));
            assertEquals(1, writer.dropped(), "events have room of their own");
            reader.countDown();
        }
    }

    @Test
    void whatLibrariesSayIsAnEvent() {
        StringBuilder heard = new StringBuilder();
        LibraryLog.tell(new Observer() {
            @Override
            public void event(Event event) {
                heard.append(event);
            }
        });
        Logger.getLogger("com.example.Thing").log(Level.WARNING, "odd: {0}", 7);
        assertEquals("Event[level=WARN, what=Thing, message=odd: 7]", heard.toString());
        LibraryLog.tell(Observer.NONE);
    }
}
