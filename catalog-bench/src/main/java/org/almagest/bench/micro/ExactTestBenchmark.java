package org.almagest.bench.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.almagest.bench.data.GranuleSource;
import org.almagest.bench.data.Question;
import org.almagest.bench.data.QuestionKind;
import org.almagest.bench.data.QuestionSet;
import org.almagest.internal.geo.PolygonTest;
import org.almagest.io.synthetic.GranuleGenerator.Width;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
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
 * What does the exact test of a footprint against a polygon cost, for pairs whose boxes meet?
 *
 * <p>The test over arrays should be several times cheaper than a prepared geometry, and allocate nothing; plain JTS
 * should grow with the corners of the polygon.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before any benchmark.
public class ExactTestBenchmark {
    private static final int ROWS = 100_000;
    private static final int POLYGONS = 10;

    /** The class of questions that the polygons come from: c are countries, d small, g in between. */
    @Param({"C", "D", "G"})
    QuestionKind kind;

    private final List<Pair> pairs = new ArrayList<>();
    private int next;

    /** A polygon in three forms, and a footprint whose box meets its box. */
    private record Pair(Geometry plain, PreparedGeometry prepared, PolygonTest arrays, Geometry footprint) {}

    /** Gathers pairs and compares the variants. */
    @Setup
    public void prepare() {
        GranuleSource source = GranuleSource.of(ROWS, Width.NARROW);
        List<Geometry> footprints = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            footprints.add(source.granule(i).geometry());
        }
        for (Question question : QuestionSet.of(kind, source, POLYGONS)) {
            Geometry polygon = question.place().geometry();
            PreparedGeometry prepared = PreparedGeometryFactory.prepare(polygon);
            PolygonTest arrays = PolygonTest.of(polygon);
            if (arrays == null) {
                throw new IllegalStateException("benchmark: no test over arrays for " + polygon);
            }
            for (Geometry footprint : footprints) {
                if (footprint.getEnvelopeInternal().intersects(polygon.getEnvelopeInternal())) {
                    pairs.add(new Pair(polygon, prepared, arrays, footprint));
                }
            }
        }
        int met = 0;
        for (int i = 0; i < pairs.size(); i++) {
            next = i - 1;
            boolean plain = plain();
            next = i - 1;
            boolean prepared = prepared();
            next = i - 1;
            if (plain != prepared || plain != arrays()) {
                throw new IllegalStateException("benchmark: the variants disagree about pair " + i);
            }
            met += plain ? 1 : 0;
        }
        System.out.println(pairs.size() + " pairs whose boxes meet, " + met + " of them meet");
    }

    private Pair pair() {
        next = (next + 1) % pairs.size();
        return pairs.get(next);
    }

    @Benchmark
    public boolean arrays() {
        Pair pair = pair();
        return pair.arrays.take(pair.footprint) ? pair.arrays.intersects() : pair.prepared.intersects(pair.footprint);
    }

    @Benchmark
    public boolean prepared() {
        Pair pair = pair();
        return pair.prepared.intersects(pair.footprint);
    }

    @Benchmark
    public boolean plain() {
        Pair pair = pair();
        return pair.plain.intersects(pair.footprint);
    }
}
