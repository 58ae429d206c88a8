package org.almagest.runtime;

import java.time.Instant;

/** The clock of this machine. A class, because the first lambda of a process costs as much as fifty classes. */
final class SystemClock implements Clock {
    static final SystemClock INSTANCE = new SystemClock();

    private SystemClock() {}

    @Override
    public Instant now() {
        return Instant.now();
    }
}
