package org.almagest.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks in one daemon thread, which nobody outside can interrupt, and which begins with the first task.
 *
 * <p>Waits on the monitor of the tasks: the queues of the JDK bring conditions and a pool of threads with them, which a
 * process that only opens a store need not load.
 */
final class ThreadWorker implements Scheduler.Worker, Runnable {
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final Thread thread;

    /** Also what guards everything below. */
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    private @Nullable Repeated repeated;
    private boolean started;
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
    }

    @Override
    public void run() {
        for (Runnable task = next(); task != null; task = next()) {
            runUnlessItThrows(task);
        }
    }

    /** Returns the next task: one that was given, or else the repeated one when its period is over; null at the end. */
    private @Nullable Runnable next() {
        synchronized (tasks) {
            Repeated counted = null;
            long began = 0;
            while (tasks.isEmpty()) {
                if (closed) {
                    return null;
                }
                if (repeated != counted) {
                    counted = repeated;
                    began = System.nanoTime();
                }
                long left = counted == null ? 0 : counted.period.toNanos() - (System.nanoTime() - began);
                if (counted != null && left <= 0) {
                    repeated = counted.times == Times.ONCE ? null : counted;
                    return counted.task;
                }
                await(tasks, left);
            }
            return tasks.remove();
        }
    }

    /** Waits until a monitor that is held is notified; not longer than a time, unless that is 0. */
    @SuppressWarnings("WaitNotInLoop") // Tasks are awaited in a loop, and a pause may end early.
    static void await(Object monitor, long nanos) {
        try {
            monitor.wait(nanos / NANOS_PER_MILLI, (int) (nanos % NANOS_PER_MILLI));
        } catch (InterruptedException e) {
            // The worker's channels must survive a stray interrupt.
        }
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
        synchronized (tasks) {
            repeated = next;
            if (!isCurrent()) {
                wake(); // it begins to count
            }
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
    public void execute(Runnable task) {
        synchronized (tasks) {
            wake();
            tasks.add(task);
        }
    }

    private void wake() {
        if (closed) {
            throw new IllegalStateException("worker " + thread.getName() + ": closed");
        }
        if (!started) {
            thread.start();
            started = true; // only now: whoever comes after a start that failed tries again
        }
        tasks.notifyAll();
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void close() {
        synchronized (tasks) {
            closed = true;
            tasks.notifyAll();
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
