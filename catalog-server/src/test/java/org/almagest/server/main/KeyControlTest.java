package org.almagest.server.main;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.almagest.io.stac.exchange.StacCaller;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.runtime.RandomSource;
import org.almagest.server.config.Settings;
import org.almagest.server.config.SettingsReader;
import org.almagest.server.config.SettingsReader.Flag;
import org.almagest.server.http.door.Arrival;
import org.almagest.server.http.door.Guest;
import org.almagest.server.http.door.Route;
import org.almagest.server.http.door.Verdict;
import org.almagest.server.keys.ApiKeyText;
import org.almagest.server.keys.ApiKeys;
import org.almagest.server.keys.Grant;
import org.almagest.server.keys.KeyQuota;
import org.almagest.server.keys.ServerFolder;
import org.almagest.server.log.Event;
import org.almagest.server.log.Observer;
import org.almagest.server.log.Refusal.Reason;
import org.almagest.testing.SteppedClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyControlTest {
    @TempDir
    Path data;

    private final SteppedClock clock = new SteppedClock(Instant.parse("2026-11-22T12:00:00Z"));
    private final AtomicLong ticker = new AtomicLong();
    private final RandomSource random = new SplittableRandom(3)::nextLong;
    private final List<String> told = new ArrayList<>();

    private KeyControl open(String... settings) {
        List<Flag> flags = Arrays.stream(settings)
                .map(text -> text.split("=", 2))
                .map(parts -> new Flag("--set", parts[0], parts[1]))
                .toList();
        Settings read = SettingsReader.read(Optional.empty(), Map.of(), flags).settings();
        Observer observer = new Observer() {
            @Override
            public void event(Event event) {
                told.add(event.level().label() + " " + event.message());
            }
        };
        return KeyControl.open(ServerFolder.in(data), read, observer, new KeyControl.Seams(clock, ticker::get, random));
    }

    private ApiKeys.Made make(String tenant) {
        return keys().create(new ApiKeys.Wanted(
                tenant, "x", List.of(Grant.parse("read:*")), KeyQuota.NONE, Duration.ofDays(1)));
    }

    private ApiKeys keys() {
        return new ApiKeys(ServerFolder.in(data), clock, random);
    }

    private static Arrival arrival(String key) {
        StacHeaders headers =
                key.isEmpty() ? StacHeaders.NONE : StacHeaders.NONE.with("authorization", "Bearer " + key);
        try {
            return new Arrival("0".repeat(32), Route.NONE, "/stac", headers, InetAddress.getByName("10.0.0.1"));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Guest admitted(KeyControl control, String key) {
        return assertInstanceOf(Verdict.Admitted.class, control.admission().admit(arrival(key)))
                .guest();
    }

    private static Verdict.Refused refused(KeyControl control, String key) {
        return assertInstanceOf(Verdict.Refused.class, control.admission().admit(arrival(key)));
    }

    @Test
    void withoutKeysEverybodyMayComeInUntilThereIsOne() {
        KeyControl control = open();
        assertEquals(StacCaller.ANYBODY, admitted(control, "").caller());
        ApiKeys.Made made = make("default");
        control.poll();
        assertEquals(Reason.NO_KEY, refused(control, "").reason());
        assertEquals(
                made.key().id(),
                admitted(control, made.text().reveal()).caller().name());
        keys().revoke(List.of(made.key().id()));
        keys().delete(List.of(made.key().id()));
        control.poll();
        assertEquals(Reason.NO_KEY, refused(control, "").reason(), "the last key that goes opens no door");
    }

    @Test
    void settingsSayAlwaysOrNever() {
        assertEquals(Reason.NO_KEY, refused(open("keys.required=true"), "").reason());
        make("default");
        assertEquals(
                StacCaller.ANYBODY, admitted(open("keys.required=false"), "").caller());
    }

    @Test
    void everyRefusalLooksTheSame() {
        ApiKeys.Made revoked = make("default");
        ApiKeys.Made expired = make("default");
        keys().revoke(List.of(revoked.key().id()));
        clock.advance(Duration.ofDays(1));
        make("default");
        KeyControl control = open();
        Verdict.Refused none = refused(control, "");
        assertEquals(401, none.problem().status());
        assertEquals(
                "Bearer realm=\"almagest\"",
                none.headers().first("www-authenticate").orElseThrow());
        Map<String, Reason> reasons = Map.of(
                "x",
                Reason.BAD_KEY,
                ApiKeyText.make(random).reveal(),
                Reason.UNKNOWN_KEY,
                revoked.text().reveal(),
                Reason.REVOKED_KEY,
                expired.text().reveal(),
                Reason.EXPIRED_KEY);
        for (String key : reasons.keySet()) {
            Verdict.Refused refused = refused(control, key);
            assertEquals(none.headers().toMap(), refused.headers().toMap());
            assertArrayEquals(none.problem().toBytes("id"), refused.problem().toBytes("id"));
            assertEquals(reasons.get(key), refused.reason(), "for the log alone");
        }
        assertEquals(
                revoked.key().id(), refused(control, revoked.text().reveal()).key());
    }

    @Test
    void manyBadKeysMakeAnAddressWait() {
        ApiKeys.Made good = make("default");
        KeyControl control = open("quota.failed-logins=2/1m");
        refused(control, "x");
        refused(control, "x");
        Verdict.Refused refused = refused(control, good.text().reveal());
        assertEquals(Reason.LOGINS, refused.reason());
        assertEquals(429, refused.problem().status());
        assertEquals("1", refused.headers().first("retry-after").orElseThrow());
        ticker.addAndGet(30_000_000_001L);
        admitted(control, good.text().reveal());
    }

    @Test
    void quotasOfAKeyAreAnsweredWithTheTimeToWait() {
        ApiKeys.Made good = make("default");
        KeyControl control = open("quota.requests=2/10s", "quota.concurrent=1");
        Guest first = admitted(control, good.text().reveal());
        Verdict.Refused concurrent = refused(control, good.text().reveal());
        assertEquals(Reason.QUOTA_CONCURRENT, concurrent.reason());
        assertEquals(good.key().id(), concurrent.key());
        first.leave(1, 1);
        admitted(control, good.text().reveal()).leave(0, 0);
        Verdict.Refused rate = refused(control, good.text().reveal());
        assertEquals(Reason.QUOTA_REQUESTS, rate.reason());
        assertEquals("5", rate.headers().first("retry-after").orElseThrow());
        String body = new String(rate.problem().toBytes("id"), StandardCharsets.UTF_8);
        assertTrue(body.contains("\"code\":\"QUOTA_EXCEEDED\""), body);
        assertTrue(body.contains("\"quota\":\"requests\""), body);
    }

    @Test
    void aGuestStaysAsLongAsItsKey() {
        ApiKeys.Made good = make("t1");
        KeyControl control = open();
        Guest guest = admitted(control, good.text().reveal());
        assertEquals("t1", guest.caller().tenant());
        assertEquals(good.key().id(), guest.queue());
        assertTrue(guest.live());
        keys().revoke(List.of(good.key().id()));
        control.poll();
        assertFalse(guest.live());
    }

    @Test
    void itTellsOfKeysTenantsAndFilesThatCannotBeRead() throws Exception {
        make("default");
        make("t1");
        make("t1");
        KeyControl control = open();
        assertEquals(2, control.tenants());
        assertEquals(3, control.liveKeys());
        java.nio.file.Files.write(data.resolve("server/keys.json"), new byte[0]);
        control.poll();
        assertEquals(1, control.reloadFailures());
        assertEquals("info keys: 3 read", told.get(0));
        assertTrue(told.get(1).endsWith(" (the keys from before hold)"), told.get(1));
        assertTrue(told.get(1).startsWith("error keys: "), told.get(1));
    }
}
