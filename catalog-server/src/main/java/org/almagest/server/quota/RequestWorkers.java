package org.almagest.server.quota;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.almagest.server.quota.FairQueue.Bounds;
import org.almagest.server.quota.FairQueue.Job;
import org.almagest.server.quota.FairQueue.Stage;
import org.jspecify.annotations.Nullable;

/**
 * A few threads that work on requests, in turns between those who ask.
 *
 * <p>Nobody has more than three quarters of the threads at a time, so that one is left for others, and at most 64
 * requests of one wait. Safe for use by several threads.
 */
public final class RequestWorkers implements AutoCloseable {
    private static final int WAITING_OF_ONE_MAX = 64;
    private static final long IDLE = Long.MIN_VALUE;

    private final LongSupplier ticker;
    private final Consumer<Throwable> failures;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final FairQueue queue;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLongArray since;
    private int running;
    private boolean closed;

    /**
     * How many there are and how many may wait.
     *
     * @param threads from 1
     * @param waitingMax requests that wait for a thread
     */
    public record Size(int threads, int waitingMax) {
        /** Returns how many threads one may have at a time. */
        public int ofOneMax() {
            return Math.max(1, threads * 3 / 4);
        }
    }

    /**
     * Starts the threads, which are daemons.
     *
     * @param ticker nanoseconds, which never go back
     * @param failures told what a task threw, which none should
     */
    public RequestWorkers(Size size, LongSupplier ticker, Consumer<Throwable> failures) {
        this.ticker = ticker;
        this.failures = failures;
        this.queue = new FairQueue(new Bounds(size.waitingMax, WAITING_OF_ONE_MAX, size.ofOneMax()));
        this.since = new AtomicLongArray(size.threads);
        for (int i = 0; i < size.threads; i++) {
            int number = i;
            since.set(number, IDLE);
            Thread thread = new Thread(() -> work(number), "almagest-work-" + (number + 1));
            thread.setDaemon(true);
            threads.add(thread);
        }
        running = threads.size();
        threads.forEach(Thread::start);
    }

    /**
     * Takes a request, unless too many wait or this is closed.
     *
     * @param name whose turn it takes
     * @return false where it must be refused
     */
    public boolean submit(String name, Runnable task) {
        return add(name, task, Stage.BEGINS);
    }

    /** Goes on with a request that was taken before; taken whatever waits, even when this is closed. */
    public void resume(String name, Runnable task) {
        add(name, task, Stage.GOES_ON);
    }

    private boolean add(String name, Runnable task, Stage stage) {
        lock.lock();
        try {
            if (running > 0) {
                boolean added = (stage == Stage.GOES_ON || !closed) && queue.add(name, task, stage);
                work.signal();
                return added;
            }
        } finally {
            lock.unlock();
        }
        if (stage == Stage.GOES_ON) {
            run(task); // no thread is left, and it has something to let go of
        }
        return stage == Stage.GOES_ON;
    }

    private void work(int number) {
        Job job = next(null);
        while (job != null) {
            since.set(number, ticker.getAsLong());
            run(job.task());
            since.set(number, IDLE);
            job = next(job);
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // Errors too: the thread is needed for others
            failures.accept(e);
        }
    }

    private @Nullable Job next(@Nullable Job before) {
        lock.lock();
        try {
            if (before != null) {
                queue.done(before);
                work.signal(); // its lane may have a turn again
            }
            Job job = queue.poll();
            while (job == null && !(closed && queue.isEmpty())) {
                work.awaitUninterruptibly();
                job = queue.poll();
            }
            if (job == null) {
                running--;
                work.signalAll();
            }
            return job;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many requests wait for a thread. */
    public int waiting() {
        lock.lock();
        try {
            return queue.waiting();
        } finally {
            lock.unlock();
        }
    }

    /** Returns for how long the longest task has been at work, in nanoseconds; 0 where none is. */
    public long longestNanos() {
        long now = ticker.getAsLong();
        long longest = 0;
        for (int i = 0; i < since.length(); i++) {
            long start = since.get(i);
            longest = start == IDLE ? longest : Math.max(longest, now - start);
        }
        return longest;
    }

    /** Takes no more requests; the threads end when those that were taken are done. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits after {@link #close} until the threads have ended; false where one has not after this long. */
    public boolean awaitEnd(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        for (Thread thread : threads) {
            long millis = Math.max(1, (end - System.nanoTime()) / 1_000_000);
            thread.join(millis);
            if (thread.isAlive()) {
                return false;
            }
        }
        return true;
    }
}
