package org.almagest.testing;

import java.time.Duration;
import java.time.Instant;
import org.almagest.runtime.Clock;

/** A clock that stands still until it is moved, in either direction. */
public final class SteppedClock implements Clock {
    private volatile Instant now;

    /** Creates a clock that shows this instant. */
    public SteppedClock(Instant start) {
        this.now = start;
    }

    @Override
    public Instant now() {
        return now;
    }

    /** Shows another instant. */
    public void set(Instant instant) {
        this.now = instant;
    }

    /** Moves on by a duration, backwards where it is negative. */
    public void advance(Duration duration) {
        this.now = now.plus(duration);
    }
}
