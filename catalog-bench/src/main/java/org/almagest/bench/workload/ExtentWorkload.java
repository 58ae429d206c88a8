package org.almagest.bench.workload;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.model.Datapoint;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.query.TimeMatch;
import org.almagest.schema.Field;

/**
 * Seven-day composites with one ten-year row among them, asked by instant and by extent, each count compared with one
 * that looks at every row.
 *
 * <p>Arguments: a folder that does not exist yet, and how many rows.
 */
public final class ExtentWorkload {
    private static final int BATCH_ROWS = 10_000;
    private static final int QUESTIONS = 100;
    private static final Instant START = Instant.parse("2010-01-01T00:00:00Z");
    private static final long SPAN_SECONDS = Duration.ofDays(3_650).toSeconds();
    private static final long WEEK_SECONDS = Duration.ofDays(7).toSeconds();
    private static final double NANOS_PER_MILLI = 1e6;

    private final long[] starts;
    private final long[] ends;
    private final SplittableRandom random = new SplittableRandom(1);

    private ExtentWorkload(int rows) {
        starts = new long[rows];
        ends = new long[rows];
        for (int i = 0; i < rows; i++) {
            starts[i] = random.nextLong(SPAN_SECONDS);
            ends[i] = starts[i] + WEEK_SECONDS;
        }
        starts[rows / 2] = 0;
        ends[rows / 2] = SPAN_SECONDS;
    }

    /** Runs the workload; exits with 1 where a count is wrong. */
    public static void main(String[] args) {
        if (args.length != 2) {
            System.err.println("Usage: ExtentWorkload FOLDER ROWS");
            System.exit(1);
        }
        boolean right = new ExtentWorkload(Integer.parseInt(args[1])).run(Path.of(args[0]), System.out);
        System.exit(right ? 0 : 1);
    }

    private boolean run(Path folder, PrintStream out) {
        try (Catalog catalog = Catalog.open(folder)) {
            Collection composites = catalog.createDataset(DatasetSpec.temporal("bench.composites")
                            .field(Field.timestamp("composite_start"))
                            .field(Field.timestamp("composite_end"))
                            .field(Field.int64("number"))
                            .extent("composite_start", "composite_end")
                            .build())
                    .createCollection("all");
            ingest(composites);
            catalog.maintenance().orElseThrow().flush();
            return ask(composites, out);
        }
    }

    private void ingest(Collection composites) {
        List<Datapoint> batch = new ArrayList<>(BATCH_ROWS);
        for (int i = 0; i < starts.length; i++) {
            batch.add(Datapoint.at(START.plusSeconds(starts[i]))
                    .set("composite_start", START.plusSeconds(starts[i]))
                    .set("composite_end", START.plusSeconds(ends[i]))
                    .set("number", i)
                    .build());
            if (batch.size() == BATCH_ROWS || i == starts.length - 1) {
                composites.ingest(batch);
                batch.clear();
            }
        }
    }

    private boolean ask(Collection composites, PrintStream out) {
        boolean right = true;
        long instantNanos = 0;
        long extentNanos = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            long from = random.nextLong(SPAN_SECONDS);
            long to = from + 1 + random.nextLong(WEEK_SECONDS * 2);
            TimeInterval interval = TimeInterval.of(START.plusSeconds(from), START.plusSeconds(to));
            long began = System.nanoTime();
            long byInstant = composites.count(Query.during(interval).build());
            long between = System.nanoTime();
            long byExtent = composites.count(
                    Query.during(interval).match(TimeMatch.EXTENT).build());
            extentNanos += System.nanoTime() - between;
            instantNanos += between - began;
            right &= byInstant == expected(from, to, false) && byExtent == expected(from, to, true);
        }
        out.printf(
                Locale.ROOT,
                "%,d rows, %d intervals: %s; a count by instant %.3f ms, by extent %.3f ms%n",
                starts.length,
                QUESTIONS,
                right ? "all counts right" : "WRONG",
                instantNanos / NANOS_PER_MILLI / QUESTIONS,
                extentNanos / NANOS_PER_MILLI / QUESTIONS);
        return right;
    }

    /** Counts the rows whose start, or whose extent, lies in or meets {@code [from, to)}. */
    private long expected(long from, long to, boolean byExtent) {
        long count = 0;
        for (int i = 0; i < starts.length; i++) {
            count += starts[i] < to && (byExtent ? ends[i] : starts[i]) >= from ? 1 : 0;
        }
        return count;
    }
}
