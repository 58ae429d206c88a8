package org.almagest.bench.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.almagest.geo.AntimeridianCut;
import org.almagest.geo.Footprint;
import org.almagest.geo.PlaceTest;
import org.almagest.geo.PlanarPredicate;
import org.almagest.geo.PreparedFilter;
import org.almagest.index.spherical.Spherical;
import org.almagest.model.Limits;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
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
 * What does the exact test of a footprint cost with great-circle arcs, next to straight lines on the map?
 *
 * <p>Footprints of five positions around the boundary of an area of some positions, where the box does not decide. The
 * cost should grow slowly with the positions of the area; on the sphere it should be a few times that of the plane.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before any benchmark.
public class SphericalTestBenchmark {
    private static final int ROWS = 4_096;
    private static final double RADIUS_DEGREES = 5;
    private static final double ROW_DEGREES = 1;
    private static final GeometryFactory FACTORY = new GeometryFactory();

    /** Positions of the area. */
    @Param({"5", "50", "1000"})
    public int positions;

    /** How the footprints must lie to the area. */
    @Param({"INTERSECTS", "WITHIN"})
    public PlanarPredicate predicate;

    private final List<Footprint> rows = new ArrayList<>(ROWS);
    private PlaceTest planar;
    private PlaceTest spherical;
    private int next;

    /** Makes an area around 10 E 45 N, and footprints that may reach its boundary. */
    @Setup
    public void make() {
        SplittableRandom random = new SplittableRandom(1);
        AntimeridianCut cut = AntimeridianCut.of(Limits.defaults());
        Footprint area = cut.footprint(star(random, 10, 45, RADIUS_DEGREES, positions));
        planar = PreparedFilter.of(area, predicate);
        spherical = Spherical.filter(area, predicate);
        while (rows.size() < ROWS) {
            double angle = random.nextDouble(2 * Math.PI);
            double distance = random.nextDouble(RADIUS_DEGREES / 2, 1.2 * RADIUS_DEGREES);
            double longitude = 10 + distance * Math.cos(angle);
            double latitude = 45 + distance * Math.sin(angle);
            rows.add(cut.footprint(star(random, longitude, latitude, ROW_DEGREES, 5)));
        }
        int differ = 0;
        for (Footprint row : rows) {
            differ += planar.matchesExactly(row) == spherical.matchesExactly(row) ? 0 : 1;
        }
        // Both mean nearly the same area; a bulge of some hundredths of a degree moves few footprints over its
        // boundary.
        if (differ > ROWS / 20) {
            throw new IllegalStateException(differ + " of " + ROWS + " answers differ");
        }
    }

    private static Polygon star(SplittableRandom random, double longitude, double latitude, double radius, int count) {
        Coordinate[] ring = new Coordinate[count];
        for (int i = 0; i < count - 1; i++) {
            double angle = 2 * Math.PI * i / (count - 1);
            double distance = radius * random.nextDouble(0.9, 1);
            ring[i] = new Coordinate(longitude + distance * Math.cos(angle), latitude + distance * Math.sin(angle));
        }
        ring[count - 1] = ring[0].copy();
        return FACTORY.createPolygon(ring);
    }

    private Footprint row() {
        next = (next + 1) % ROWS;
        return rows.get(next);
    }

    /** Tests between straight lines on the map. */
    @Benchmark
    public boolean planar() {
        return planar.matchesExactly(row());
    }

    /** Tests between great-circle arcs. */
    @Benchmark
    public boolean spherical() {
        return spherical.matchesExactly(row());
    }
}
