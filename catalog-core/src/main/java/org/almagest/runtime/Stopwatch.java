package org.almagest.runtime;

/** Measures how long things take; for what is reported, never for what is decided. */
public final class Stopwatch {
    private Stopwatch() {}

    /** Returns nanoseconds since some moment, which is the same for the whole process. */
    public static long nanos() {
        return System.nanoTime();
    }
}
