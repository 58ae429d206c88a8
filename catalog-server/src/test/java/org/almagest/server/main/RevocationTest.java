package org.almagest.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.almagest.io.stac.exchange.StacBody;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.server.http.door.Handler;
import org.almagest.server.keys.ApiKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that is revoked ends what it runs; nothing of this waits for a clock. */
class RevocationTest {
    private static final int PIECE = 64 << 10;

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
}
