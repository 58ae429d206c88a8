package org.almagest.runtime;

import java.time.Instant;

/** Tells the time. Safe for use by several threads. */
@FunctionalInterface
public interface Clock {
    /** Returns the present instant in UTC. */
    Instant now();

    /** Returns the clock of this machine. */
    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
