package org.almagest.server.http;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.almagest.runtime.Clock;
import org.almagest.server.http.door.HttpLimits;
import org.almagest.server.log.Exchanged;
import org.almagest.server.log.Observer;

/** Counts the requests in the house, and closes the door. Safe for use by several threads. */
final class Lobby {
    private final HttpLimits limits;
    private final Clock clock;
    private final LongSupplier ticker;
    private final Observer observer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private volatile boolean draining;
    private volatile boolean stopping;
    private int inside;

    Lobby(HttpLimits limits, Clock clock, LongSupplier ticker, Observer observer) {
        this.limits = limits;
        this.clock = clock;
        this.ticker = ticker;
        this.observer = observer;
    }

    HttpLimits limits() {
        return limits;
    }

    Clock clock() {
        return clock;
    }

    Observer observer() {
        return observer;
    }

    long now() {
        return ticker.getAsLong();
    }

    void entered() {
        lock.lock();
        try {
            inside++;
        } finally {
            lock.unlock();
        }
    }

    void left(Exchanged exchange) {
        try {
            observer.finished(exchange);
        } finally {
            leave();
        }
    }

    private void leave() {
        lock.lock();
        try {
            inside--;
            if (inside == 0) {
                empty.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    int inside() {
        lock.lock();
        try {
            return inside;
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody in from now on. */
    void drain() {
        draining = true;
    }

    boolean draining() {
        return draining;
    }

    /** Waits until nobody is inside; false where somebody still is after this long. */
    boolean awaitEmpty(Duration most) throws InterruptedException {
        long left = most.toNanos();
        lock.lock();
        try {
            while (inside > 0 && left > 0) {
                left = empty.awaitNanos(left);
            }
            return inside == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Gives up every request that is still answered. */
    void stop() {
        draining = true;
        stopping = true;
    }

    boolean stopping() {
        return stopping;
    }
}
