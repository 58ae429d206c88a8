package org.almagest.server.cli.ingest;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.almagest.model.GeometryCounts;
import org.almagest.model.IngestCounts;
import org.almagest.model.IngestResult;
import org.almagest.server.cli.output.JsonObjectText;

/** How the rows of a run have fared so far. Safe for use by two threads: one reads, one commits. */
final class IngestTotals {
    private final long startNanos = System.nanoTime();
    private IngestCounts counts = IngestCounts.NONE;
    private GeometryCounts geometries = GeometryCounts.NONE;
    private long batches;
    private double seconds;

    /** Adds a batch and returns its number, from 1. */
    synchronized long add(IngestResult result) {
        counts = counts.plus(result.counts());
        geometries = geometries.plus(result.geometries());
        return ++batches;
    }

    /** Adds one row that could not even be read. */
    synchronized void rejected() {
        counts = counts.plus(IngestCounts.of(0, 0, 1));
    }

    synchronized boolean isEmpty() {
        return batches == 0;
    }

    synchronized long batches() {
        return batches;
    }

    synchronized long rows() {
        return counts.rows() - counts.rejected();
    }

    /** Ends the measured time. */
    synchronized void stop() {
        seconds = elapsedSeconds();
    }

    private double elapsedSeconds() {
        return (System.nanoTime() - startNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    synchronized String progress() {
        return String.format(
                Locale.ROOT, "%,d rows, %,.0f/s", counts.rows(), counts.rows() / Math.max(1e-9, elapsedSeconds()));
    }

    synchronized String json() {
        return new JsonObjectText()
                .put("rows", counts.rows())
                .put("created", counts.created())
                .put("existing", counts.existing())
                .put("replaced", counts.replaced())
                .put("superseded", counts.superseded())
                .put("stale", counts.stale())
                .put("rejected", counts.rejected())
                .put("batches", batches)
                .put("seconds", Math.round(seconds * 1000) / 1000.0)
                .toString();
    }

    synchronized String text() {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d rows: %,d created, %,d existing",
                counts.rows(),
                counts.created(),
                counts.existing()));
        append(out, ", ", counts.replaced(), "replaced");
        append(out, ", ", counts.superseded(), "superseded");
        append(out, ", ", counts.stale(), "stale");
        append(out, ", ", counts.rejected(), "rejected");
        out.append(String.format(
                Locale.ROOT, " (%.2f s, %,.0f rows/s)", seconds, counts.rows() / Math.max(1e-3, seconds)));
        append(out, "\nfootprints: ", geometries.cut(), "cut at the antimeridian");
        append(out, "\nfootprints: ", geometries.closedAtPole(), "closed at a pole");
        append(out, "\nfootprints: ", geometries.repaired(), "invalid, index form repaired");
        return out.toString();
    }

    private static void append(StringBuilder out, String separator, long count, String what) {
        if (count > 0) {
            out.append(String.format(Locale.ROOT, "%s%,d %s", separator, count, what));
        }
    }
}
