package org.almagest.runtime;

import java.time.Duration;

/** Runs the engine's own work; tests run it in the calling thread. Safe for use by several threads. */
public interface Scheduler {
    /**
     * Returns a worker that runs tasks one at a time, in the order in which they were given.
     *
     * @param name the name of its thread, which may begin with the first task
     */
    Worker worker(String name);

    /**
     * Has a worker run a task whenever it had nothing to do for a period; each run must not throw.
     *
     * <p>One task a worker; ends with the worker. A scheduler without time of its own, such as {@link #inline}, never runs it.
     */
    default void repeat(Worker worker, Duration period, Runnable task) {}

    /**
     * Has a worker run a task once, after it had nothing to do for a while; the task must not throw.
     *
     * <p>A scheduler without time of its own runs it with the tasks given so far. {@link #repeat} takes its place.
     */
    default void later(Worker worker, Duration delay, Runnable task) {
        worker.execute(task);
    }

    /**
     * Holds up the calling worker, so that background work leaves the machine to others.
     *
     * <p>A scheduler without time of its own returns at once. Others may return early, if seldom.
     *
     * @param monitor held by the caller, and let go of meanwhile; whoever notifies it ends the pause
     * @param duration more than zero
     */
    default void pause(Object monitor, Duration duration) {}

    /**
     * Runs a task that only saves time in a thread of its own that ends with it; it must not throw.
     *
     * <p>A scheduler without threads of its own leaves it out.
     *
     * @param name the name of the thread
     */
    default void aside(String name, Runnable task) {}

    /** Returns a scheduler with one daemon thread for each worker. */
    static Scheduler threads() {
        return new ThreadScheduler();
    }

    /** Returns a scheduler whose workers run each task at once, in the thread that gives it. */
    static Scheduler inline() {
        return name -> new InlineWorker();
    }

    /** Runs tasks one at a time. */
    interface Worker extends AutoCloseable {
        /**
         * Runs the task after those given before; a task must not throw.
         *
         * @throws IllegalStateException if the worker was closed
         * @throws OutOfMemoryError if its thread cannot be started: the task will not run, the next one tries again
         */
        void execute(Runnable task);

        /** Tells whether the calling thread is the worker's own, so that waiting for it would never end. */
        boolean isCurrent();

        /**
         * Waits until the tasks given so far are done, then ends the worker; from inside a task, ends it after them
         * without waiting. Closing again does nothing.
         */
        @Override
        void close();
    }
}
