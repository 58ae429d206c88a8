package org.almagest.server.quota;

import java.math.BigInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.almagest.server.keys.Rate;

/**
 * So many in a time, kept in one number: when everything that was taken will have come back.
 *
 * <p>The generic cell rate algorithm: each unit moves that moment by period / count, and may do so while it is at most a
 * period away. So the count may be used at once, and comes back evenly; there are no timers and no windows. Safe for use
 * by several threads.
 *
 * <p>A cost is rounded down to nanoseconds, so that exactly the count may be taken at once; what that gives away is below
 * a nanosecond for each call.
 */
final class Balance {
    /** Far above every period, far below an overflow. */
    private static final long OWED_MAX = Long.MAX_VALUE / 4;

    private final long count;
    private final long periodNanos;
    private final long start;

    /** Nanoseconds since the start. */
    private final AtomicLong backAt = new AtomicLong();

    Balance(Rate rate, long now) {
        this.count = rate.count();
        this.periodNanos = rate.seconds() * 1_000_000_000L;
        this.start = now;
    }

    /** Takes one; returns 0, or how many nanoseconds it takes until there is one. */
    long take(long nowNanos) {
        long now = nowNanos - start;
        while (true) {
            long before = backAt.get();
            long after = Math.max(now, before) + cost(1);
            if (after - now > periodNanos) {
                return after - now - periodNanos;
            }
            if (backAt.compareAndSet(before, after)) {
                return 0;
            }
        }
    }

    /** Returns 0 while anything is left, else how many nanoseconds it takes until something is. */
    long waitNanos(long nowNanos) {
        long owed = backAt.get() - (nowNanos - start);
        return owed < periodNanos ? 0 : owed - periodNanos + 1;
    }

    /** Takes that many, which were used already, whatever is left. */
    void charge(long units, long nowNanos) {
        if (units > 0) {
            long now = nowNanos - start;
            long cost = cost(units);
            backAt.updateAndGet(before -> Math.min(now + OWED_MAX, Math.max(now, before) + cost));
        }
    }

    /** Returns in how many nanoseconds everything will have come back. */
    long owedNanos(long nowNanos) {
        return Math.max(0, backAt.get() - (nowNanos - start));
    }

    /** Owes that much from before. */
    void owe(long nanos, long nowNanos) {
        long now = nowNanos - start;
        backAt.updateAndGet(before -> Math.max(now, before) + Math.min(OWED_MAX, Math.max(0, nanos)));
    }

    private long cost(long units) {
        long product = units * periodNanos;
        long high = Math.multiplyHigh(units, periodNanos);
        if (high == 0 && product >= 0) {
            return Math.max(1, product / count);
        }
        BigInteger exact = BigInteger.valueOf(units)
                .multiply(BigInteger.valueOf(periodNanos))
                .divide(BigInteger.valueOf(count));
        return exact.min(BigInteger.valueOf(OWED_MAX)).longValueExact();
    }
}
