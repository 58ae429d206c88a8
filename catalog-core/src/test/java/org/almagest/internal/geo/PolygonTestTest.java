package org.almagest.internal.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

class PolygonTestTest {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    /** Where positions of rings lie: whole numbers make corners and edges touch. */
    private enum Grid {
        WHOLE,
        ARBITRARY;

        double at(SplittableRandom random, int bound) {
            return this == WHOLE ? random.nextInt(bound) : random.nextDouble() * bound;
        }

        double snapped(double value) {
            return this == WHOLE ? Math.rint(value) : value;
        }
    }

    private static Polygon polygon(SplittableRandom random, Grid grid, int size) {
        double x = grid.at(random, 20);
        double y = grid.at(random, 20);
        int corners = 3 + random.nextInt(12);
        Coordinate[] ring = star(random, grid, x, y, 1 + size, corners);
        LinearRing shell = FACTORY.createLinearRing(ring);
        if (random.nextInt(3) > 0) {
            return FACTORY.createPolygon(shell);
        }
        Coordinate[] hole = new Coordinate[ring.length];
        for (int i = 0; i < ring.length; i++) {
            hole[i] = new Coordinate((ring[i].x + x) / 2, (ring[i].y + y) / 2);
        }
        return FACTORY.createPolygon(shell, new LinearRing[] {FACTORY.createLinearRing(hole)});
    }

    private static Coordinate[] star(SplittableRandom random, Grid grid, double x, double y, int size, int corners) {
        Coordinate[] ring = new Coordinate[corners + 1];
        for (int i = 0; i < corners; i++) {
            double angle = 2 * Math.PI * i / corners;
            double radius = 1 + grid.at(random, size);
            double px = x + radius * Math.cos(angle);
            double py = y + radius * Math.sin(angle);
            ring[i] = new Coordinate(grid.snapped(px), grid.snapped(py));
        }
        ring[corners] = ring[0].copy();
        return ring;
    }

