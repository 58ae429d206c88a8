package org.almagest.storage.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Which files of an open store queries may still read. Thread-safe.
 *
 * <p>A query holds a {@link Pin} from before it takes its snapshot until it is closed. A file that no snapshot to come
 * names is given up by {@link #retire}; it goes once every pin taken before that is gone. A query that is still open
 * when the store is closed goes on with the files it has; they are let go with it.
 */
public final class OpenFiles {
    private final Deque<Generation> generations = new ArrayDeque<>();
    private final List<AutoCloseable> atEnd = new ArrayList<>();

    /** The last generation, to which new pins belong. */
    private volatile Generation newest = new Generation();

    private volatile boolean closed;

    /*
     * Taking and releasing a pin takes no lock. A pin counts from when it is counted in a generation that is still the
     * newest afterwards; a retirement names the next generation before it looks at the counts of this one. So one of
     * the two sees the other. Likewise the last release looks for a next generation after counting, and a retirement
     * counts after naming it.
     */

    /** The pins taken between two retirements, and what goes when they and all before them are gone. */
    private static final class Generation {
        /** By stripe, how many pins its threads took; each is released where it was taken. */
        final AtomicIntegerArray pins = new AtomicIntegerArray(Stripes.LENGTH);

        List<Runnable> retired = List.of();

        boolean isPinned() {
            for (int stripe = 0; stripe < Stripes.count(); stripe++) {
                if (pins.get(Stripes.index(stripe)) != 0) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Begins without files. */
    public OpenFiles() {
        generations.add(newest);
    }

    /** Keeps what a query reads from going. Closing again does nothing. */
    public final class Pin implements AutoCloseable {
        private final Generation generation;
        private final int stripe;
        private final AtomicBoolean released = new AtomicBoolean();

        private Pin(Generation generation, int stripe) {
            this.generation = generation;
            this.stripe = stripe;
        }

        @Override
        public void close() {
            if (!released.getAndSet(true)) {
                leave(generation, stripe);
            }
        }
    }

    /** Closes something when the store is closed and the last pin is gone. */
    public synchronized void closeAtEnd(AutoCloseable file) {
        atEnd.add(file);
    }

    /** Refuses to go on in a closed store. */
    public void checkOpen() {
        if (closed) {
            throw new IllegalStateException("catalog: closed");
        }
    }

    /** Keeps all files that the visible snapshot names from going; take it before the snapshot. */
    public Pin pin() {
        int stripe = Stripes.own();
        while (true) {
            Generation generation = newest;
            enter(generation, stripe);
            if (generation == newest) {
                return new Pin(generation, stripe);
            }
            leave(generation, stripe);
        }
    }

    /** Keeps from going what another pin keeps, which must still be held. */
    public Pin pinBeside(Pin other) {
        int stripe = Stripes.own();
        enter(other.generation, stripe);
        return new Pin(other.generation, stripe);
    }

    private void enter(Generation generation, int stripe) {
        generation.pins.getAndIncrement(stripe);
        if (closed) {
            leave(generation, stripe);
            checkOpen();
        }
    }

    private void leave(Generation generation, int stripe) {
        generation.pins.getAndDecrement(stripe);
        if (generation != newest || closed) {
            List<Runnable> due;
            synchronized (this) {
                due = takeDue();
            }
            due.forEach(Runnable::run);
        }
    }

    /** Lets files go once no query that began before this call reads them. */
    public void retire(List<Runnable> endings) {
        if (endings.isEmpty()) {
            return;
        }
        List<Runnable> due;
        synchronized (this) {
            generations.getLast().retired = List.copyOf(endings);
            Generation next = new Generation();
            generations.addLast(next);
            newest = next;
            due = takeDue();
        }
        due.forEach(Runnable::run);
    }

    private List<Runnable> takeDue() {
        List<Runnable> due = new ArrayList<>();
        while (generations.size() > 1 && !generations.getFirst().isPinned()) {
            due.addAll(generations.removeFirst().retired);
        }
        boolean ended =
                closed && generations.size() == 1 && !generations.getFirst().isPinned();
        if (ended) {
            atEnd.forEach(file -> due.add(() -> close(file)));
            atEnd.clear();
        }
        return due;
    }

    private static void close(AutoCloseable file) {
        try {
            file.close();
        } catch (Exception e) {
            throw new IllegalStateException("catalog: close: " + e, e);
        }
    }

    /** Ends the use by the store itself; later pins are refused. */
    public void close() {
        List<Runnable> due;
        synchronized (this) {
            closed = true;
            due = takeDue();
        }
        due.forEach(Runnable::run);
    }
}
