package org.almagest.io.stac.page;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.almagest.error.CancelledException;
import org.almagest.error.DeadlineExceededException;
import org.almagest.runtime.Stopwatch;

/**
 * Bounds how long the engine works for a request, and tells when nobody waits for it any more.
 *
 * <p>It runs only while the engine is asked: a reader who takes their time does not use it up. One thread at a time.
 */
public final class WorkClock implements BooleanSupplier {
    private final long nanosMax;
    private final BooleanSupplier gone;
    private long spent;
    private long since;
    private boolean isOver;

    /**
     * Creates a clock that has not begun to run.
     *
     * @param millisMax milliseconds of work that are allowed
     * @param gone tells that nobody waits any more
     */
    public WorkClock(long millisMax, BooleanSupplier gone) {
        this.nanosMax = millisMax * 1_000_000;
        this.gone = gone;
    }

    /**
     * Does some work of the engine, whose query is given up by this clock.
     *
     * @throws DeadlineExceededException if the time is used up
     */
    public <T> T run(Supplier<T> work) {
        since = Stopwatch.nanos();
        try {
            return work.get();
        } catch (CancelledException e) {
            throw isOver ? new DeadlineExceededException("search: the time for one request is used up") : e;
        } finally {
            spent += Stopwatch.nanos() - since;
        }
    }

    @Override
    public boolean getAsBoolean() {
        isOver = isOver || spent + Stopwatch.nanos() - since > nanosMax;
        return isOver || gone.getAsBoolean();
    }
}