    /** A polygon, polygons apart, or a collection of polygons that may overlap. */
    private static Geometry geometry(SplittableRandom random, Grid grid, int size) {
        int kind = random.nextInt(8);
        if (kind > 2) {
            return polygon(random, grid, size);
        }
        List<Polygon> parts = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            Polygon next = polygon(random, grid, size);
            boolean apart = parts.stream().noneMatch(part -> part.isValid() && next.isValid() && part.intersects(next));
            if (apart || kind == 0) {
                parts.add(next);
            }
        }
        Polygon[] polygons = parts.toArray(new Polygon[0]);
        return kind == 0 ? FACTORY.createGeometryCollection(polygons) : FACTORY.createMultiPolygon(polygons);
    }

    /** Naive: polygon by polygon. */
    private static boolean anyPolygonsMeet(Geometry filter, Geometry other) {
        for (int i = 0; i < filter.getNumGeometries(); i++) {
            for (int j = 0; j < other.getNumGeometries(); j++) {
                if (filter.getGeometryN(i).intersects(other.getGeometryN(j))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void agreesWithJts(Grid grid, int rounds) {
        int[] answers = new int[2];
        Seeded.repeat(rounds, random -> {
            Geometry filter = geometry(random, grid, random.nextInt(12));
            if (!filter.isValid()) {
                return;
            }
            PolygonTest test = PolygonTest.of(filter);
            assertNotNull(test);
            // More than it takes to have a grid, which must not change an answer.
            for (int i = 0; i < (random.nextInt(8) == 0 ? 60 : 5); i++) {
                Geometry other = geometry(random, grid, random.nextInt(6));
                if (other.isValid()) {
                    assertTrue(test.take(other));
                    boolean expected = anyPolygonsMeet(filter, other);
                    assertEquals(expected, test.intersects(), () -> filter + " " + other);
                    if (other instanceof Polygon) {
                        test.take(outline((Polygon) other));
                        assertEquals(expected, test.intersects(), () -> filter + " " + other);
                    }
                    answers[expected ? 1 : 0]++;
                }
            }
        });
        boolean enough = answers[0] > rounds / 20 && answers[1] > rounds / 20;
        assertTrue(enough || Long.getLong("almagest.seed") != null, answers[0] + " and " + answers[1]);
    }

    /** Returns the positions of a polygon as a reader of rows puts them, with a third ordinate to be passed over. */
    private static Outline outline(Polygon polygon) {
        Outline outline = new Outline();
        outline.clear();
        assertTrue(outline.shell(
                ordinates(polygon.getExteriorRing()),
                0,
                polygon.getExteriorRing().getNumPoints(),
                3));
        for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
            LinearRing hole = polygon.getInteriorRingN(i);
            assertTrue(outline.hole(ordinates(hole), 0, hole.getNumPoints(), 3));
        }
        return outline;
    }

    private static double[] ordinates(LinearRing ring) {
        double[] ordinates = new double[3 * ring.getNumPoints()];
        for (int i = 0; i < ring.getNumPoints(); i++) {
            ordinates[3 * i] = ring.getCoordinateN(i).x;
            ordinates[3 * i + 1] = ring.getCoordinateN(i).y;
            ordinates[3 * i + 2] = i;
        }
        return ordinates;
    }

    @Test
    void aPointIsTestedLikeAPolygon() {
        Seeded.repeat(500, random -> {
            Geometry filter = geometry(random, Grid.WHOLE, 8);
            PolygonTest test = PolygonTest.of(filter);
            assertNotNull(test);
            Outline outline = new Outline();
            for (int i = 0; i < 50 && filter.isValid(); i++) {
                Geometry point = FACTORY.createPoint(new Coordinate(random.nextInt(24) - 2, random.nextInt(24) - 2));
                outline.point(point.getCoordinate().x, point.getCoordinate().y);
                test.take(outline);
                assertEquals(filter.intersects(point), test.intersects(), () -> filter + " " + point);
            }
        });
    }

    @Test
    void anOutlineTakesRingsOnlyAndNotTooManyPositions() {
        Outline outline = new Outline();
        outline.clear();
        double[] open = {0, 0, 1, 0, 1, 1, 0, 1};
        assertFalse(outline.shell(open, 0, 4, 2));
        assertFalse(outline.shell(new double[] {0, 0, 1, 0, 0, 0}, 0, 3, 2));
        double[] most = new double[2 * Outline.POSITIONS_MAX];
        assertTrue(outline.shell(most, 0, Outline.POSITIONS_MAX, 2));
        assertFalse(outline.hole(most, 0, 4, 2));
        outline.clear();
        assertFalse(outline.shell(new double[2 * Outline.POSITIONS_MAX + 2], 0, Outline.POSITIONS_MAX + 1, 2));
    }

    @Test
    void answersAreThoseOfJtsWherePositionsAreArbitrary() {
        agreesWithJts(Grid.ARBITRARY, 4_000);
    }

    @Test
    void answersAreThoseOfJtsWhereCornersAndEdgesTouch() {
        agreesWithJts(Grid.WHOLE, 6_000);
    }

    @Test
    void answersAreThoseOfJtsWhereASmallFilterTouchesOrJustMissesALongEdge() {
        int[] answers = new int[2];
        Seeded.repeat(4_000, random -> {
            int dx = random.nextInt(1, 12);
            int dy = random.nextInt(-12, 13);
            Coordinate start = new Coordinate(-8 * dx, -8 * dy);
            // The edge from start leads through (0, 0); the rest lies far away on one side or around the filter.
            Coordinate[] far = {
                start, new Coordinate(8 * dx, 8 * dy), new Coordinate(random.nextInt(-99, 99), 120), start.copy()
            };
            Polygon large = FACTORY.createPolygon(far);
            double off = random.nextBoolean() ? 0 : random.nextInt(-3, 4) * Math.pow(10, -random.nextInt(8, 17));
            Coordinate corner = new Coordinate(off, random.nextBoolean() ? 0 : -off);
            Coordinate[] near = {
                corner,
                new Coordinate(random.nextDouble(-0.3, 0.3), random.nextDouble(-0.3, 0.3)),
                new Coordinate(random.nextDouble(-0.3, 0.3), random.nextDouble(-0.3, 0.3)),
                corner.copy()
            };
            Polygon filter = FACTORY.createPolygon(near);
            PolygonTest test = PolygonTest.of(filter);
            if (filter.isValid() && large.isValid() && test != null) {
                assertTrue(test.take(large));
                boolean expected = filter.intersects(large);
                assertEquals(expected, test.intersects(), () -> filter + " " + large);
                answers[expected ? 1 : 0]++;
            }
        });
        boolean enough = answers[0] > 100 && answers[1] > 100;
        assertTrue(enough || Long.getLong("almagest.seed") != null, answers[0] + " and " + answers[1]);
    }

    @Test
    void whatIsNoPolygonIsLeftToJts() {
        Geometry point = FACTORY.createPoint(new Coordinate(1, 1));
        assertNull(PolygonTest.of(point));
        PolygonTest test = PolygonTest.of(polygon(new SplittableRandom(1), Grid.ARBITRARY, 3));
        assertNotNull(test);
        assertEquals(false, test.take(point));
    }
}
