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

    /** After less work than this between two segments nothing is gained by a pause; it is made up for later. */
    private static final Duration WORK_MIN = Duration.ofMillis(10);

    /** Bounds what a clock that is set forward may cost; as long as the end of the largest segments takes. */
    private static final Duration PAUSE_MAX = Duration.ofMinutes(1);

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

    /** Ends pausing, because somebody waits, and the pause that is being taken; from any thread. */
    public synchronized void hurry() {
        hurried = true;
        notifyAll();
    }

    /** Ends the work at its next look, and a pause at once; from any thread. */
    public void cancel() {
        cancelled = true;
        hurry();
    }

    /** Tells whether the work was cancelled. */
    public boolean isCancelled() {
        return cancelled;
    }

    /** Says that bytes were written, and rests from time to time, so that the work is spread. */
    void wrote(long bytes) {
        sinceLast += bytes;
        if (sinceLast >= BYTES_PER_PAUSE) {
            restAfter(Duration.ZERO);
        }
    }

    /** Says that a segment was ended, which takes long for a large one, and rests for that. */
    void endedSegment() {
        restAfter(WORK_MIN);
    }

    /** Says that a round was ended, and rests for what nobody has rested for yet, because another round may follow. */
    public void endedRound() {
        restAfter(Duration.ZERO);
    }

    /** Rests for as long as the work since the last rest took, or longer where bytes came too fast. */
    private void restAfter(Duration least) {
        if (hurried) {
            return;
        }
        Duration between = Duration.between(last, clock.now());
        Duration taken = between.isNegative() ? Duration.ZERO : between; // the clock was set back
        if (taken.compareTo(least) < 0) {
            return;
        }
        Duration due = Duration.ofNanos((long) ((double) sinceLast / bytesPerSecond * NANOS_PER_SECOND));
        Duration pause = longer(due.minus(taken), taken);
        if (!pause.isZero()) {
            pause(pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause);
        }
        sinceLast = 0;
        last = clock.now();
    }

    private synchronized void pause(Duration duration) {
        if (!hurried) {
            scheduler.pause(this, duration);
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
