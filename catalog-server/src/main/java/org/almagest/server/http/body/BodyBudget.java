package org.almagest.server.http.body;

import java.util.concurrent.atomic.AtomicLong;
import org.almagest.io.stac.exchange.Problem;

/** The bytes of all request bodies in memory, together. Safe for use by several threads. */
public final class BodyBudget {
    private final long bytesMax;
    private final AtomicLong taken = new AtomicLong();

    public BodyBudget(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    public Lease lease() {
        return new Lease();
    }

    public long bytes() {
        return taken.get();
    }

    /** Returns what is answered where nothing more can be had. */
    public static Problem noRoom() {
        return Problem.of(503, "BUSY", "server: no room for another body (repeating the request later is safe)");
    }

    /** What one request has of the budget. For one thread at a time, closed by any. */
    public final class Lease implements AutoCloseable {
        private final AtomicLong own = new AtomicLong();

        /** Takes more, or nothing where that would be too much. */
        public boolean grow(long bytes) {
            if (taken.addAndGet(bytes) > bytesMax) {
                taken.addAndGet(-bytes);
                return false;
            }
            own.addAndGet(bytes);
            return true;
        }

        @Override
        public void close() {
            taken.addAndGet(-own.getAndSet(0));
        }
    }
}
