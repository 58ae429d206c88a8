package org.almagest.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.almagest.internal.geo.Outline;
import org.almagest.model.GeometryValidity;
import org.almagest.model.Limits;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/** What positions as given decide about polygons across the antimeridian is what their cut forms decide. */
class CrossingOutlineTest {
    private static final AntimeridianCut CUT = AntimeridianCut.of(Limits.defaults());
    private static final GeometryFactory GEOMETRY = new GeometryFactory();

    @Test
    void aHoleAcrossTheAntimeridianLeavesTheShellWhereItIs() {
        String holed =
                "POLYGON((-180 -90,180 -90,180 90,-180 90,-180 -90)," + "(170 -10,-170 -10,-170 10,170 10,170 -10))";
        check(holed, "POLYGON((0 0,10 0,10 10,0 10,0 0))");
    }

    @Test
    void aFilterThatTouchesARoundedEdgeIsLeftToTheCutForm() {
        for (int i = 0; i < 300; i++) {
            String touching = "POLYGON((-177.5 0.5,179 " + (3.5 + i / 100.0) + ",178 2,-177.5 0.5))";
            check(touching, "POLYGON((178 -2.5,179 0.5,179.5 1.5,178.5 1,178 -2.5))");
        }
    }

    @Test
    void invalidPolygonsAreLeftToTheCutForm() {
        check(
                "POLYGON((150 -90,180 -45,-100 -25,-100 75,150 -90))",
                "POLYGON((170 -64,170 -53,178 -53,178 -64,170 -64))");
        check(
                "POLYGON((167 -18,159 -22,-166 -40,-159 -37,167 -18),(91 -15,91 -15,170 10,91 -15))",
                "POLYGON((100 -17,115 -17,115 12,100 12,100 -17))");
    }

    private static void check(String polygon, String filter) {
        AntimeridianCut repairing = CUT.treating(GeometryValidity.REPAIR_INDEX_FORM);
        Footprint datapoint = repairing.footprint(Wkt.read(polygon, Limits.defaults()));
        PreparedFilter asked =
                PreparedFilter.of(CUT.footprint(Wkt.read(filter, Limits.defaults())), PlanarPredicate.INTERSECTS);
        BoxAnswer wrong = asked.matchesExactly(datapoint) ? BoxAnswer.NO : BoxAnswer.YES;
        Outline outline = new Outline();
        assertTrue(fill(outline, (Polygon) datapoint.original()));
        outline.markCrossing();
        assertNotEquals(wrong, asked.decide(outline), polygon);
    }

    @Test
    void onCoarseGridsAtTheAntimeridianBothDecideAlike() {
        int[] decided = new int[BoxAnswer.values().length];
        Seeded.repeat(300, random -> {
            double[] steps = {0.5, 1e-10, 1e-9, 3e-9, 1e-8, 0};
            double step = steps[random.nextInt(steps.length)];
            Footprint filter = CUT.footprint(polygon(random, step == 0 ? 0 : 0.5));
            PreparedFilter asked = PreparedFilter.of(filter, PlanarPredicate.INTERSECTS);
            Outline outline = new Outline();
            for (int i = 0; i < 50; i++) {
                Polygon polygon = polygon(random, step);
                Footprint datapoint = CUT.footprint(polygon);
                if (datapoint.flags() == (Footprint.FLAG_CUT | Footprint.FLAG_DIFFERS) && fill(outline, polygon)) {
                    outline.markCrossing();
                    BoxAnswer answer = asked.decide(outline);
                    decided[answer.ordinal()]++;
                    if (answer != BoxAnswer.UNSURE) {
                        String pair = Wkt.write(filter.original()) + " " + Wkt.write(polygon);
                        assertEquals(asked.matchesExactly(datapoint), answer == BoxAnswer.YES, pair);
                    }
                }
            }
        });
        boolean enough = decided[BoxAnswer.YES.ordinal()] > 300 && decided[BoxAnswer.NO.ordinal()] > 300;
        assertTrue(enough || Long.getLong("almagest.seed") != null, Arrays.toString(decided));
    }

    /** Returns a star around a place at the antimeridian; its positions are on a grid, or anywhere where that is 0. */
    private static Polygon polygon(SplittableRandom random, double step) {
        int corners = random.nextInt(3, 7);
        Coordinate[] positions = new Coordinate[corners + 1];
        for (int i = 0; i < corners; i++) {
            double east = step == 0 ? random.nextDouble(-4, 4) : random.nextInt(-8, 9) * step;
            double north = step == 0 ? random.nextDouble(-4, 4) : random.nextInt(-8, 9) * 0.5;
            positions[i] = new Coordinate(180 + east, north);
        }
        double x = Arrays.stream(positions, 0, corners)
                .mapToDouble(c -> c.x)
                .average()
                .orElseThrow();
        double y = Arrays.stream(positions, 0, corners)
                .mapToDouble(c -> c.y)
                .average()
                .orElseThrow();
        Arrays.sort(positions, 0, corners, Comparator.comparingDouble(c -> Math.atan2(c.y - y, c.x - x)));
        for (int i = 0; i < corners; i++) {
            positions[i].x = positions[i].x > 180 ? positions[i].x - 360 : positions[i].x;
        }
        positions[corners] = positions[0].copy();
        return GEOMETRY.createPolygon(positions);
    }

    private static boolean fill(Outline outline, Polygon polygon) {
        outline.clear();
        boolean filled = outline.shell(
                ordinates(polygon.getExteriorRing()),
                0,
                polygon.getExteriorRing().getNumPoints(),
                2);
        for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
            LinearRing hole = polygon.getInteriorRingN(i);
            filled &= outline.hole(ordinates(hole), 0, hole.getNumPoints(), 2);
        }
        return filled;
    }

    private static double[] ordinates(Geometry ring) {
        return Arrays.stream(ring.getCoordinates())
                .flatMapToDouble(c -> DoubleStream.of(c.x, c.y))
                .toArray();
    }
}
