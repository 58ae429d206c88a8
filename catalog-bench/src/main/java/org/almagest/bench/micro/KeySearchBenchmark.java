package org.almagest.bench.micro;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.almagest.error.CorruptSectionException;
import org.almagest.index.id.IdColumn;
import org.almagest.index.key.KeyIndex;
import org.almagest.index.key.KeyIndexBuilder;
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
 * What does it cost to find a row by key, in which case every segment is asked, and by id, in which case one is?
 *
 * <p>A key that is there should cost at most twice an id, one that is not a few nanoseconds a segment. Bisection is what
 * both would cost without guessing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before any benchmark.
public class KeySearchBenchmark {
    private static final int SEGMENT_ROWS = 1 << 20;
    private static final long MILLIS_PER_DAY = 86_400_000;

    /** Rows of all segments, one segment for each 2^20. */
    @Param({"1", "10"})
    public int segments;

    private final SplittableRandom random = new SplittableRandom(7);
    private IdColumn[] ids;
    private KeyIndex[] keys;

    /** Draws ids in time order and keys in none, and checks that each is found where it is. */
    @Setup
    public void build() throws CorruptSectionException {
        ids = new IdColumn[segments];
        keys = new KeyIndex[segments];
        for (int segment = 0; segment < segments; segment++) {
            SplittableRandom rows = new SplittableRandom(segment);
            long[] highs = new long[SEGMENT_ROWS];
            KeyIndexBuilder builder = new KeyIndexBuilder();
            for (int row = 0; row < SEGMENT_ROWS; row++) {
                long millis =
                        (segment * 1_000L + rows.nextLong(1_000)) * MILLIS_PER_DAY + rows.nextLong(MILLIS_PER_DAY);
                highs[row] = millis << 16 | rows.nextLong(1 << 16);
                builder.add(key(segment, row));
            }
            Arrays.sort(highs);
            ByteBuffer idBody = ByteBuffer.allocateDirect(SEGMENT_ROWS * IdColumn.ROW_BYTES);
            for (long high : highs) {
                idBody.putLong(high).putLong(high);
            }
            ids[segment] = IdColumn.open(idBody.flip(), "ids");
            ByteBuffer keyBody = ByteBuffer.allocateDirect(builder.bodyBytes());
            builder.write(keyBody);
            keys[segment] = KeyIndex.open(keyBody.flip(), "keys");
        }
        checkAnswers();
    }

    private void checkAnswers() throws CorruptSectionException {
        for (int i = 0; i < 10_000; i++) {
            int segment = random.nextInt(segments);
            int row = random.nextInt(SEGMENT_ROWS);
            IdColumn column = ids[segment];
            boolean found = column.high(column.find(column.high(row), column.low(row))) == column.high(row)
                    && bisect(column, column.high(row)) == column.lowerBound(column.high(row), 0);
            long hash = key(segment, row);
            if (!found || rowOf(hash) != row || bisectedRowOf(hash) != row || rowOf(hash + 1) >= 0) {
                throw new IllegalStateException("benchmark: the answers differ");
            }
        }
    }

    /** Returns an even number that mixes segment and row: the finalizer of SplitMix64, one to one. */
    private static long key(int segment, int row) {
        long hash = ((long) segment << 32 | row) * 0x9e3779b97f4a7c15L;
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return hash ^ hash >>> 31;
    }

    @Benchmark
    public int id() {
        int segment = random.nextInt(segments);
        int row = random.nextInt(SEGMENT_ROWS);
        // As a query does: the id says which segment, without asking the others.
        return ids[segment].find(idHigh(segment, row), 0);
    }

    @Benchmark
    public int idBisected() {
        int segment = random.nextInt(segments);
        int row = random.nextInt(SEGMENT_ROWS);
        return bisect(ids[segment], idHigh(segment, row));
    }

    /** Returns an id among those of a segment without reading them. */
    private static long idHigh(int segment, int row) {
        return (segment * 1_000L * MILLIS_PER_DAY + row * (1_000 * MILLIS_PER_DAY / SEGMENT_ROWS)) << 16;
    }

    @Benchmark
    public int key() throws CorruptSectionException {
        return rowOf(key(random.nextInt(segments), random.nextInt(SEGMENT_ROWS)));
    }

    @Benchmark
    public int keyAbsent() throws CorruptSectionException {
        return rowOf(key(-1 - random.nextInt(segments), random.nextInt(SEGMENT_ROWS)));
    }

    @Benchmark
    public int keyBisected() {
        return bisectedRowOf(key(random.nextInt(segments), random.nextInt(SEGMENT_ROWS)));
    }

    private int rowOf(long hash) throws CorruptSectionException {
        for (KeyIndex index : keys) {
            int[] rows = index.candidates(hash);
            if (rows.length > 0) {
                return rows[0];
            }
        }
        return -1;
    }

    private int bisectedRowOf(long hash) {
        for (KeyIndex index : keys) {
            int from = 0;
            int to = SEGMENT_ROWS;
            while (from < to) {
                int middle = (from + to) >>> 1;
                if (index.hash(middle) < hash) {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            if (from < SEGMENT_ROWS && index.hash(from) == hash) {
                return index.row(from);
            }
        }
        return -1;
    }

    private static int bisect(IdColumn column, long high) {
        int from = 0;
        int to = SEGMENT_ROWS;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (column.high(middle) < high) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
