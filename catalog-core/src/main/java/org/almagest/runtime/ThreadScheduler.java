package org.almagest.runtime;

import java.time.Duration;

/** One daemon thread for each worker. */
final class ThreadScheduler implements Scheduler {
    @Override
    public Worker worker(String name) {
        return new ThreadWorker(name);
    }

    @Override
    public void repeat(Worker worker, Duration period, Runnable task) {
        ((ThreadWorker) worker).repeat(period, task);
    }

    @Override
    public void later(Worker worker, Duration delay, Runnable task) {
        ((ThreadWorker) worker).later(delay, task);
    }

    @Override
    public void aside(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            // No thread is to be had: the task only saves time.
        }
    }

    @Override
    public void pause(Object monitor, Duration duration) {
        ThreadWorker.await(monitor, duration.toNanos());
    }
}
