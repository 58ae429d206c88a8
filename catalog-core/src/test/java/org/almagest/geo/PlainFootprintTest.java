package org.almagest.geo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.BoundingBox;
import org.almagest.model.GeometryValidity;
import org.almagest.model.Limits;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateXYM;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.operation.valid.IsValidOp;

class PlainFootprintTest {
    private static final Limits LIMITS = Limits.defaults();
    private static final GeometryFactory FACTORY = new GeometryFactory();

    private final PlainFootprint plain = new PlainFootprint(LIMITS);
    private int sure;

    private static Geometry ring(double... ordinates) {
        Coordinate[] corners = new Coordinate[ordinates.length / 2 + 1];
        for (int i = 0; i < corners.length - 1; i++) {
            corners[i] = new Coordinate(ordinates[2 * i], ordinates[2 * i + 1]);
        }
        corners[corners.length - 1] = corners[0].copy();
        return FACTORY.createPolygon(corners);
    }

    /** Whatever is taken must be what the objects say, to the bit. */
    private boolean check(Geometry geometry) {
        if (!plain.take(geometry)) {
            return false;
        }
        GeometryChecks.check(geometry, LIMITS);
        byte[] wkb = new byte[plain.wkbBytes() + 3];
        plain.putWkb(wkb, 3);
        assertArrayEquals(Wkb.write(geometry), Arrays.copyOfRange(wkb, 3, wkb.length));
        if (!plain.isSurelyValid()) {
            return true;
        }
        sure++;
        assertTrue(new IsValidOp(geometry).isValid(), geometry::toText);
        for (AntimeridianRule rule : AntimeridianRule.values()) {
            AntimeridianCut cut = AntimeridianCut.of(LIMITS).reading(rule).treating(GeometryValidity.STRICT);
            Footprint footprint = cut.footprint(geometry);
            assertEquals(cut.plainFlags(), footprint.flags(), geometry::toText);
            assertSame(geometry, footprint.cut());
            BoundingBox box = footprint.indexBox();
            float[] sides = new float[6];
            plain.putIndexBox(sides, 1);
            float[] expected = {0, (float) box.west(), (float) box.south(), (float) box.east(), (float) box.north(), 0};
            assertArrayEquals(expected, sides, geometry::toText);
        }
        return true;
    }

    @Test
    void takesPointsAndPlainRings() {
        assertTrue(check(FACTORY.createPoint(new Coordinate(-0.0, 52.1))));
        assertTrue(check(FACTORY.createPoint(new Coordinate(180, -90))));
        assertTrue(check(ring(0, 0, 10, -0.0, 10, 60, -0.0, 60)));
        assertTrue(check(ring(170, 80, 180, 80, 180, 90, 170, 90)));
        assertTrue(check(ring(0, 0, 10, 0, 5, 1, 10, 10))); // not convex
        assertEquals(5, sure);
        assertTrue(plain.isPolygon());
    }

    @Test
    void leavesWhatMayNeedWorkToOthers() {
        assertFalse(check(FACTORY.createPoint()));
        assertFalse(check(FACTORY.createPolygon()));
        assertFalse(check(FACTORY.createPoint(new Coordinate(180.5, 0))));
        assertFalse(check(FACTORY.createPoint(new Coordinate(179.9999999999, 0)))); // is moved
        assertFalse(check(FACTORY.createPoint(new Coordinate(1, 2, 3))));
        assertFalse(check(FACTORY.createPoint(new CoordinateXYM(1, 2, 3))));
        assertFalse(check(FACTORY.createPoint(new Coordinate(Double.NaN, 0))));
        assertFalse(check(FACTORY.createPoint(new Coordinate(0, Double.NaN))));
        assertFalse(check(FACTORY.createPoint(new Coordinate(0, 90.1))));
        assertFalse(check(ring(-170, 0, 170, 0, 170, 10, -170, 10))); // crosses the antimeridian
        assertFalse(check(ring(-90, 0, 90, 0, 90, 10, -90, 10))); // 180 wide edges
        assertFalse(check(ring(-100, 0, 0, 1, 100, 0, 100, 10, 0, 11, -100, 10))); // wider than half the globe
        assertFalse(check(FACTORY.createMultiPointFromCoords(new Coordinate[] {new Coordinate(1, 1)})));
        assertFalse(check(ring(0, 0, 9, 0, 9, 9, 0, 9).buffer(1).difference(ring(1, 1, 2, 1, 2, 2))));
    }

    @Test
    void isNotSureOfSpikesAndTouches() {
        assertTrue(check(ring(0, 0, 10, 0, 5, 0, 5, 5))); // folds back
        assertTrue(check(ring(0, 0, 10, 10, 10, 0, 0, 10))); // crosses itself
        assertTrue(check(ring(0, 0, 10, 0, 10, 10, 5, 0, 0, 10))); // touches an edge
        assertTrue(check(ring(0, 0, 5, 5, 10, 0, 10, 10, 5, 5, 0, 10))); // touches a corner
        assertTrue(check(ring(1, 1, 1, 1, 1, 1))); // no area
        assertTrue(check(ring(0, 0, 4, 0, 4, 0, 4, 4))); // a corner twice
        double[] star = new double[10];
        for (int i = 0; i < 5; i++) {
            star[2 * i] = Math.cos(Math.toRadians(144 * i));
            star[2 * i + 1] = Math.sin(Math.toRadians(144 * i));
        }
        assertTrue(check(ring(star))); // turns the same way at each corner, twice around
        assertEquals(0, sure);
    }

    @Test
    void agreesWithJtsOnRandomRings() {
        Seeded.repeat(3_000, random -> check(drawRing(random)));
        assertTrue(sure > 300, "only " + sure);
    }

    /** Draws coarse coordinates, so that corners touch, repeat and lie on edges, or fine ones around a centre. */
    private static Geometry drawRing(SplittableRandom random) {
        int corners = random.nextInt(3, 12);
        double[] ordinates = new double[2 * corners];
        boolean coarse = random.nextInt(3) == 0;
        double west = random.nextInt(-180, 170);
        double south = random.nextInt(-90, 80);
        double turn = random.nextBoolean() ? 1 : -1;
        for (int i = 0; i < corners; i++) {
            double radius = random.nextInt(3) == 0 ? 5 : random.nextDouble(1, 5);
            double angle = turn * 2 * Math.PI * (i + (random.nextInt(4) == 0 ? random.nextDouble(2) : 0)) / corners;
            ordinates[2 * i] = west + (coarse ? random.nextInt(6) : 5 + radius * Math.cos(angle));
            ordinates[2 * i + 1] = south + (coarse ? random.nextInt(6) : 5 + radius * Math.sin(angle));
        }
        return ring(ordinates);
    }
}
