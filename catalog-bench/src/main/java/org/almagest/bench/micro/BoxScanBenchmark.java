package org.almagest.bench.micro;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.almagest.bench.data.GranuleSource;
import org.almagest.geo.AntimeridianCut;
import org.almagest.geo.BoxAnswer;
import org.almagest.geo.Footprint;
import org.almagest.geo.PlanarPredicate;
import org.almagest.geo.PreparedFilter;
import org.almagest.io.synthetic.GranuleGenerator.Width;
import org.almagest.model.BoundingBox;
import org.almagest.model.Limits;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to compare the boxes of consecutive rows with a box, per row?
 *
 * <p>In blocks copied out of the mapping, with comparisons that do not branch, it should be a nanosecond or two; reading
 * each side from the buffer and asking the filter about each row should be a few times that. None should allocate,
 * but for the naive variant over objects.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(BoxScanBenchmark.ROWS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before any benchmark.
public class BoxScanBenchmark {
    static final int ROWS = 64 * 1_024;
    private static final int BLOCK = 1_024;
    private static final int SIDES = 4;
    private static final float WEST = 10;
    private static final float SOUTH = 45;
    private static final float EAST = 14;
    private static final float NORTH = 48;

    private final float[] block = new float[SIDES * BLOCK];
    private final int[] hits = new int[ROWS];
    private final List<BoundingBox> objects = new ArrayList<>();
    private FloatBuffer boxes;
    private PreparedFilter filter;

    /** Takes the boxes of granules and compares the variants. */
    @Setup
    public void prepare() {
        AntimeridianCut cut = AntimeridianCut.of(Limits.defaults());
        GranuleSource source = GranuleSource.of(ROWS, Width.NARROW);
        ByteBuffer bytes = ByteBuffer.allocate(ROWS * SIDES * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < ROWS; i++) {
            BoundingBox box = cut.footprint(source.granule(i).geometry()).indexBox();
            bytes.putFloat((float) box.west()).putFloat((float) box.south());
            bytes.putFloat((float) box.east()).putFloat((float) box.north());
            objects.add(box);
        }
        boxes = bytes.flip().asFloatBuffer();
        filter = PreparedFilter.of(
                Footprint.ofBox(new BoundingBox(WEST, SOUTH, EAST, NORTH)), PlanarPredicate.INTERSECTS);
        int expected = objects();
        if (blocks() != expected || rowByRow() != expected || expected == 0) {
            throw new IllegalStateException("benchmark: the variants disagree");
        }
    }

    @Benchmark
    public int blocks() {
        int count = 0;
        for (int first = 0; first < ROWS; first += BLOCK) {
            boxes.get(first * SIDES, block, 0, block.length);
            for (int i = 0, at = 0; i < BLOCK; i++, at += SIDES) {
                float west = block[at];
                float east = block[at + 2];
                boolean wraps = west > east;
                boolean meetsLongitude = wraps ? west <= EAST | east >= WEST : west <= EAST & east >= WEST;
                boolean meets = meetsLongitude & block[at + 1] <= NORTH & block[at + 3] >= SOUTH;
                hits[count] = first + i;
                count += meets ? 1 : 0;
            }
        }
        return count;
    }

    @Benchmark
    public int rowByRow() {
        int count = 0;
        for (int i = 0, at = 0; i < ROWS; i++, at += SIDES) {
            BoxAnswer answer = filter.decide(boxes.get(at), boxes.get(at + 1), boxes.get(at + 2), boxes.get(at + 3));
            if (answer != BoxAnswer.NO) {
                hits[count++] = i;
            }
        }
        return count;
    }

    @Benchmark
    public int objects() {
        BoundingBox asked = new BoundingBox(WEST, SOUTH, EAST, NORTH);
        List<BoundingBox> found = new ArrayList<>();
        for (BoundingBox box : objects) {
            if (box.intersects(asked)) {
                found.add(box);
            }
        }
        return found.size();
    }
}
