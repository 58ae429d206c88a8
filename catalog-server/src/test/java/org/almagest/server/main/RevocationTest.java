package org.almagest.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.almagest.io.stac.exchange.StacBody;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.runtime.Clock;
import org.almagest.runtime.RandomSource;
import org.almagest.server.config.ListenRules.Insecure;
import org.almagest.server.config.SettingsReader.Flag;
import org.almagest.server.http.door.Handler;
import org.almagest.server.keys.ApiKeys;
import org.almagest.server.keys.Grant;
import org.almagest.server.keys.KeyQuota;
import org.almagest.server.keys.Rate;
import org.almagest.server.keys.ServerFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that is revoked ends what it runs; nothing of this waits for a clock. */
class RevocationTest {
    private static final int PIECE = 64 << 10;
    private static final int LINES = 10_100; // one part of 10,000 and a few

    @TempDir
    Path data;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    /** An answer without end, whose second piece waits for the test. */
    private final class Endless implements StacBody {
        private int pieces;

        @Override
        public OptionalLong length() {
            return OptionalLong.empty();
        }

        @Override
        public boolean next(OutputStream sink) throws IOException {
            sink.write(new byte[PIECE]);
            if (++pieces == 2) {
                begun.countDown();
                await(go);
            }
            return pieces < 10_000;
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS), "waited for nothing");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Handler endless(Handler handler) {
        return request -> request.path().equals("/search")
                ? StacResponse.of(200, "application/octet-stream", new Endless())
                : handler.handle(request);
    }

    private static HttpRequest request(KeyedServer server, String key) {
        return HttpRequest.newBuilder(server.uri("/stac/search"))
                .header("Authorization", "Bearer " + key)
                .timeout(KeyedServer.LONG)
                .build();
    }

    @Test
    void aStreamOfARevokedKeyIsBrokenOff() throws Exception {
        try (KeyedServer server = KeyedServer.around(data, this::endless)) {
            ApiKeys.Made key = server.key("default", "read:*");
            HttpResponse<InputStream> answer =
                    server.client().send(request(server, key.text().reveal()), BodyHandlers.ofInputStream());
            assertEquals(200, answer.statusCode());
            await(begun);
            server.keys.revoke(List.of(key.key().id()));
            server.control.poll();
            go.countDown();
            assertThrows(IOException.class, () -> answer.body().readAllBytes(), "cut, and the client can tell");
            await(closed);
            assertEquals(401, server.get(key.text().reveal(), "/stac").statusCode(), "and refused from then on");
        }
    }

    @Test
    void aRotatedKeyIsAnsweredToTheEndOfItsOverlap() throws Exception {
        try (KeyedServer server = KeyedServer.start(data)) {
            ApiKeys.Made old = server.key("default", "read:*");
            ApiKeys.Made fresh = server.keys.rotate(old.key().id(), Duration.ofHours(1));
            server.control.poll();
            assertEquals(200, server.get(old.text().reveal(), "/stac").statusCode());
            assertEquals(200, server.get(fresh.text().reveal(), "/stac").statusCode());
            server.clock.advance(Duration.ofHours(1));
            assertEquals(401, server.get(old.text().reveal(), "/stac").statusCode(), "without a look at the file");
            assertEquals(200, server.get(fresh.text().reveal(), "/stac").statusCode());
        }
    }

    @Test
    void anExpiredKeyEndsWhatItRuns() throws Exception {
        try (KeyedServer server = KeyedServer.around(data, this::endless)) {
            ApiKeys.Made key = server.key("default", "read:*");
            HttpResponse<InputStream> answer =
                    server.client().send(request(server, key.text().reveal()), BodyHandlers.ofInputStream());
            await(begun);
            server.clock.advance(Duration.ofDays(90));
            server.control.poll();
            go.countDown();
            assertThrows(IOException.class, () -> answer.body().readAllBytes());
            await(closed);
        }
    }

