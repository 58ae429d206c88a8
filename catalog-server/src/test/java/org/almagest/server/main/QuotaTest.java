package org.almagest.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.almagest.server.keys.ApiKeys;
import org.almagest.server.keys.KeyQuota;
import org.almagest.server.keys.Rate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quotas as clients meet them; the arithmetic is in {@code BalanceTest}. */
class QuotaTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path data;

    @Test
    void aKeyThatAskedTooOftenIsToldWhenToComeBackAndOthersGoOn() throws Exception {
        try (KeyedServer server = KeyedServer.start(data)) {
            ApiKeys.Made limited = server.key(new KeyQuota(new Rate(3, 30), null, null, null), "default", "read:*");
            String other = server.text("default", "read:*");
            for (int i = 0; i < 3; i++) {
                assertEquals(200, server.get(limited.text().reveal(), "/stac").statusCode());
            }
            HttpResponse<String> refused = server.get(limited.text().reveal(), "/stac");
            assertEquals(429, refused.statusCode());
            assertEquals("10", refused.headers().firstValue("retry-after").orElse(""));
            assertTrue(refused.body().contains("\"code\":\"QUOTA_EXCEEDED\""), refused.body());
            assertTrue(refused.body().contains("\"quota\":\"requests\""), refused.body());
            assertEquals(200, server.get(other, "/stac").statusCode());
            server.ticker.addAndGet(10 * SECOND);
            assertEquals(200, server.get(limited.text().reveal(), "/stac").statusCode());
            assertEquals(429, server.get(limited.text().reveal(), "/stac").statusCode());
        }
    }

    @Test
    void bytesThatWereSentCountForTheNextRequest() throws Exception {
        try (KeyedServer server = KeyedServer.start(data)) {
            ApiKeys.Made limited = server.key(new KeyQuota(null, null, new Rate(100, 1), null), "default", "read:*");
            CountDownLatch charged = server.nextFinished();
            assertEquals(200, server.get(limited.text().reveal(), "/stac").statusCode(), "one answer may overdraw");
            await(charged);
            HttpResponse<String> refused = server.get(limited.text().reveal(), "/stac");
            assertEquals(429, refused.statusCode());
            assertTrue(refused.body().contains("\"quota\":\"bytes-out\""), refused.body());
        }
    }

    /** Bytes are charged when the server has sent them, which a client may be a moment ahead of. */
    private static void await(CountDownLatch charged) throws InterruptedException {
        assertTrue(charged.await(60, TimeUnit.SECONDS));
    }

    @Test
    void bodiesThatCameCountToo() throws Exception {
        try (KeyedServer server = KeyedServer.start(data)) {
            ApiKeys.Made limited = server.key(new KeyQuota(null, null, null, new Rate(100, 1)), "default", "write:*");
            String key = limited.text().reveal();
            CountDownLatch charged = server.nextFinished();
            assertEquals(
                    201,
                    server.send(key, "POST", "/stac/collections", KeyedServer.collection("a"))
                            .statusCode());
            await(charged);
            HttpResponse<String> refused = server.get(key, "/stac");
            assertEquals(429, refused.statusCode());
            assertTrue(refused.body().contains("\"quota\":\"bytes-in\""), refused.body());
        }
    }

    @Test
    void aRestartGivesNobodyANewDay() throws Exception {
        String key;
        try (KeyedServer server = KeyedServer.start(data)) {
            ApiKeys.Made limited =
                    server.key(new KeyQuota(null, null, new Rate(100, 86_400), null), "default", "read:*");
            key = limited.text().reveal();
            CountDownLatch charged = server.nextFinished();
            assertEquals(200, server.get(key, "/stac").statusCode());
            await(charged);
            server.control.save();
        }
        try (KeyedServer server = KeyedServer.start(data)) {
            assertEquals(429, server.get(key, "/stac").statusCode());
            server.control.save();
        }
    }

    @Test
    void anAddressThatGuessesIsSentAwayBeforeAnythingIsLookedAt() throws Exception {
        try (KeyedServer server = KeyedServer.start(data, "quota.failed-logins=2/1m")) {
            String good = server.text("default", "read:*");
            assertEquals(401, server.get("alm_guess", "/stac").statusCode());
            assertEquals(401, server.get("", "/stac").statusCode(), "no key is no guess");
            assertEquals(401, server.get("alm_guess", "/stac").statusCode());
            HttpResponse<String> refused = server.get(good, "/stac");
            assertEquals(429, refused.statusCode());
            assertEquals("1", refused.headers().firstValue("retry-after").orElse(""));
            assertEquals(200, server.get("", "/health").statusCode());
            server.ticker.addAndGet(31 * SECOND);
            assertEquals(200, server.get(good, "/stac").statusCode());
        }
    }
}
