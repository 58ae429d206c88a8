package org.almagest.index.spherical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.almagest.geo.ArcReading;
import org.almagest.geo.BoxAnswer;
import org.almagest.geo.Footprint;
import org.almagest.geo.PlaceTest;
import org.almagest.geo.PlanarPredicate;
import org.almagest.geo.PreparedFilter;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.BoundingBox;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.relateng.RelateNG;
import org.locationtech.jts.operation.relateng.RelatePredicate;

/** Compares with planar predicates after a projection that makes arcs straight; and boxes with geometries. */
class SphericalRandomTest {
    private static final int ROUNDS = 1_000;
    private static final int PAIRS = 4;

    @Test
    void agreesWithPlanarPredicatesInTheGnomonicPlane() {
        int[] answers = new int[2];
        Seeded.repeat(ROUNDS, random -> compare(random, answers));
        assertTrue(answers[0] > ROUNDS && answers[1] > ROUNDS, answers[0] + " no, " + answers[1] + " yes");
    }

    private static Gnomonic plane(SplittableRandom random) {
        double longitude = random.nextInt(3) == 0 ? 180 : random.nextDouble(-180, 180);
        double latitude = random.nextInt(6) == 0 ? (random.nextBoolean() ? 90 : -90) : random.nextDouble(-90, 90);
        return new Gnomonic(longitude, latitude);
    }

    private static void compare(SplittableRandom random, int[] answers) {
        Gnomonic plane = plane(random);
        RandomShapes shapes = new RandomShapes(random, plane);
        for (int i = 0; i < PAIRS; i++) {
            Footprint filter = Spheres.footprint(shapes.next());
            Footprint row = Spheres.footprint(shapes.next());
            if (hasArcs(filter) && hasArcs(row)) {
                Geometry filterDrawn = plane.project(filter.original());
                Geometry rowDrawn = plane.project(row.original());
                for (PlanarPredicate predicate : PlanarPredicate.values()) {
                    boolean expected = expected(predicate, filterDrawn, rowDrawn);
                    answers[expected ? 1 : 0]++;
                    PlaceTest test = Spherical.filter(filter, predicate);
                    String what = predicate + " filter " + filter.original() + " row " + row.original();
                    assertEquals(expected, test.matchesExactly(row), what);
                    assertEquals(expected, test.matches(row), "by box: " + what);
                    assertFound(expected, test, row, what);
                }
            }
        }
    }

    /** Tells whether arcs say what a footprint covers, so that there is something to compare. */
    private static boolean hasArcs(Footprint footprint) {
        return !footprint.repaired() && hasArcs(footprint.original());
    }

    private static boolean hasArcs(Geometry geometry) {
        if (geometry instanceof Polygon) {
            return ArcReading.ofRing(
                            ((Polygon) geometry).getExteriorRing().getCoordinateSequence(), AntimeridianRule.SHORT_WAY)
                    != ArcReading.AS_DRAWN;
        }
        if (geometry instanceof LineString) {
            return ArcReading.ofLine(((LineString) geometry).getCoordinateSequence(), AntimeridianRule.SHORT_WAY)
                    != ArcReading.AS_DRAWN;
        }
        boolean all = true;
        for (int i = 0; i < geometry.getNumGeometries() && geometry.getNumGeometries() > 1; i++) {
            all &= hasArcs(geometry.getGeometryN(i));
        }
        return all;
    }

    private static boolean expected(PlanarPredicate predicate, Geometry filter, Geometry row) {
        return switch (predicate) {
            case INTERSECTS -> RelateNG.relate(filter, row, RelatePredicate.intersects());
            case WITHIN -> covers(filter, row);
            case CONTAINS -> covers(row, filter);
            case DISJOINT -> RelateNG.relate(filter, row, RelatePredicate.disjoint());
        };
    }

    /** Of a collection whose parts overlap, JTS may say that it does not cover what one of its parts covers. */
    private static boolean covers(Geometry outer, Geometry inner) {
        boolean covers = RelateNG.relate(outer, inner, RelatePredicate.covers());
        for (int i = 0; i < outer.getNumGeometries() && outer.getNumGeometries() > 1; i++) {
            covers |= RelateNG.relate(outer.getGeometryN(i), inner, RelatePredicate.covers());
        }
        return covers;
    }

    /** A match is found by one of the boxes that are searched. */
    private static void assertFound(boolean matches, PlaceTest test, Footprint row, String what) {
        if (matches) {
            BoundingBox box = row.indexBox();
            Footprint indexed = Footprint.ofBox(box);
            assertTrue(
                    test.searchBoxes().stream()
                            .anyMatch(
                                    searched -> PreparedFilter.of(Footprint.ofBox(searched), PlanarPredicate.INTERSECTS)
                                            .matches(indexed)),
                    what);
        }
    }

    @Test
    void whatABoxDecidesHoldsForTheGeometry() {
        Seeded.repeat(ROUNDS, SphericalRandomTest::compareBoxes);
    }

    private static void compareBoxes(SplittableRandom random) {
        RandomShapes shapes = new RandomShapes(random, plane(random));
        for (int i = 0; i < PAIRS; i++) {
            Footprint row = Spheres.footprint(shapes.next());
            BoundingBox near = Spheres.footprint(shapes.next()).planarBox();
            Footprint filter = random.nextInt(3) == 0 ? Spheres.footprint(shapes.next()) : Footprint.ofBox(near);
            BoundingBox box = row.indexBox();
            for (PlanarPredicate predicate : PlanarPredicate.values()) {
                PlaceTest test = Spherical.filter(filter, predicate);
                BoxAnswer answer = test.decide(box.west(), box.south(), box.east(), box.north());
                boolean exact = test.matchesExactly(row);
                String what = predicate + " filter " + filter.original() + " row " + row.original();
                assertNotEquals(exact ? BoxAnswer.NO : BoxAnswer.YES, answer, what);
                assertFound(exact, test, row, what);
            }
        }
    }
}
