package org.almagest.server.main;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.almagest.server.log.Event;
import org.almagest.server.log.Observer;

/** Does small things again and again, in one thread; a failure is told and the next turn comes all the same. */
final class Upkeep implements AutoCloseable {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
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
            } catch (RuntimeException e) {
                observer.event(Event.error(what, String.valueOf(e.getMessage())));
            }
        };
        thread.scheduleWithFixedDelay(guarded, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
