package org.almagest.bench.micro;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.almagest.error.CorruptSectionException;
import org.almagest.index.id.IdColumn;
import org.almagest.model.DatapointId;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to find an id, or the rows of a window of time, in the ids of a segment?
 *
 * <p>By interpolation it should be a few cache misses whatever the number of rows, by bisection one for each halving
 * that leaves the cache; neither should allocate. Looking at every time should grow with the rows.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before any benchmark.
public class IdSearchBenchmark {
    private static final long START_MILLIS = 1_420_070_400_000L;
    private static final long SPAN_MILLIS = 86_400_000L * 365;
    private static final int QUESTIONS = 1 << 12;

    @Param({"10000", "1000000"})
    int rows;

    private IdColumn column;
    private DatapointId[] ids;
    private DatapointId[] wanted;
    private int next;

    /** Makes ids whose times are spread evenly, as those of granules are, and compares the variants. */
    @Setup
    public void prepare() throws CorruptSectionException {
        SplittableRandom random = new SplittableRandom(1);
        ids = new DatapointId[rows];
        for (int i = 0; i < rows; i++) {
            long time = START_MILLIS + random.nextLong(SPAN_MILLIS);
            ids[i] = new DatapointId(DatapointId.lowest(time).high() | random.nextInt(1 << 16), random.nextLong());
        }
        Arrays.sort(ids);
        ByteBuffer body = ByteBuffer.allocate(rows * IdColumn.ROW_BYTES);
        for (DatapointId id : ids) {
            body.putLong(id.high()).putLong(id.low());
        }
        column = IdColumn.open(body.flip(), "benchmark");
        wanted = new DatapointId[QUESTIONS];
        for (int i = 0; i < QUESTIONS; i++) {
            wanted[i] = ids[random.nextInt(rows)];
        }
        for (int i = 0; i < QUESTIONS; i++) {
            next = i;
            int found = find();
            next = i;
            int bisected = findByBisection();
            next = i;
            int window = rowsOfADay();
            next = i;
            int counted = rowsOfADayByLookingAtAll();
            if (found != bisected || i < 16 && window != counted) {
                throw new IllegalStateException("benchmark: the variants disagree about question " + i);
            }
        }
    }

    private DatapointId question() {
        next = (next + 1) % QUESTIONS;
        return wanted[next];
    }

    @Benchmark
    public int find() {
        DatapointId id = question();
        return column.find(id.high(), id.low());
    }

    @Benchmark
    public int findByBisection() {
        return Arrays.binarySearch(ids, question());
    }

    @Benchmark
    public int rowsOfADay() {
        long start = question().timeMillis();
        DatapointId from = DatapointId.lowest(start);
        DatapointId to = DatapointId.lowest(start + 86_400_000);
        return column.lowerBound(to.high(), to.low()) - column.lowerBound(from.high(), from.low());
    }

    @Benchmark
    public int rowsOfADayByLookingAtAll() {
        long start = question().timeMillis();
        int count = 0;
        for (DatapointId id : ids) {
            long time = id.timeMillis();
            count += time >= start && time < start + 86_400_000 ? 1 : 0;
        }
        return count;
    }
}
