package org.almagest.server.cli.output;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A line that shows how far long work is; only where messages are seen on a terminal. One thread. */
public final class ProgressBar implements AutoCloseable {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int BAR_COLUMNS = 30;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final Console console;
    private final String label;
    private long shownNanos = System.nanoTime() - INTERVAL_NANOS;
    private boolean shown;

    /** Begins a bar under a label. */
    public ProgressBar(Console console, String label) {
        this.console = console;
        this.label = label;
    }

    /** Shows that {@code done} of {@code total} is done, in any unit, with a remark; at most ten times a second. */
    public void show(long done, long total, String remark) {
        long now = System.nanoTime();
        if (!console.showsProgress() || now - shownNanos < INTERVAL_NANOS) {
            return;
        }
        shownNanos = now;
        shown = true;
        double part = total <= 0 ? 0 : Math.min(1, (double) done / total);
        int filled = (int) (part * BAR_COLUMNS);
        String bar = "#".repeat(filled) + ".".repeat(BAR_COLUMNS - filled);
        String line = String.format(Locale.ROOT, "%s [%s] %3d %% %s", label, bar, (int) (100 * part), remark);
        int columns = console.terminal().columns() - 1;
        console.sayRaw(ERASE_LINE + (line.length() > columns ? line.substring(0, columns) : line));
    }

    /** Takes the line away. */
    @Override
    public void close() {
        if (shown) {
            shown = false;
            console.sayRaw(ERASE_LINE);
        }
    }
}
