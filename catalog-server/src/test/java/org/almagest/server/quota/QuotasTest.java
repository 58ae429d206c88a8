package org.almagest.server.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.almagest.server.keys.KeyQuota;
import org.almagest.server.keys.KeyUsage;
import org.almagest.server.keys.Rate;
import org.almagest.server.keys.UsageFile.Saved;
import org.almagest.testing.SteppedClock;
import org.junit.jupiter.api.Test;

class QuotasTest {
    private static final long SECOND = 1_000_000_000L;
    private static final KeyQuota DEFAULTS =
            new KeyQuota(new Rate(5, 1), 2, new Rate(1_000, 86_400), new Rate(500, 86_400));

    private final AtomicLong ticker = new AtomicLong(42);
    private final SteppedClock clock = new SteppedClock(Instant.parse("2026-11-22T12:00:00Z"));
    private final Quotas quotas = new Quotas(DEFAULTS, ticker::get, clock, Saved.NONE);

    private Use granted(String key, KeyQuota own) {
        return assertInstanceOf(Turn.Granted.class, quotas.enter(key, own)).use();
    }

    private Turn.Refused refused(String key) {
        return assertInstanceOf(Turn.Refused.class, quotas.enter(key, KeyQuota.NONE));
    }

    @Test
    void requestsOfOneKeyDoNotTouchAnother() {
        for (int i = 0; i < 5; i++) {
            granted("a", KeyQuota.NONE).leave(0, 0);
        }
        assertEquals(new Turn.Refused(QuotaKind.REQUESTS, SECOND / 5), refused("a"));
        assertEquals(1, refused("a").waitSeconds());
        granted("b", KeyQuota.NONE).leave(0, 0);
        ticker.addAndGet(SECOND / 5);
        granted("a", KeyQuota.NONE).leave(0, 0);
        refused("a");
    }

    @Test
    void soManyAreInsideAtOnceAndLeavingMakesRoom() {
        Use first = granted("a", KeyQuota.NONE);
        granted("a", KeyQuota.NONE);
        assertEquals(new Turn.Refused(QuotaKind.CONCURRENT, SECOND), refused("a"));
        assertEquals(2, first.inside());
        first.leave(0, 0);
        granted("a", KeyQuota.NONE);
    }

