package org.almagest.storage.fs;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
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

    private final List<Reader> readers = new ArrayList<>();
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
        try {
            while (threads != null && readers.size() < WORKERS) {
                readers.add(new Reader(threads.worker("almagest-read-" + readers.size())));
            }
            int asked = 0;
            for (int i = 0; threads != null && i < WORKERS && asked < atMost; i++) {
                asked += readers.get(i).begin(work) ? 1 : 0;
            }
        } catch (OutOfMemoryError e) { // no thread is to be had: those that are there read
            System.getLogger(ReadAlong.class.getName()).log(Level.DEBUG, "read: fewer threads help", e);
        }
    }

    /** Ends the help; who reads goes on alone. */
    @Override
    public void close() {
        List<Reader> ended;
        synchronized (this) {
            scheduler = null;
            ended = List.copyOf(readers);
            readers.clear();
        }
        ended.forEach(Reader::close);
    }

    /** A thread that takes one work at a time, so that none waits behind a read that hangs. */
    private static final class Reader {
        private final Scheduler.Worker worker;
        private final AtomicBoolean busy = new AtomicBoolean();

        Reader(Scheduler.Worker worker) {
            this.worker = worker;
        }

        /** Has a work done, unless another is not done yet; then returns false. */
        boolean begin(Work work) {
            if (!busy.compareAndSet(false, true)) {
                return false;
            }
            boolean begun = false;
            try {
                worker.execute(new Runnable() {
                    @Override
                    public void run() {
                        try {
                            work.run();
                        } finally {
                            busy.set(false);
                        }
                    }
                });
                begun = true;
            } finally {
                if (!begun) {
                    busy.set(false);
                }
            }
            return true;
        }

        void close() {
            worker.close();
        }
    }

    /** Items that are read from both ends: by the thread that asked from the first, by those that help from the last. */
    private static final class Work {
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

        /** Reads what the others have not begun; never throws. */
        void run() {
            helping.incrementAndGet();
            try {
                while (!over) {
                    int next = left.decrementAndGet();
                    if (next < 0) {
                        return;
                    }
                    item.accept(next);
                }
            } catch (Exception | InternalError e) {
                // The thread that asked reads the same and is told.
            } finally {
                helping.decrementAndGet();
            }
        }
    }
}
