package org.almagest.storage.fs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.almagest.runtime.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait for a disk beside the one that asks, which answers several readers in the time of one. Thread-safe;
 * without a scheduler nobody helps.
 */
final class ReadAlong implements AutoCloseable {
    /** More than processors, since they wait. Four to eight readers got four times as much as one, sixteen no more. */
    private static final int WORKERS = 5;

    /** With fewer pages the helpers are hardly awake when all is done. */
    private static final int ITEMS_MIN = 3;

    private final List<Scheduler.Worker> workers = new ArrayList<>();
    private volatile @Nullable Scheduler scheduler;

    /** Lets threads of a scheduler help from now on, the first of which begin when there is something to do. */
    void use(Scheduler threads) {
        scheduler = threads;
    }

    /**
     * Reads items 0 to {@code count} - 1; returns when all are read, and nobody begins another.
     *
     * @param helping counts those who read beside the caller, who may end a little later
     */
    void read(int count, IntConsumer item, AtomicInteger helping) {
        if (count < ITEMS_MIN || scheduler == null) {
            for (int i = 0; i < count; i++) {
                item.accept(i);
            }
            return;
        }
        Work work = new Work(count, item, helping);
        try {
            askForHelp(work, count - 1);
            work.readOwn();
        } finally {
            work.over = true;
        }
    }

    private synchronized void askForHelp(Work work, int atMost) {
        Scheduler threads = scheduler;
        while (threads != null && workers.size() < WORKERS) {
            workers.add(threads.worker("almagest-read-" + workers.size()));
        }
        for (int i = 0; threads != null && i < Math.min(WORKERS, atMost); i++) {
            workers.get(i).execute(work);
        }
    }

    /** Ends the help; who reads goes on alone. */
    @Override
    public void close() {
        List<Scheduler.Worker> ended;
        synchronized (this) {
            scheduler = null;
            ended = List.copyOf(workers);
            workers.clear();
        }
        ended.forEach(Scheduler.Worker::close);
    }

    /** Items that are read from both ends: by the thread that asked from the first, by those that help from the last. */
    private static final class Work implements Runnable {
        private final int count;
        private final IntConsumer item;
        private final AtomicInteger left;
        private final AtomicInteger helping;

        private volatile boolean over;

        Work(int count, IntConsumer item, AtomicInteger helping) {
            this.count = count;
            this.item = item;
            this.helping = helping;
            this.left = new AtomicInteger(count);
        }

        /** What was begun by others is read once more, which waits until it is there. */
        void readOwn() {
            for (int i = 0; i < count; i++) {
                item.accept(i);
            }
        }

        @Override
        public void run() {
            helping.incrementAndGet();
            try {
                while (!over) {
                    int next = left.decrementAndGet();
                    if (next < 0) {
                        return;
                    }
                    item.accept(next);
                }
            } catch (InternalError | IllegalStateException e) {
                // The thread that asked reads the same and is told.
            } finally {
                helping.decrementAndGet();
            }
        }
    }
}
