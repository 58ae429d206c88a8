package org.almagest.storage.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

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
    private boolean closed;

    /** The pins taken between two retirements, and what goes when they and all before them are gone. */
    private static final class Generation {
        int pins;
        List<Runnable> retired = List.of();
    }

    /** Begins without files. */
    public OpenFiles() {
        generations.add(new Generation());
    }

    /** Keeps what a query reads from going. Closing again does nothing. */
    public final class Pin implements AutoCloseable {
        private final Generation generation;
        private boolean released;

        private Pin(Generation generation) {
            this.generation = generation;
        }

        @Override
        public void close() {
            release(this);
        }
    }

    /** Closes something when the store is closed and the last pin is gone. */
    public synchronized void closeAtEnd(AutoCloseable file) {
        atEnd.add(file);
    }

    /** Refuses to go on in a closed store. */
    public synchronized void checkOpen() {
        if (closed) {
            throw new IllegalStateException("catalog: closed");
        }
    }

    /** Keeps all files that the visible snapshot names from going; take it before the snapshot. */
    public synchronized Pin pin() {
        checkOpen();
        generations.getLast().pins++;
        return new Pin(generations.getLast());
    }

    /** Keeps from going what another pin keeps, which must still be held. */
    public synchronized Pin pinBeside(Pin other) {
        checkOpen();
        other.generation.pins++;
        return new Pin(other.generation);
    }

    private void release(Pin pin) {
        List<Runnable> due;
        synchronized (this) {
            if (pin.released) {
                return;
            }
            pin.released = true;
            pin.generation.pins--;
            due = takeDue();
        }
        due.forEach(Runnable::run);
    }

    /** Lets files go once no query that began before this call reads them. */
    public void retire(List<Runnable> endings) {
        if (endings.isEmpty()) {
            return;
        }
        List<Runnable> due;
        synchronized (this) {
            generations.getLast().retired = List.copyOf(endings);
            generations.addLast(new Generation());
            due = takeDue();
        }
        due.forEach(Runnable::run);
    }

    private List<Runnable> takeDue() {
        List<Runnable> due = new ArrayList<>();
        while (generations.size() > 1 && generations.getFirst().pins == 0) {
            due.addAll(generations.removeFirst().retired);
        }
        boolean ended = closed && generations.size() == 1 && generations.getFirst().pins == 0;
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