    @Test
    void oneThatIsRefusedForItsRateTakesNoPlace() {
        List<Use> uses = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            granted("a", KeyQuota.NONE).leave(0, 0);
        }
        for (int i = 0; i < 100; i++) {
            refused("a");
        }
        ticker.addAndGet(10 * SECOND);
        uses.add(granted("a", KeyQuota.NONE));
        uses.add(granted("a", KeyQuota.NONE));
        assertEquals(2, uses.get(0).inside());
    }

    @Test
    void oneAnswerMayOverdrawAndTheNextWaits() {
        granted("a", KeyQuota.NONE).leave(0, 5_000);
        Turn.Refused refused = refused("a");
        assertEquals(QuotaKind.BYTES_OUT, refused.kind());
        assertEquals(4 * 86_400 + 1, refused.waitSeconds());
        ticker.addAndGet(refused.waitNanos() - 1);
        refused("a");
        ticker.incrementAndGet();
        granted("a", KeyQuota.NONE).leave(500, 0);
        assertEquals(QuotaKind.BYTES_IN, refused("a").kind());
    }

    @Test
    void whatAKeySaysItselfComesBeforeTheSettings() {
        KeyQuota own = new KeyQuota(new Rate(1, 60), null, null, null);
        granted("a", own).leave(0, 0);
        assertEquals(
                60, assertInstanceOf(Turn.Refused.class, quotas.enter("a", own)).waitSeconds());
        granted("a", KeyQuota.NONE); // it was changed: begins anew
    }

    @Test
    void whatWasUsedIsGoneOnFromAfterARestart() {
        granted("a", KeyQuota.NONE).leave(0, 1_500);
        granted("b", KeyQuota.NONE).leave(0, 0);
        ticker.addAndGet(SECOND);
        clock.advance(Duration.ofSeconds(1));
        Saved saved = quotas.saved();
        assertEquals(
                new KeyUsage(LocalDate.parse("2026-11-22"), new KeyUsage.Owed(0, 129_599, 0)),
                saved.find("a").orElseThrow());
        AtomicLong another = new AtomicLong(-7);
        SteppedClock later = new SteppedClock(clock.now().plusSeconds(3_600));
        Quotas next = new Quotas(DEFAULTS, another::get, later, saved);
        Turn.Refused refused = assertInstanceOf(Turn.Refused.class, next.enter("a", KeyQuota.NONE));
        assertEquals(QuotaKind.BYTES_OUT, refused.kind());
        assertEquals(129_599 - 3_600 - 86_400 + 1, refused.waitSeconds());
        assertInstanceOf(Turn.Granted.class, next.enter("b", KeyQuota.NONE));
        assertEquals(
                129_599 - 3_600, next.saved().find("a").orElseThrow().owed().bytesOut());
        Quotas later2 =
                new Quotas(DEFAULTS, another::get, new SteppedClock(clock.now().plusSeconds(200_000)), saved);
        assertEquals(
                new KeyUsage(LocalDate.parse("2026-11-22"), new KeyUsage.Owed(0, 0, 0)),
                later2.saved().find("a").orElseThrow(),
                "nobody used it since");
        assertInstanceOf(Turn.Granted.class, later2.enter("a", KeyQuota.NONE));
    }

    @Test
    void whatAFileSaysIsNotBelievedWithoutBounds() {
        Saved absurd = new Saved(
                clock.now(),
                Map.of(
                        "a",
                        new KeyUsage(
                                LocalDate.EPOCH, new KeyUsage.Owed(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE))));
        Quotas next = new Quotas(DEFAULTS, ticker::get, clock, absurd);
        Turn.Refused refused = assertInstanceOf(Turn.Refused.class, next.enter("a", KeyQuota.NONE));
        assertTrue(refused.waitSeconds() <= 2 * 366 * 86_400L, refused.toString());
    }

    @Test
    void keysThatAreGoneAreForgotten() {
        granted("a", KeyQuota.NONE);
        granted("b", KeyQuota.NONE);
        quotas.keep(Set.of("b", "c"));
        assertEquals(Set.of("b"), quotas.uses().keySet());
    }

    @Test
    void anAddressThatFailsTooOftenWaits() throws UnknownHostException {
        FailedLogins logins = new FailedLogins(new Rate(3, 60), ticker::get);
        InetAddress address = InetAddress.getByName("10.1.2.3");
        assertEquals(0, logins.waitNanos(address));
        assertTrue(logins.failed(address), "the first of a minute is told");
        assertFalse(logins.failed(address));
        assertEquals(0, logins.waitNanos(address));
        assertFalse(logins.failed(address));
        assertEquals(1, logins.waitNanos(address), "spent to the nanosecond");
        logins.failed(address);
        assertEquals(20 * SECOND + 1, logins.waitNanos(address));
        assertEquals(0, logins.waitNanos(InetAddress.getByName("10.1.2.4")));
        ticker.addAndGet(20 * SECOND + 1);
        assertEquals(0, logins.waitNanos(address));
        ticker.addAndGet(60 * SECOND);
        assertTrue(logins.failed(address));
    }

    @Test
    void addressesOfOneNetworkCountTogether() throws UnknownHostException {
        FailedLogins logins = new FailedLogins(new Rate(1, 60), ticker::get);
        logins.failed(InetAddress.getByName("2001:db8:1:2::1"));
        assertTrue(logins.waitNanos(InetAddress.getByName("2001:db8:1:2:ffff::9")) > 0);
        assertEquals(0, logins.waitNanos(InetAddress.getByName("2001:db8:1:3::1")));
    }

    @Test
    void soManyAddressesAreKnownAndTheOldestMakesRoom() throws UnknownHostException {
        FailedLogins logins = new FailedLogins(new Rate(1, 60), ticker::get);
        InetAddress first = InetAddress.getByName("10.0.0.0");
        for (int i = 0; i < 4096; i++) {
            logins.failed(InetAddress.getByAddress(new byte[] {10, 0, (byte) (i >> 8), (byte) i}));
        }
        assertTrue(logins.waitNanos(first) > 0);
        logins.failed(InetAddress.getByName("10.1.0.0"));
        assertEquals(4096, logins.size());
        assertTrue(logins.waitNanos(first) > 0, "it was asked for just now");
        assertEquals(0, logins.waitNanos(InetAddress.getByName("10.0.0.1")));
    }
}
