package org.almagest.storage.compact;

import java.time.Duration;
import java.time.Instant;
import org.almagest.runtime.Clock;
import org.almagest.runtime.Scheduler;

/** Holds background writing to a rate, unless somebody waits for it. For one writing thread. */
public final class Pace {
    /** Pauses are taken after so many bytes, so that each is long enough to matter. */
    private static final long BYTES_PER_PAUSE = 1 << 20;

    private static final Duration PAUSE_MAX = Duration.ofSeconds(1);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Scheduler scheduler;
    private final Clock clock;
    private final long bytesPerSecond;
    private volatile boolean hurried;
    private volatile boolean cancelled;
    private long sinceLast;
    private Instant last;

    /** Begins now. */
    public Pace(Scheduler scheduler, Clock clock, long bytesPerSecond) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.bytesPerSecond = bytesPerSecond;
        this.last = clock.now();
    }

    /** Ends pausing, because somebody waits; from any thread. */
    public void hurry() {
        hurried = true;
    }

    /** Ends the work at its next look; from any thread. */
    public void cancel() {
        cancelled = true;
        hurried = true;
    }

    /** Tells whether the work was cancelled. */
    public boolean isCancelled() {
        return cancelled;
    }

    /** Says that bytes were written, and pauses where they came too fast. */
    void wrote(long bytes) {
        sinceLast += bytes;
        if (sinceLast < BYTES_PER_PAUSE || hurried) {
            return;
        }
        Duration due = Duration.ofNanos((long) ((double) sinceLast / bytesPerSecond * NANOS_PER_SECOND));
        Duration taken = Duration.between(last, clock.now());
        Duration pause = due.minus(taken.isNegative() ? Duration.ZERO : taken);
        if (!pause.isNegative() && !pause.isZero()) {
            scheduler.pause(pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause);
        }
        sinceLast = 0;
        last = clock.now();
    }
}
