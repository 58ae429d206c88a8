package org.almagest.bench.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.batch.BatchColumn;
import org.almagest.batch.RowBatch;
import org.almagest.io.synthetic.GranuleGenerator;
import org.almagest.model.Datapoint;
import org.almagest.model.Uint64;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a row of a long answer cost as a datapoint, and as an element of arrays, where numbers are selected?
 *
 * <p>Batches should need less time, and allocate nothing for a row.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before any benchmark.
public class BatchReadBenchmark {
    private static final int ROWS = 200_000;
    private static final int ROWS_PER_COMMIT = 10_000;
    private static final int BATCH_ROWS = 4_096;
    private static final Query NUMBERS =
            Query.allTime().select("cloud_cover", "orbit", "file_size").build();

    private Path folder;
    private Catalog catalog;
    private Collection granules;

    /** Stores the granules of seed 1 in one collection and checks that both ways read the same. */
    @Setup
    public void ingest() throws IOException {
        GranuleGenerator generator = GranuleGenerator.of(1);
        folder = Files.createTempDirectory("almagest-bench");
        catalog = Catalog.open(folder);
        granules = catalog.createDataset(DatasetSpec.of("bench.granules", generator.schema()))
                .createCollection("all");
        for (int from = 0; from < ROWS; from += ROWS_PER_COMMIT) {
            granules.ingest(IntStream.range(from, from + ROWS_PER_COMMIT)
                    .mapToObj(generator::datapoint)
                    .toList());
        }
        catalog.maintenance().orElseThrow().flush();
        if (byRows() != byBatches()) {
            throw new IllegalStateException("benchmark: rows say " + byRows() + ", batches " + byBatches());
        }
    }

    /** Removes the store. */
    @TearDown
    public void remove() throws IOException {
        catalog.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double rows() {
        return byRows();
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double batches() {
        return byBatches();
    }

    private double byRows() {
        double sum = 0;
        try (QueryResult answer = granules.query(NUMBERS)) {
            for (Datapoint row : answer) {
                Object cloud = row.values().get("cloud_cover");
                Object orbit = row.values().get("orbit");
                sum += cloud == null ? 0 : (Double) cloud;
                Object size = row.values().get("file_size");
                sum += orbit == null ? 0 : (Long) orbit;
                sum += size == null ? 0 : ((Uint64) size).bits();
            }
        }
        return sum;
    }

    private double byBatches() {
        double sum = 0;
        try (QueryResult answer = granules.query(NUMBERS)) {
            for (RowBatch batch : answer.batches(BATCH_ROWS)) {
                BatchColumn clouds = batch.column("cloud_cover");
                BatchColumn orbits = batch.column("orbit");
                BatchColumn sizes = batch.column("file_size");
                for (int row = 0; row < batch.rowCount(); row++) {
                    sum += clouds.doubles()[row];
                    sum += orbits.longs()[row];
                    sum += sizes.longs()[row];
                }
            }
        }
        return sum;
    }
}