    /** The server as the command starts it: nobody but itself looks at the file. */
    @Test
    void aRunningServerSeesARevocationByItself() throws Exception {
        ApiKeys keys = new ApiKeys(ServerFolder.in(data), Clock.system(), RandomSource.secure());
        KeyQuota unbounded = new KeyQuota(Rate.parse("requests", "1000000/1s"), null, null, null);
        ApiKeys.Made key =
                keys.create(new ApiKeys.Wanted("default", "x", List.of(Grant.parse("read:*")), unbounded, null));
        List<Flag> flags = List.of(new Flag("--port", "listen.port", "0"), new Flag("--set", "keys.poll", "100ms"));
        ServePlan plan = new ServePlan(data, Optional.empty(), Map.of(), flags, Insecure.REFUSED);
        try (RunningServer server = RunningServer.start(plan, Ready.of(plan, Clock.system()), new TestOutput())) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(server.addresses().stac()))
                    .header("X-API-Key", key.text().reveal())
                    .build();
            HttpClient client = HttpClient.newHttpClient();
            assertEquals(200, client.send(request, BodyHandlers.discarding()).statusCode());
            keys.revoke(List.of(key.key().id()));
            int status = assertTimeoutPreemptively(KeyedServer.LONG, () -> {
                int last = 200;
                while (last == 200) {
                    last = client.send(request, BodyHandlers.discarding()).statusCode();
                }
                return last;
            });
            assertEquals(401, status);
        }
    }

    /** A body of lines, whose key is revoked when the first of them are stored. */
    private Handler revokingAfterTheFirst(Handler handler, Runnable revoke) {
        return request -> {
            StacResponse answer = handler.handle(request);
            StacBody body = answer.body();
            return !request.headers().first("content-type").orElse("").contains("ndjson")
                    ? answer
                    : answer.with(new StacBody() {
                        @Override
                        public OptionalLong length() {
                            return body.length();
                        }

                        @Override
                        public boolean next(OutputStream sink) throws IOException {
                            boolean more = body.next(sink);
                            revoke.run();
                            return more;
                        }

                        @Override
                        public void close() {
                            body.close();
                        }
                    });
        };
    }

    @Test
    void linesAfterARevocationAreNotStored() throws Exception {
        AtomicReference<Runnable> revoke = new AtomicReference<>(() -> {});
        try (KeyedServer server = KeyedServer.around(
                data,
                handler -> revokingAfterTheFirst(handler, () -> revoke.get().run()))) {
            ApiKeys.Made key = server.key("default", "write:*");
            String other = server.text("default", "read:*");
            String text = key.text().reveal();
            assertEquals(
                    201,
                    server.send(text, "POST", "/stac/collections", KeyedServer.collection("lines"))
                            .statusCode());
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < LINES; i++) {
                lines.append(KeyedServer.item("lines", "i" + i)).append('\n');
            }
            revoke.set(() -> {
                server.keys.revoke(List.of(key.key().id()));
                server.control.poll();
            });
            HttpRequest request = HttpRequest.newBuilder(server.uri("/stac/collections/lines/items"))
                    .header("Authorization", "Bearer " + text)
                    .header("Content-Type", "application/x-ndjson")
                    .POST(BodyPublishers.ofString(lines.toString()))
                    .timeout(KeyedServer.LONG)
                    .build();
            server.client()
                    .sendAsync(request, BodyHandlers.discarding())
                    .handle((answer, failure) -> 0)
                    .join();
            assertEquals(
                    404,
                    server.get(other, "/stac/collections/lines/items/i" + (LINES - 1))
                            .statusCode());
            assertEquals(
                    200, server.get(other, "/stac/collections/lines/items/i0").statusCode());
        }
    }

    @Test
    void aKeyThatAsksForMoreThanItMayIsTold() throws Exception {
        try (KeyedServer server = KeyedServer.start(data)) {
            ApiKeys.Made key = server.key("default", "read:*");
            HttpResponse<String> answer =
                    server.send(key.text().reveal(), "POST", "/stac/collections", KeyedServer.collection("c"));
            assertEquals(403, answer.statusCode());
            assertTrue(
                    server.told.stream()
                            .anyMatch(line -> line.contains("reason=SCOPE")
                                    && line.contains("key=" + key.key().id())),
                    server.told.toString());
        }
    }
}
