package org.almagest.runtime;

import java.util.ArrayDeque;
import java.util.Queue;

/** Runs each task in the thread that gives it; a task given from inside a task runs after it. */
final class InlineWorker implements Scheduler.Worker {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;
    private boolean closed;

    @Override
    public synchronized void execute(Runnable task) {
        if (closed) {
            throw new IllegalStateException("worker: closed");
        }
        waiting.add(task);
        if (running) {
            return;
        }
        running = true;
        try {
            for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
                next.run();
            }
        } finally {
            running = false;
            waiting.clear();
        }
    }

    @Override
    public synchronized boolean isCurrent() {
        return running;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
