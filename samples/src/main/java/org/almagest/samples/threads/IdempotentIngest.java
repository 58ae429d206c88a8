package org.almagest.samples.threads;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestCounts;
import org.almagest.model.IngestOptions;
import org.almagest.schema.Field;

/**
 * Four threads store overlapping parts of the same measurements, without asking each other who stores what.
 *
 * <p>An id is made from the content, so a row that two threads bring is stored once, and running the program again
 * changes nothing.
 */
public final class IdempotentIngest {
    private static final int THREADS = 4;
    private static final int PART_ROWS = 3_000;
    private static final int PART_DISTANCE = 2_000;

    private IdempotentIngest() {}

    /** Runs on the store in the folder that the first argument names. */
    public static void main(String... arguments) throws Exception {
        run(Path.of(arguments.length == 0 ? "threads-store" : arguments[0]), System.out);
    }

    static void run(Path folder, PrintStream out) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Catalog catalog = Catalog.open(folder)) {
            Dataset dataset = catalog.findDataset("samples.readings").orElseGet(() -> catalog.createDataset(spec()));
            Collection readings = dataset.getOrCreateCollection("STATION-7");

            List<Future<IngestCounts>> parts = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int first = i * PART_DISTANCE;
                parts.add(threads.submit(() -> store(readings, first, first + PART_ROWS)));
            }
            IngestCounts all = IngestCounts.NONE;
            for (Future<IngestCounts> part : parts) {
                all = all.plus(part.get()); // throws what the thread threw
            }
            out.println(all.rows() + " rows: " + all.created() + " created, " + all.existing() + " existing");
            out.println(readings.info());
        } finally {
            threads.shutdown();
        }
    }

    /** Stores a part in commits of a thousand rows; commits of several threads share the forces of the disk. */
    private static IngestCounts store(Collection readings, int from, int to) {
        IngestCounts counts = IngestCounts.NONE;
        for (int first = from; first < to; first += 1_000) {
            List<Datapoint> rows = new ArrayList<>();
            for (int i = first; i < first + 1_000; i++) {
                rows.add(reading(i));
            }
            counts = counts.plus(readings.ingest(rows, IngestOptions.DEFAULT).counts());
        }
        return counts;
    }

    private static Datapoint reading(int number) {
        return Datapoint.at(Instant.parse("2025-06-01T00:00:00Z").plusSeconds(10L * number))
                .set("celsius", 15 + 10 * Math.sin(number / 1_000.0))
                .build();
    }

    private static DatasetSpec spec() {
        return DatasetSpec.temporal("samples.readings")
                .field(Field.float64("celsius").queryable())
                .build();
    }
}
