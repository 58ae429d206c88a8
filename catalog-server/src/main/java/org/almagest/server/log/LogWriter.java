package org.almagest.server.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes lines to a stream in a thread of its own, so that no request waits for a slow reader of the log.
 *
 * <p>Safe for use by several threads. A stream that fails loses its lines, counted; the server goes on.
 */
public final class LogWriter implements AutoCloseable {
    /** Lines that may wait to be written. */
    static final int WAITING_MAX = 8_192;

    /** How the lines look. */
    public enum Format {
        JSON,
        TEXT
    }

    private static final long CLOSE_MILLIS_MAX = 5_000;

    private final OutputStream out;
    private final Format format;
    private final AtomicLong dropped = new AtomicLong();
    private final ArrayDeque<String> waiting = new ArrayDeque<>(); // guarded by itself
    private final Thread thread;
    private boolean closed; // guarded by waiting

    private LogWriter(OutputStream out, Format format) {
        this.out = out;
        this.format = format;
        this.thread = new Thread(this::writeAll, "almagest-log");
        thread.setDaemon(true);
    }

    /** Returns a writer to a stream, which stays open. */
    public static LogWriter to(OutputStream out, Format format) {
        LogWriter writer = new LogWriter(out, format);
        writer.thread.start();
        return writer;
    }

    /** Writes a line soon, or counts it as dropped where too many wait. */
    public void offer(Line line) {
        enqueue(text(line), WAITING_MAX);
    }

    /** Writes a line for which there is room when there is none for those of requests. */
    public void add(Line line) {
        enqueue(text(line), 2 * WAITING_MAX);
    }

    private void enqueue(String text, int waitingMax) {
        synchronized (waiting) {
            if (closed || waiting.size() >= waitingMax) {
                dropped.incrementAndGet();
                return;
            }
            waiting.add(text);
            waiting.notifyAll();
        }
    }

    private String text(Line line) {
        return format == Format.JSON ? line.json() : line.text();
    }

    /** Returns how many lines were lost. */
    public long dropped() {
        return dropped.get();
    }

    private void writeAll() {
        StringBuilder lines = new StringBuilder();
        while (take(lines)) {
            try {
                out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException e) {
                dropped.addAndGet(lines.chars().filter(c -> c == '\n').count());
            }
            lines.setLength(0);
        }
    }

    /** Waits for lines and takes all; false at the end. */
    private boolean take(StringBuilder lines) {
        synchronized (waiting) {
            while (waiting.isEmpty() && !closed) {
                try {
                    waiting.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            for (String line; (line = waiting.poll()) != null; ) {
                lines.append(line).append('\n');
            }
            return lines.length() > 0;
        }
    }

    /** Writes what waits and ends; waits a few seconds for a stream that blocks. */
    @Override
    public void close() {
        synchronized (waiting) {
            closed = true;
            waiting.notifyAll();
        }
        try {
            thread.join(CLOSE_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
