package org.almagest.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code almagest serve} as a process, told to stop while it works. */
@Tag("slow")
class ServeProcessTest {
    private static final int WRITERS = 8;
    private static final String COLLECTION = """
            {"type":"Collection","stac_version":"1.1.0","id":"boxes","description":"Boxes.","license":"CC0-1.0",
             "extent":{"spatial":{"bbox":[[-180,-90,180,90]]},"temporal":{"interval":[["2021-01-01T00:00:00Z",null]]}},
             "links":[]}""";
    private static final String ITEM = """
            {"type":"Feature","stac_version":"1.1.0","id":"%s","geometry":{"type":"Point","coordinates":[1,2]},
             "bbox":[1,2,1,2],"properties":{"datetime":"2021-06-01T00:00:00Z"},"links":[],"assets":{},
             "collection":"boxes"}""";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path folder = Path.of("");

    private int post(String url, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    @Test
    void whatWasAcknowledgedBeforeSigtermIsThereAfterwards() throws Exception {
        Queue<String> stored = new ConcurrentLinkedQueue<>();
        try (ChildProcess server = ChildProcess.serve(folder)) {
            String stac = server.announced("stac");
            assertEquals(201, post(stac + "/collections", COLLECTION));
            CountDownLatch underWay = new CountDownLatch(20 * WRITERS);
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers.add(new Thread(() -> write(stac, writer, stored, underWay)));
            }
            writers.forEach(Thread::start);
            assertTrue(underWay.await(60, TimeUnit.SECONDS));
            server.terminate();
            assertEquals(0, server.status());
            for (Thread writer : writers) {
                writer.join();
            }
        }
        try (ChildProcess again = ChildProcess.serve(folder)) {
            String stac = again.announced("stac");
            for (String id : stored) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(stac + "/collections/boxes/items/" + id))
                        .build();
                assertEquals(
                        200, client.send(request, BodyHandlers.discarding()).statusCode(), id);
            }
            again.terminate();
            assertEquals(0, again.status());
        }
    }

    /** Stores items until the server lets nobody in any more. */
    private void write(String stac, int writer, Queue<String> stored, CountDownLatch underWay) {
        try {
            int status = 201;
            for (int n = 0; status == 201; n++) {
                String id = writer + "-" + n;
                status = post(stac + "/collections/boxes/items", String.format(ITEM, id));
                if (status == 201) {
                    stored.add(id);
                    underWay.countDown();
                }
            }
        } catch (IOException e) {
            return; // the connection was closed: nothing was acknowledged
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aSecondSigtermEndsAtOnce() throws Exception {
        try (ChildProcess server = ChildProcess.serve(folder)) {
            URI stac = URI.create(server.announced("stac"));
            try (Socket slow = new Socket(stac.getHost(), stac.getPort());
                    Socket probe = new Socket(stac.getHost(), stac.getPort())) {
                String head = "POST /stac/collections HTTP/1.1\r\nHost: " + stac.getAuthority()
                        + "\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 1000\r\n\r\n";
                slow.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                assertTrue(slow.getInputStream().read() >= 0, "its body is waited for");
                server.terminate();
                awaitDraining(probe, stac);
                server.terminate();
                assertEquals(143, server.status());
            }
        }
    }

    /** Asks for the health until it says that the server stops; the second signal comes after the first is known. */
    private static void awaitDraining(Socket probe, URI stac) throws IOException {
        byte[] health = ("GET /health HTTP/1.1\r\nHost: " + stac.getAuthority() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] buffer = new byte[4_096];
        StringBuilder heard = new StringBuilder();
        while (heard.indexOf("draining") < 0) {
            probe.getOutputStream().write(health);
            int count = probe.getInputStream().read(buffer);
            if (count < 0) {
                return; // closed: it is known, too
            }
            heard.append(new String(buffer, 0, count, StandardCharsets.US_ASCII));
        }
    }
}
