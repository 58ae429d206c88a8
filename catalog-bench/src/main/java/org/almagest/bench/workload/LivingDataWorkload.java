package org.almagest.bench.workload;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.Maintenance;
import org.almagest.io.synthetic.GranuleGenerator;
import org.almagest.model.Datapoint;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;

/**
 * Fills a store with synthetic granules over 36 months, compacts it, reopens it, deletes one month, and says what each
 * cost.
 *
 * <p>Arguments: a folder that does not exist yet, how many rows, {@code ordered} or {@code shuffled}, and how many
 * collections the rows are spread over.
 */
public final class LivingDataWorkload {
    private static final int BATCH_ROWS = 10_000;
    private static final int DAYS = 1_095;
    private static final double BYTES_PER_MEBIBYTE = 1 << 20;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Path folder;
    private final long rows;
    private final boolean shuffled;
    private final int collections;
    private final GranuleGenerator generator;
    private final PrintStream out;

    private LivingDataWorkload(String[] args, PrintStream out) {
        this.folder = Path.of(args[0]);
        this.rows = Long.parseLong(args[1]);
        this.shuffled = args[2].equals("shuffled");
        this.collections = Integer.parseInt(args[3]);
        this.generator = GranuleGenerator.of(1).withRowsPerDay((int) Math.max(1, rows / DAYS));
        this.out = out;
    }

    /** Runs the workload. */
    public static void main(String[] args) throws IOException {
        if (args.length != 4) {
            System.err.println("Usage: LivingDataWorkload FOLDER ROWS ordered|shuffled COLLECTIONS");
            System.exit(1);
        }
        new LivingDataWorkload(args, System.out).run();
    }

    private void run() throws IOException {
        try (Catalog catalog = Catalog.open(folder)) {
            Dataset dataset = catalog.createDataset(DatasetSpec.of("bench.granules", generator.schema()));
            ingest(dataset);
            report(catalog, "after ingest");
            time("compact", () -> maintenance(catalog).compact());
            report(catalog, "after compaction");
        }
        reopen();
        try (Catalog catalog = Catalog.open(folder)) {
            deleteOneMonth(catalog);
            time("flush", () -> maintenance(catalog).flush());
            report(catalog, "after deletion");
        }
        reopen();
    }

    private void ingest(Dataset dataset) {
        List<Collection> targets = new ArrayList<>();
        for (int i = 0; i < collections; i++) {
            targets.add(dataset.getOrCreateCollection("c" + i));
        }
        long start = System.nanoTime();
        long step = stepCoprimeTo(rows);
        long perCollection = rows / collections;
        List<Datapoint> batch = new ArrayList<>(BATCH_ROWS);
        for (int c = 0; c < collections; c++) {
            for (long i = 0; i < perCollection; i++) {
                long ordinal = c + i * collections;
                batch.add(generator.datapoint(shuffled ? Math.floorMod(ordinal * step, rows) : ordinal));
                if (batch.size() == BATCH_ROWS || i == perCollection - 1) {
                    targets.get(c).ingest(batch);
                    batch.clear();
                }
            }
        }
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        out.printf(Locale.ROOT, "ingest: %,d rows in %.1f s, %,.0f rows/s%n", rows, seconds, rows / seconds);
    }

    /** Returns a step that visits every row once, in an order without any order. */
    private static long stepCoprimeTo(long rows) {
        long step = (long) (rows * 0.6180339887) | 1;
        while (gcd(step, rows) != 1) {
            step += 2;
        }
        return step;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private void deleteOneMonth(Catalog catalog) {
        TimeInterval month = TimeInterval.parse("2016-05-01/2016-06-01");
        Collection first = catalog.dataset("bench.granules").collection("c0");
        long before = first.info().count();
        long[] deleted = {0};
        time(
                "delete one month of 36",
                () -> deleted[0] = first.delete(Query.during(month).build()));
        out.printf(Locale.ROOT, "deleted: %,d of %,d%n", deleted[0], before);
    }

    private void reopen() {
        time("open", () -> {
            try (Catalog catalog = Catalog.open(folder)) {
                long count = catalog.count(Query.allTime().build());
                out.printf(Locale.ROOT, "rows: %,d%n", count);
            }
        });
        long start = System.nanoTime();
        Catalog catalog = Catalog.open(folder);
        out.printf(Locale.ROOT, "open alone: %.3f s%n", (System.nanoTime() - start) / NANOS_PER_SECOND);
        catalog.close();
    }

    private void report(Catalog catalog, String when) throws IOException {
        Map<String, Long> statistics = maintenance(catalog).statistics();
        out.println(when + ": " + statistics);
        long files;
        long bytes = 0;
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> regular = all.filter(Files::isRegularFile).toList();
            files = regular.size();
            for (Path file : regular) {
                bytes += file.toString().endsWith(".seg") || file.toString().endsWith(".del") ? Files.size(file) : 0;
            }
        }
        Runtime runtime = Runtime.getRuntime();
        out.printf(
                Locale.ROOT,
                "%s: %d files, data files %.1f MiB, heap used %.1f MiB, at %s%n",
                when,
                files,
                bytes / BYTES_PER_MEBIBYTE,
                (runtime.totalMemory() - runtime.freeMemory()) / BYTES_PER_MEBIBYTE,
                Instant.now());
    }

    private void time(String what, Runnable work) {
        long start = System.nanoTime();
        work.run();
        out.printf(
                Locale.ROOT,
                "%s: %.1f ms%n",
                what,
                Duration.ofNanos(System.nanoTime() - start).toNanos() / 1e6);
    }

    private static Maintenance maintenance(Catalog catalog) {
        return catalog.maintenance().orElseThrow();
    }
}
