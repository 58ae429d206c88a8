package org.almagest.server.main;

import java.time.Duration;
import org.almagest.runtime.Stopwatch;
import org.almagest.server.config.Settings;
import org.almagest.server.http.Workers;
import org.almagest.server.log.Event;
import org.almagest.server.log.Observer;
import org.almagest.server.quota.RequestWorkers;

/** The threads that requests are worked on in, in turns between keys. */
final class FairWorkers implements Workers, AutoCloseable {
    private static final Duration END_MAX = Duration.ofSeconds(10);

    private final RequestWorkers workers;
    private final Observer told;

    private FairWorkers(RequestWorkers workers, Observer told) {
        this.workers = workers;
        this.told = told;
    }

    /** Starts as many as the settings say. */
    static FairWorkers start(Settings settings, Observer told) {
        int count = settings.of(Settings.WORKERS);
        int threads = count > 0 ? count : Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
        RequestWorkers workers = new RequestWorkers(
                new RequestWorkers.Size(threads, settings.of(Settings.WAITING_MAX)),
                Stopwatch::nanos,
                failure -> told.event(Event.error("workers", "worker: " + failure)));
        return new FairWorkers(workers, told);
    }

    @Override
    public boolean submit(String queue, Runnable task) {
        return workers.submit(queue, task);
    }

    @Override
    public void resume(String queue, Runnable task) {
        workers.resume(queue, task);
    }

    /** Returns how many requests wait. */
    int waiting() {
        return workers.waiting();
    }

    /** Returns for how long the longest piece of work has been under way. */
    Duration longest() {
        return Duration.ofNanos(workers.longestNanos());
    }

    /** Takes no more and waits for what is under way, 10 seconds at most; tells where that is not done then. */
    @Override
    public void close() {
        end(END_MAX);
    }

    void end(Duration most) {
        workers.close();
        boolean ended = false;
        try {
            ended = workers.awaitEnd(most);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            told.event(Event.warn("stop", "workers: requests are still at work (not waited for any longer)"));
        }
    }
}
