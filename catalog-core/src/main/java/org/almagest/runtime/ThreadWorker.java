package org.almagest.runtime;

import java.util.concurrent.LinkedBlockingQueue;

/** Runs tasks in one daemon thread, which nobody outside can interrupt. */
final class ThreadWorker implements Scheduler.Worker {
    private static final Runnable END = () -> {};

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Thread thread;
    private boolean closed;

    ThreadWorker(String name) {
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (true) {
            Runnable task;
            try {
                task = tasks.take();
            } catch (InterruptedException e) {
                continue; // the worker's channels must survive a stray interrupt
            }
            if (task == END) {
                return;
            }
            runUnlessItThrows(task);
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
