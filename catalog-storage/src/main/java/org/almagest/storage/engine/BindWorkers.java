package org.almagest.storage.engine;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.almagest.runtime.Scheduler;

/**
 * Threads that help callers to bind large batches; started when the first one comes. Safe for use by several threads.
 */
final class BindWorkers implements AutoCloseable {
    /** More would only wait for the one thread that writes the log. */
    private static final int WORKERS_MAX = 3;

    private final Scheduler scheduler;
    private final int count;
    private final List<Scheduler.Worker> workers = new ArrayList<>();
    private boolean closed;

    BindWorkers(Scheduler scheduler) {
        this.scheduler = scheduler;
        this.count = Math.min(WORKERS_MAX, Runtime.getRuntime().availableProcessors() - 1);
    }

    /** Binds in the calling thread and in those that have nothing else to do. */
    List<BindChunk> bind(Binding binding) {
        if (binding.isLarge()) {
            askForHelp(binding);
        }
        binding.work();
        return binding.await();
    }

    private synchronized void askForHelp(Binding binding) {
        while (!closed && workers.size() < count) {
            workers.add(scheduler.worker("almagest-bind-" + workers.size()));
        }
        try {
            for (Scheduler.Worker worker : workers) { // none is left after the close
                worker.execute(binding::work);
            }
        } catch (OutOfMemoryError e) {
            // No thread is to be had: whoever asks binds alone.
            System.getLogger(BindWorkers.class.getName()).log(Level.DEBUG, "bind: no help: " + e.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        workers.forEach(Scheduler.Worker::close);
        workers.clear();
    }
}
