package org.almagest.bench.micro;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.almagest.error.CorruptSectionException;
import org.almagest.index.posting.RowBuffer;
import org.almagest.index.spatial.PackedTree;
import org.almagest.index.spatial.PackedTreeBuilder;
import org.almagest.model.BoundingBox;
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
 * What does it cost to find the rows of one segment whose box meets a box: by the tree, by looking at every box?
 *
 * <p>The tree should cost its depth and the rows it returns, whatever the number of rows; a scan costs every row of the
 * window. Both end with the test of the boxes themselves, so that their answers are the same.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before any benchmark.
public class TreeSearchBenchmark {
    private static final int ROWS = 1 << 20;
    private static final int QUERIES = 64;
    private static final int ROW_BYTES = PackedTreeBuilder.ROW_BYTES;

    /** Degrees of longitude of a query; half as many of latitude. */
    @Param({"2", "60"})
    public int degrees;

    /** Consecutive rows that a query may return. */
    @Param({"27000", "1048576"})
    public int window;

    private final RowBuffer rows = new RowBuffer();
    private ByteBuffer boxes;
    private PackedTree tree;
    private BoundingBox[] queries;
    private int[] firsts;
    private int next;

    /** Draws boxes along tracks, builds the indexes, and compares all answers. */
    @Setup
    public void build() throws CorruptSectionException {
        SplittableRandom random = new SplittableRandom(1);
        boxes = tracks(random);
        long start = System.nanoTime();
        PackedTreeBuilder builder = PackedTreeBuilder.of(boxes);
        ByteBuffer body = ByteBuffer.allocateDirect(builder.bodyBytes());
        builder.write(body);
        long built = System.nanoTime();
        tree = PackedTree.open(body.flip(), "tree");
        System.out.printf(
                Locale.ROOT,
                "tree %.2f bytes/row, built in %d ms%n",
                (double) body.limit() / ROWS,
                (built - start) / 1_000_000);
        drawQueries(random);
        compareAnswers();
    }

    private void drawQueries(SplittableRandom random) {
        queries = new BoundingBox[QUERIES];
        firsts = new int[QUERIES];
        for (int i = 0; i < QUERIES; i++) {
            double west = random.nextDouble(-180, 180 - degrees);
            double south = random.nextDouble(-60, 60 - degrees / 2.0);
            queries[i] = new BoundingBox(west, south, west + degrees, south + degrees / 2.0);
            firsts[i] = random.nextInt(ROWS - window + 1);
        }
    }

    private void compareAnswers() {
        long found = 0;
        long candidates = 0;
        for (int i = 0; i < QUERIES; i++) {
            next = i;
            int expected = scan();
            next = i;
            int byTree = tree();
            candidates += rows.count();
            next = i;
            if (byTree != expected) {
                throw new IllegalStateException("benchmark: the answers differ");
            }
            found += expected;
        }
        System.out.printf(
                Locale.ROOT, "%d rows and %d candidates of the tree a query%n", found / QUERIES, candidates / QUERIES);
    }

    /** Draws footprints of 0.5 to 3 degrees along the track of a polar orbit. */
    static ByteBuffer tracks(SplittableRandom random) {
        ByteBuffer target = ByteBuffer.allocateDirect(ROWS * ROW_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < ROWS; row++) {
            double phase = row * 0.0061 + random.nextDouble(0.5);
            double latitude = 80 * Math.sin(phase);
            double longitude = wrapped(-0.25 * phase / (2 * Math.PI) * 360 + random.nextDouble(20));
            double height = random.nextDouble(0.5, 3);
            double width = height / Math.cos(Math.toRadians(latitude));
            target.putFloat((float) wrapped(longitude - width / 2));
            target.putFloat((float) (latitude - height / 2));
            target.putFloat((float) wrapped(longitude + width / 2));
            target.putFloat((float) (latitude + height / 2));
        }
        return target.flip();
    }

    private static double wrapped(double longitude) {
        return longitude - 360 * Math.floor((longitude + 180) / 360);
    }

    @Benchmark
    public int tree() {
        next = next + 1 == QUERIES ? 0 : next + 1;
        rows.clear();
        tree.search(queries[next], firsts[next], firsts[next] + window, rows);
        return confirmed();
    }

    /** Looks at the box of every row. */
    @Benchmark
    public int scan() {
        next = next + 1 == QUERIES ? 0 : next + 1;
        int count = 0;
        for (int row = firsts[next]; row < firsts[next] + window; row++) {
            count += meets(row, queries[next]) ? 1 : 0;
        }
        return count;
    }

    @Benchmark
    public int estimate() {
        next = next + 1 == QUERIES ? 0 : next + 1;
        return tree.estimate(queries[next]);
    }

    private int confirmed() {
        int count = 0;
        for (int i = 0; i < rows.count(); i++) {
            count += meets(rows.row(i), queries[next]) ? 1 : 0;
        }
        return count;
    }

    private boolean meets(int row, BoundingBox query) {
        int at = row * ROW_BYTES;
        float west = boxes.getFloat(at);
        float east = boxes.getFloat(at + 8);
        boolean columns = west <= query.east() & east >= query.west()
                || west > east & (west <= query.east() | east >= query.west());
        return columns & boxes.getFloat(at + 4) <= query.north() & boxes.getFloat(at + 12) >= query.south();
    }
}
