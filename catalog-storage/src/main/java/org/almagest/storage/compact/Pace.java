package org.almagest.storage.compact;

import java.time.Duration;
import java.time.Instant;
import org.almagest.runtime.Clock;
import org.almagest.runtime.Scheduler;

/**
 * Holds background writing to a rate and to half of the time, unless somebody waits for it. For one writing thread.
 *
 * <p>Without the second, merging takes a core for as long as it has work, which on a small machine is that of a reader.
 */
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

    /** Says that bytes were written, and rests for as long as they took, or longer where they came too fast. */
    void wrote(long bytes) {
        sinceLast += bytes;
        if (sinceLast < BYTES_PER_PAUSE || hurried) {
            return;
        }
        Duration due = Duration.ofNanos((long) ((double) sinceLast / bytesPerSecond * NANOS_PER_SECOND));
        Duration between = Duration.between(last, clock.now());
        Duration taken = between.isNegative() ? Duration.ZERO : between; // the clock was set back
        Duration pause = longer(due.minus(taken), taken);
        if (!pause.isZero()) {
            scheduler.pause(pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause);
        }
        sinceLast = 0;
        last = clock.now();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
