package org.almagest.server.main;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was started, to be ended in reverse; each is ended although another fails. */
final class Started implements AutoCloseable {
    private final Deque<Runnable> ends = new ArrayDeque<>();

    /** Remembers how something ends, and returns it. */
    <T> T add(T part, Runnable end) {
        ends.push(end);
        return part;
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        for (Runnable end; (end = ends.poll()) != null; ) {
            try {
                end.run();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
