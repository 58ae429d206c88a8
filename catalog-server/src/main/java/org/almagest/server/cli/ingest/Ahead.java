package org.almagest.server.cli.ingest;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Works on one piece in another thread while the caller prepares the next; pieces are worked on in order. */
final class Ahead<T> implements AutoCloseable {
    private final ExecutorService thread;
    private final Work<T> work;
    private @Nullable Future<?> running;

    /** What is done with a piece. */
    interface Work<T> {
        void accept(T piece) throws IOException;
    }

    Ahead(String name, Work<T> work) {
        this.thread = Executors.newSingleThreadExecutor(task -> new Thread(task, name));
        this.work = work;
    }

    /** Hands over a piece once the one before is done; throws what went wrong with that. */
    void submit(T piece) throws IOException {
        await();
        running = thread.submit(() -> {
            work.accept(piece);
            return piece;
        });
    }

    /** Waits until all pieces are done; throws what went wrong with the last. */
    void await() throws IOException {
        Future<?> waited = running;
        running = null;
        if (waited == null) {
            return;
        }
        try {
            waited.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        }
    }

    private static IOException rethrown(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException) {
            throw (RuntimeException) cause;
        }
        if (cause instanceof Error) {
            throw (Error) cause;
        }
        return cause instanceof IOException ? (IOException) cause : new IOException(cause);
    }

    /** Waits for what is under way. What went wrong with it comes before what went wrong with the caller. */
    @Override
    public void close() throws IOException {
        try {
            await();
        } finally {
            thread.shutdown();
        }
    }
}
