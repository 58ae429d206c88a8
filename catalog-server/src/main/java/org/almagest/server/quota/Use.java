package org.almagest.server.quota;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.almagest.server.keys.KeyQuota;
import org.almagest.server.keys.KeyUsage.Owed;

/** How much one key has used. Safe for use by several threads. */
public final class Use {
    static final long NEVER = Long.MIN_VALUE;

    /** Nobody knows when a request of another ends. */
    private static final long CONCURRENT_WAIT_NANOS = 1_000_000_000L;

    private static final long NANOS = 1_000_000_000L;

    /** What a file says is not believed beyond the longest period there is, twice. */
    private static final long OWED_SECONDS_MAX = 2 * 366 * 86_400L;

    private final KeyQuota quota;
    private final LongSupplier ticker;
    private final Balance requests;
    private final Balance bytesOut;
    private final Balance bytesIn;
    private final int concurrentMax;
    private final AtomicInteger inside = new AtomicInteger();
    private volatile long lastDay = NEVER;

    Use(KeyQuota quota, LongSupplier ticker) {
        long now = ticker.getAsLong();
        this.quota = quota;
        this.ticker = ticker;
        this.requests = new Balance(Objects.requireNonNull(quota.requests()), now);
        this.bytesOut = new Balance(Objects.requireNonNull(quota.bytesOut()), now);
        this.bytesIn = new Balance(Objects.requireNonNull(quota.bytesIn()), now);
        this.concurrentMax = Objects.requireNonNull(quota.concurrent());
    }

    /** Lets one request more in, or says what is in its way; what is refused for its own rate alone costs nothing. */
    Turn enter(long day) {
        lastDay = day;
        long now = ticker.getAsLong();
        long wait = bytesOut.waitNanos(now);
        if (wait > 0) {
            return new Turn.Refused(QuotaKind.BYTES_OUT, wait);
        }
        wait = bytesIn.waitNanos(now);
        if (wait > 0) {
            return new Turn.Refused(QuotaKind.BYTES_IN, wait);
        }
        if (inside.incrementAndGet() > concurrentMax) {
            inside.decrementAndGet();
            return new Turn.Refused(QuotaKind.CONCURRENT, CONCURRENT_WAIT_NANOS);
        }
        wait = requests.take(now);
        if (wait > 0) {
            inside.decrementAndGet();
            return new Turn.Refused(QuotaKind.REQUESTS, wait);
        }
        return new Turn.Granted(this);
    }

    /** A request has ended and moved so many bytes; called exactly once for each that was granted. */
    public void leave(long in, long out) {
        int left = inside.decrementAndGet();
        assert left >= 0 : "a request left twice";
        long now = ticker.getAsLong();
        bytesIn.charge(in, now);
        bytesOut.charge(out, now);
    }

    /** Returns how many requests are inside. */
    public int inside() {
        return inside.get();
    }

    boolean isOf(KeyQuota other) {
        return quota.equals(other);
    }

    long lastDay() {
        return lastDay;
    }

    /** Returns how much is owed now, rounded up to seconds. */
    Owed owed() {
        long now = ticker.getAsLong();
        return new Owed(
                seconds(requests.owedNanos(now)), seconds(bytesOut.owedNanos(now)), seconds(bytesIn.owedNanos(now)));
    }

    private static long seconds(long nanos) {
        return Math.floorDiv(nanos + NANOS - 1, NANOS);
    }

    /** Owes what was owed some seconds ago. */
    void owe(Owed before, long secondsAgo) {
        long now = ticker.getAsLong();
        requests.owe(nanos(before.requests() - secondsAgo), now);
        bytesOut.owe(nanos(before.bytesOut() - secondsAgo), now);
        bytesIn.owe(nanos(before.bytesIn() - secondsAgo), now);
    }

    private static long nanos(long seconds) {
        return Math.max(0, Math.min(seconds, OWED_SECONDS_MAX)) * NANOS;
    }
}
