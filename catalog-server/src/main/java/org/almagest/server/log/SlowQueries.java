package org.almagest.server.log;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.almagest.io.stac.exchange.StacObserver;
import org.almagest.io.stac.exchange.StacRequest;
import org.almagest.runtime.Clock;

/**
 * Writes the plan of queries that took long: which part of the store was read, and what was skipped.
 *
 * <p>To find the plan the query is run again, so one thread of low priority does it, few wait, and each route and path is
 * explained once a minute at most. The store is held meanwhile.
 */
public final class SlowQueries implements StacObserver, AutoCloseable {
    private static final int WAITING_MAX = 16;
    private static final int SHAPES_MAX = 1_000;
    private static final int PLAN_MAX = 4_000;
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final Duration least;
    private final LogWriter out;
    private final Clock clock;
    private final AtomicLong slow = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private final ThreadPoolExecutor thread;
    private volatile Stores stores = tenant -> () -> {};

    private final Map<String, Instant> told = new LinkedHashMap<>() { // guarded by itself
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
                    return size() > SHAPES_MAX;
                }
            };

    private SlowQueries(Duration least, LogWriter out, Clock clock) {
        this.least = least;
        this.out = out;
        this.clock = clock;
        this.thread = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MAX), task -> {
            Thread made = new Thread(task, "almagest-slow");
            made.setDaemon(true);
            made.setPriority(Thread.MIN_PRIORITY);
            return made;
        });
        thread.allowCoreThreadTimeOut(true);
    }

    /** Returns an observer that writes what took at least so long; nothing where that is 0. */
    public static SlowQueries of(Duration least, LogWriter out, Clock clock) {
        return new SlowQueries(least, out, clock);
    }

    /** Keeps stores open while somebody reads them. */
    @FunctionalInterface
    public interface Stores {
        /** Holds the store of a tenant until what is returned is closed. */
        AutoCloseable hold(String tenant);
    }

    /** Sets who keeps the stores open that plans are found in. */
    public void holding(Stores keeper) {
        stores = keeper;
    }

    @Override
    public void answered(StacRequest request, Answered what) {
        if (least.isZero() || what.taken().compareTo(least) < 0) {
            return;
        }
        slow.incrementAndGet();
        Instant now = clock.now();
        if (!isNew(what.route() + ' ' + request.path(), now)) {
            skipped.incrementAndGet();
            return;
        }
        Line line = Line.of(now, "slow")
                .put("id", request.headers().first("x-request-id").orElse(""))
                .put("route", request.method() + " " + what.route())
                .put("key", request.caller().name())
                .put("tenant", request.caller().tenant())
                .putMillis("millis", what.taken().toNanos())
                .put("status", what.status())
                .put("items", what.items());
        try {
            thread.execute(() -> explain(line, request.caller().tenant(), what));
        } catch (RejectedExecutionException e) {
            skipped.incrementAndGet();
        }
    }

    private boolean isNew(String shape, Instant now) {
        synchronized (told) {
            Instant before = told.get(shape);
            if (before != null && now.isBefore(before.plus(QUIET))) {
                return false;
            }
            told.remove(shape);
            told.put(shape, now);
            return true;
        }
    }

    private void explain(Line line, String tenant, Answered what) {
        try (AutoCloseable held = stores.hold(tenant)) {
            assert held != null : tenant;
            what.explain().ifPresent(plan -> line.putLong("plan", plan.get(), PLAN_MAX));
        } catch (Exception | OutOfMemoryError e) {
            line.put("plan_failed", String.valueOf(e.getMessage()));
        }
        out.offer(line);
    }

    /** Returns how many were slow. */
    public long slow() {
        return slow.get();
    }

    /** Returns how many of them were not explained. */
    public long skipped() {
        return skipped.get();
    }

    /** Explains no more; waits a moment for the one that is explained. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
                skipped.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
