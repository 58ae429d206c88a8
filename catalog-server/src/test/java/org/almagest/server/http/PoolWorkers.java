package org.almagest.server.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Workers that take everything, in turn of arrival. */
final class PoolWorkers implements Workers, AutoCloseable {
    private final ExecutorService threads = Executors.newFixedThreadPool(4, task -> {
        Thread thread = new Thread(task, "test-work");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public boolean submit(String queue, Runnable task) {
        threads.execute(task);
        return true;
    }

    @Override
    public void resume(String queue, Runnable task) {
        threads.execute(task);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
