package org.almagest.runtime;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs tasks in one daemon thread, which nobody outside can interrupt. */
final class ThreadWorker implements Scheduler.Worker, Runnable {
    private static final Runnable END = new Nothing();

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile @Nullable Repeated repeated;
    private boolean closed;

    /** What runs after a period without other tasks, once or each time. */
    private record Repeated(Duration period, Runnable task, Times times) {}

    private enum Times {
        ONCE,
        ALWAYS
    }

    ThreadWorker(String name) {
        thread = new Thread(this, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Does nothing; a class, because a process that only opens a store should need no lambda. */
    private static final class Nothing implements Runnable {
        @Override
        public void run() {}
    }

    @Override
    public void run() {
        while (true) {
            Runnable task;
            try {
                task = next();
            } catch (InterruptedException e) {
                continue; // the worker's channels must survive a stray interrupt
            }
            if (task == END) {
                return;
            }
            runUnlessItThrows(task);
        }
    }

    /** Returns the next task: one that was given, or else the repeated one when its period is over. */
    private Runnable next() throws InterruptedException {
        Repeated again = repeated;
        if (again == null) {
            return tasks.take();
        }
        Runnable given = tasks.poll(again.period.toNanos(), TimeUnit.NANOSECONDS);
        if (given != null) {
            return given;
        }
        if (again.times == Times.ONCE) {
            repeated = null;
        }
        return again.task;
    }

    /** Runs a task once, when nothing else was given for a period. */
    void later(Duration delay, Runnable task) {
        set(new Repeated(delay, task, Times.ONCE));
    }

    /** Runs a task whenever nothing else was given for a period. */
    void repeat(Duration period, Runnable task) {
        set(new Repeated(period, task, Times.ALWAYS));
    }

    private void set(Repeated next) {
        repeated = next;
        if (!isCurrent()) {
            execute(new Nothing()); // wakes the thread, so that it begins to count
        }
    }

    /** A task must not throw; one that does is reported, because a dead worker would leave others waiting for ever. */
    private static void runUnlessItThrows(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            Thread current = Thread.currentThread();
            current.getUncaughtExceptionHandler().uncaughtException(current, e);
        }
    }

    @Override
    public synchronized void execute(Runnable task) {
        if (closed) {
            throw new IllegalStateException("worker " + thread.getName() + ": closed");
        }
        tasks.add(task);
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            tasks.add(END);
        }
        if (isCurrent()) {
            return; // it ends after the task that closes it
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
