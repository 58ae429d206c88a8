package org.almagest.server.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.almagest.server.keys.Rate;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class BalanceTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void theCountMayBeTakenAtOnceAndNotOneMore() {
        for (long count : new long[] {1, 2, 3, 7, 50, 200, 999, 20_011}) {
            Balance balance = new Balance(new Rate(count, 1), 17);
            for (long i = 0; i < count; i++) {
                assertEquals(0, balance.take(17), count + ": " + i);
            }
            long wait = balance.take(17);
            assertTrue(wait > 0 && wait <= SECOND / count, count + ": " + wait);
        }
    }

    @Test
    void whatWasTakenComesBackEvenly() {
        Balance balance = new Balance(new Rate(4, 2), 0);
        for (int i = 0; i < 4; i++) {
            assertEquals(0, balance.take(0));
        }
        assertEquals(SECOND / 2, balance.take(0));
        assertEquals(1, balance.take(SECOND / 2 - 1));
        assertEquals(0, balance.take(SECOND / 2));
        assertEquals(SECOND / 2, balance.take(SECOND / 2));
        for (int i = 0; i < 4; i++) {
            assertEquals(0, balance.take(10 * SECOND));
        }
    }

    @Test
    void bytesAreChargedAfterwardsAndMayOverdraw() {
        Balance balance = new Balance(new Rate(1000, 10), 0);
        assertEquals(0, balance.waitNanos(0));
        balance.charge(999, 0);
        assertEquals(0, balance.waitNanos(0), "one is left");
        balance.charge(1, 0);
        assertEquals(1, balance.waitNanos(0));
        balance.charge(1000, 0);
        assertEquals(10 * SECOND + 1, balance.waitNanos(0));
        assertEquals(1, balance.waitNanos(10 * SECOND));
        assertEquals(0, balance.waitNanos(10 * SECOND + 1));
    }

    @Test
    void theLargestNumbersDoNotOverflow() {
        Balance balance = new Balance(new Rate(1, 366L * 86_400), Long.MAX_VALUE - 5);
        balance.charge(Long.MAX_VALUE, Long.MAX_VALUE);
        balance.charge(Long.MAX_VALUE, Long.MIN_VALUE + 1); // the counter of the JVM may pass its end
        assertTrue(balance.waitNanos(Long.MIN_VALUE + 2) > 366L * 86_400 * SECOND);
        Balance many = new Balance(new Rate(1_000_000_000_000_000L, 1), 0);
        many.charge(1, 0);
        assertEquals(1, many.owedNanos(0));
        many.charge(1_000_000_000_000_000L, 0);
        assertEquals(2, many.waitNanos(0));
    }

    @Test
    void whatIsOwedFromBeforeIsTaken() {
        Balance balance = new Balance(new Rate(10, 10), 100);
        balance.owe(9 * SECOND, 100);
        assertEquals(0, balance.take(100));
        assertEquals(SECOND, balance.take(100));
        assertEquals(10 * SECOND, balance.owedNanos(100));
        balance.owe(-5, 100);
        assertEquals(10 * SECOND, balance.owedNanos(100));
    }

    /** A model in whole units of period / count, which no rounding touches. */
    private static final class Exact {
        private final BigInteger count;
        private final BigInteger period;
        private BigInteger backAt = BigInteger.ZERO;

        private Exact(Rate rate) {
            count = BigInteger.valueOf(rate.count());
            period = BigInteger.valueOf(rate.seconds()).multiply(BigInteger.valueOf(SECOND));
        }

        private boolean take(long now) {
            BigInteger scaled = BigInteger.valueOf(now).multiply(count);
            BigInteger after = backAt.max(scaled).add(period);
            boolean may = after.subtract(scaled).compareTo(period.multiply(count)) <= 0;
            if (may) {
                backAt = after;
            }
            return may;
        }
    }

    @Test
    void itLetsInWhatExactArithmeticLetsInButForNanoseconds() {
        Seeded.repeat(300, random -> {
            Rate rate = new Rate(1 + random.nextInt(500), 1 + random.nextInt(100));
            Balance balance = new Balance(rate, 0);
            Exact exact = new Exact(rate);
            long now = 0;
            int taken = 0;
            int expected = 0;
            for (int i = 0; i < 1_000; i++) {
                now += step(random, rate);
                taken += balance.take(now) == 0 ? 1 : 0;
                expected += exact.take(now) ? 1 : 0;
            }
            // A cost is less than a nanosecond too small, so a thousand calls are worth at most one more.
            assertTrue(taken >= expected && taken <= expected + 1, rate + ": " + taken + " for " + expected);
            long most = rate.count() + (long) ((double) now / SECOND * rate.count() / rate.seconds()) + 1;
            assertTrue(taken <= most, rate + ": " + taken + " of " + most);
        });
    }

    private static long step(SplittableRandom random, Rate rate) {
        long unit = rate.seconds() * SECOND / rate.count();
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextLong(unit + 1);
            case 2 -> unit;
            default -> random.nextLong(3 * unit + 1);
        };
    }

    @Test
    void theWaitThatIsToldIsExact() {
        Seeded.repeat(300, random -> {
            Rate rate = new Rate(1 + random.nextInt(50), 1 + random.nextInt(10));
            Balance balance = new Balance(rate, 0);
            long now = random.nextInt(1_000);
            long wait = 0;
            while (wait == 0) {
                wait = balance.take(now);
            }
            assertEquals(1, balance.take(now + wait - 1));
            assertEquals(0, balance.take(now + wait));
        });
    }

    @Test
    void manyThreadsTakeTheCountTogether() throws Exception {
        Balance balance = new Balance(new Rate(10_000, 3_600), 0);
        java.util.concurrent.atomic.AtomicInteger taken = new java.util.concurrent.atomic.AtomicInteger();
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
                for (int call = 0; call < 5_000; call++) {
                    if (balance.take(0) == 0) {
                        taken.incrementAndGet();
                    }
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(10_000, taken.get());
    }
}
