package org.almagest.server.quota;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.almagest.server.keys.KeyQuota;

/** How much one key has used. Safe for use by several threads. */
public final class Use {
    /** Nobody knows when a request of another ends. */
    private static final long CONCURRENT_WAIT_NANOS = 1_000_000_000L;

    private final KeyQuota quota;
    private final LongSupplier ticker;
    private final Balance requests;
    private final Balance bytesOut;
    private final Balance bytesIn;
    private final int concurrentMax;
    private final AtomicInteger inside = new AtomicInteger();
    private volatile long lastDay = -1;

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

    Balance requests() {
        return requests;
    }

    Balance bytesOut() {
        return bytesOut;
    }

    Balance bytesIn() {
        return bytesIn;
    }

    void usedOn(long day) {
        lastDay = Math.max(lastDay, day);
    }
}
