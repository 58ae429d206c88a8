package org.almagest.server.main;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.almagest.server.log.Event;
import org.almagest.server.log.Observer;

/**
 * Does small things again and again; a failure is told and the next turn comes all the same.
 *
 * <p>One that hangs holds up none of the others: there are as many threads as tasks, few.
 */
final class Upkeep implements AutoCloseable {
    private static final int THREADS = 4;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, task -> {
        Thread made = new Thread(task, "almagest-upkeep");
        made.setDaemon(true);
        return made;
    });
    private final Observer observer;

    Upkeep(Observer observer) {
        this.observer = observer;
    }

    /** Runs a task each {@code period}, the first time after one. */
    void each(Duration period, String what, Runnable task) {
        Runnable guarded = () -> {
            try {
                task.run();
            } catch (Throwable e) { // Errors too: what throws out of here is never run again
                observer.event(Event.error(what, String.valueOf(e.getMessage())));
            }
        };
        threads.scheduleWithFixedDelay(guarded, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
