package org.almagest.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.almagest.io.stac.exchange.StacAccess;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.runtime.RandomSource;
import org.almagest.server.auth.Authentication.Denied;
import org.almagest.server.auth.Authentication.Granted;
import org.almagest.server.auth.Authentication.Why;
import org.almagest.server.keys.ApiKeyText;
import org.almagest.server.keys.ApiKeys;
import org.almagest.server.keys.Grant;
import org.almagest.server.keys.KeyQuota;
import org.almagest.server.keys.ServerFolder;
import org.almagest.testing.Seeded;
import org.almagest.testing.SteppedClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthenticatorTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    Path data;

    private final SteppedClock clock = new SteppedClock(NOON);
    private final RandomSource random = new SplittableRandom(7)::nextLong;
    private final AtomicInteger hashes = new AtomicInteger();
    private ApiKeys keys;
    private ApiKeys.Made good;
    private Credentials credentials;
    private Authenticator authenticator;

    @BeforeEach
    void makeAKey() {
        keys = new ApiKeys(ServerFolder.in(data), clock, random);
        good = make("default", "read:a.*", "write:a.b");
        credentials = Credentials.open(ServerFolder.in(data), clock, Credentials.Watcher.NONE);
        authenticator = new Authenticator(credentials, random, (text, pepper) -> {
            hashes.incrementAndGet();
            return text.hash(pepper);
        });
    }

    private ApiKeys.Made make(String tenant, String... grants) {
        return keys.create(new ApiKeys.Wanted(
                tenant,
                "x",
                java.util.Arrays.stream(grants).map(Grant::parse).toList(),
                KeyQuota.NONE,
                Duration.ofDays(1)));
    }

    private static StacHeaders bearer(String text) {
        return StacHeaders.of(Map.of("authorization", List.of("Bearer " + text)));
    }

    private Authentication check(String text) {
        return authenticator.check(bearer(text), "/stac");
    }

    private void assertDenied(Why why, Authentication answer) {
        assertEquals(why, assertInstanceOf(Denied.class, answer).why());
    }

    @Test
    void aGoodKeyIsTakenFromEitherHeader() {
        String text = good.text().reveal();
        Principal principal = assertInstanceOf(Granted.class, check(text)).principal();
        assertEquals(good.key().id(), principal.name());
        assertEquals("default", principal.tenant());
        for (StacHeaders headers : List.of(
                StacHeaders.of(Map.of("Authorization", List.of("bearer " + text))),
                StacHeaders.of(Map.of("AUTHORIZATION", List.of("BEARER   " + text + " "))),
                StacHeaders.of(Map.of("X-API-Key", List.of(text))))) {
            assertSame(
                    principal,
                    assertInstanceOf(Granted.class, authenticator.check(headers, "/stac"))
                            .principal());
        }
    }

    @Test
    void noKeyTwoKeysAndKeysInTheAddressAreRefused() {
        String text = good.text().reveal();
        assertDenied(Why.ABSENT, authenticator.check(StacHeaders.NONE, "/stac"));
        assertDenied(
                Why.TWO,
                authenticator.check(
                        StacHeaders.of(Map.of("authorization", List.of("Bearer " + text), "x-api-key", List.of(text))),
                        "/stac"));
        assertDenied(
                Why.TWO,
                authenticator.check(
                        StacHeaders.of(Map.of("authorization", List.of("Bearer " + text, "Bearer " + text))), "/stac"));
        assertDenied(Why.IN_ADDRESS, authenticator.check(StacHeaders.NONE, "/stac?api_key=" + text));
        assertDenied(Why.IN_ADDRESS, authenticator.check(bearer(text), "/stac/collections/" + text + "?f=json"));
        assertInstanceOf(Granted.class, authenticator.check(bearer(text), "/stac/collections/alm_nac"));
        assertEquals(1, hashes.get());
    }

    @Test
    void whatIsNoKeyCostsNoHash() {
        String text = good.text().reveal();
        for (String wrong :
                List.of("", "alm_", text.substring(1), text + "0", text.replace('_', '-'), "x".repeat(9_000))) {
            assertDenied(Why.MALFORMED, check(wrong));
        }
        assertDenied(
                Why.MALFORMED, authenticator.check(StacHeaders.of(Map.of("authorization", List.of(text))), "/stac"));
        assertDenied(
                Why.MALFORMED,
                authenticator.check(StacHeaders.of(Map.of("authorization", List.of("Basic " + text))), "/stac"));
        assertEquals(0, hashes.get());
    }

    @Test
    void everyWellFormedKeyCostsOneHashKnownOrNot() {
        Seeded.repeat(50, seeded -> {
            int before = hashes.get();
            assertDenied(Why.UNKNOWN, check(ApiKeyText.make(seeded::nextLong).reveal()));
            assertEquals(before + 1, hashes.get());
        });
        int before = hashes.get();
        assertInstanceOf(Granted.class, check(good.text().reveal()));
        assertEquals(before + 1, hashes.get());
        assertDenied(Why.UNKNOWN, check(wrongSecret()));
        assertEquals(before + 2, hashes.get());
        keys.revoke(List.of(good.key().id()));
        credentials.poll();
        assertDenied(Why.REVOKED, check(good.text().reveal()));
        assertEquals(before + 3, hashes.get());
    }

    /** Returns a key with the id of the good one and another secret. */
    private String wrongSecret() {
        int[] call = {0};
        RandomSource sameId = () -> call[0]++ == 0 ? idBits(good.key().id()) : 5;
        ApiKeyText text = ApiKeyText.make(sameId);
        assertEquals(good.key().id(), text.id());
        return text.reveal();
    }

    private static long idBits(String id) {
        long bits = 0;
        for (char c : id.toCharArray()) {
            bits = bits << 5 | "0123456789abcdefghjkmnpqrstvwxyz".indexOf(c);
        }
        return bits << 4;
    }

    @Test
    void anExpiredKeyIsRefusedFromItsTimeOn() {
        clock.set(NOON.plus(Duration.ofDays(1)).minusNanos(1));
        assertInstanceOf(Granted.class, check(good.text().reveal()));
        clock.advance(Duration.ofNanos(1));
        assertDenied(Why.EXPIRED, check(good.text().reveal()));
        assertDenied(Why.UNKNOWN, check(wrongSecret()));
    }

    @Test
    void aClockThatWasSetBackGivesNoLifeBackAfterANewerChange() {
        clock.set(NOON.plus(Duration.ofDays(2)));
        make("default", "read:*");
        credentials.poll();
        clock.set(NOON);
        assertDenied(Why.EXPIRED, check(good.text().reveal()));
    }

    @Test
    void withoutAnyKeysNobodyComesIn() {
        Credentials none = Credentials.open(ServerFolder.in(data.resolve("none")), clock, Credentials.Watcher.NONE);
        assertTrue(none.current().isEmpty());
        Authenticator other = new Authenticator(none, random);
        assertDenied(Why.UNKNOWN, other.check(bearer(good.text().reveal()), "/stac"));
    }

    @Test
    void rightsAreThoseOfTheGrants() {
        Principal principal =
                assertInstanceOf(Granted.class, check(good.text().reveal())).principal();
        assertTrue(principal.may(StacAccess.READ, "a.c"));
        assertTrue(!principal.may(StacAccess.WRITE, "a.c"));
        assertTrue(principal.may(StacAccess.WRITE, "a.b"));
        assertTrue(!principal.may(StacAccess.ADMIN, "a.b"));
        assertTrue(!principal.may(StacAccess.READ, "b"));
    }
}
