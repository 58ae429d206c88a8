package org.almagest.geo;

import static org.almagest.geo.Refusals.LIMITS;
import static org.almagest.geo.Refusals.wkt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almagest.model.AntimeridianRule;
import org.almagest.model.BoundingBox;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;

class IndexBoxTest {
    private static final AntimeridianCut CUT = AntimeridianCut.of(LIMITS);

    @Test
    void isExactWhereFloatsAre() {
        assertBox(BoundingBox.of(1.5, -2.25, 1.5, -2.25), "POINT (1.5 -2.25)");
        assertBox(BoundingBox.of(180, 90, 180, 90), "POINT (180 90)");
        assertBox(BoundingBox.of(0, 0, 10, 10), "LINESTRING (0 0, 0 10, 0 0, 10 0)");
    }

    @Test
    void roundsOutwards() {
        BoundingBox box = CUT.footprint(wkt("POINT (0.1 -0.1)")).indexBox();
        assertEquals(BoundingBox.of(Math.nextDown(0.1f), -0.1f, 0.1f, Math.nextUp(-0.1f)), box);
        assertTrue(box.contains(0.1, -0.1));
    }

    @Test
    void leavesOutTheLargestGap() {
        assertBox(BoundingBox.of(170, 0, -170, 0), "MULTIPOINT ((-170 0), (170 0))");
        assertBox(BoundingBox.of(-90, 0, 90, 0), "MULTIPOINT ((-90 0), (90 0))");
        assertBox(BoundingBox.of(0, 0, -100, 0), "MULTIPOINT ((-100 0), (0 0), (100 0), (180 0))");
        assertBox(BoundingBox.of(178, 0, -178, 0), "MULTILINESTRING ((178 0, 180 0), (-180 0, -178 0))");
        assertBox(BoundingBox.of(-180, 0, -170, 0), "LINESTRING (-180 0, -170 0)");
    }

    @Test
    void aWrappedBoxWhoseGapRoundsAwayIsTheGlobe() {
        Footprint almost = CUT.footprint(
                wkt("GEOMETRYCOLLECTION (LINESTRING (10.0000001 0, 180 0), LINESTRING (-180 0, -90 0, 10 0))"));
        assertEquals(10.0000001, almost.planarBox().west());
        assertEquals(-180, almost.indexBox().west());
        assertEquals(180, almost.indexBox().east());
    }

    @Test
    void coversGreatCirclesAndPoles() {
        Footprint wide = CUT.footprint(wkt("POLYGON ((-60 50, 60 50, 60 55, -60 55, -60 50))"));
        double apex = Math.toDegrees(Math.atan(Math.tan(Math.toRadians(55)) / Math.cos(Math.toRadians(60))));
        assertEquals(apex, wide.indexBox().north(), 1e-5);
        assertTrue(wide.indexBox().north() >= apex);
        assertEquals(50, wide.indexBox().south());
        Footprint south = CUT.footprint(wkt("LINESTRING (170 -50, -130 -50)"));
        assertEquals(-apex(50, 60), south.indexBox().south(), 1e-5);
        Footprint overThePole = CUT.footprint(wkt("LINESTRING (0 80, 180 80)"));
        assertEquals(90, overThePole.indexBox().north());
        Footprint polar = CUT.footprint(wkt("POLYGON ((0 60, 120 60, -120 60, 0 60))"));
        assertEquals(90, polar.indexBox().north());
        Footprint drawn = CUT.reading(AntimeridianRule.AS_DRAWN)
                .footprint(wkt("POLYGON ((-100 0, 100 0, 100 60, -100 60, -100 0))"));
        assertEquals(60, drawn.indexBox().north(), 0.002, "a drawn parallel is no arc");
    }

    @Test
    void holdsEveryPointOfEveryArcAndNotMuchMore() {
        Seeded.repeat(2_000, random -> {
            int count = random.nextInt(2, 6);
            Coordinate[] line = new Coordinate[count];
            for (int i = 0; i < count; i++) {
                double spread = random.nextBoolean() ? 5 : 170;
                line[i] = new Coordinate(random.nextDouble(-spread, spread) / 2, random.nextDouble(-89, 89));
            }
            Geometry geometry = GeometryBuilder.FACTORY.createLineString(line);
            BoundingBox box = CUT.footprint(geometry).indexBox();
            double north = -90;
            double south = 90;
            for (int i = 1; i < count; i++) {
                for (int step = 0; step <= 2_000; step++) {
                    double latitude = latitudeOnArc(line[i - 1], line[i], step / 2_000.0);
                    assertTrue(latitude <= box.north() + 1e-9 && latitude >= box.south() - 1e-9);
                    north = Math.max(north, latitude);
                    south = Math.min(south, latitude);
                }
            }
            assertEquals(north, box.north(), 1e-3);
            assertEquals(south, box.south(), 1e-3);
        });
    }

    @Test
    void boxesHaveSidesAlongParallels() {
        assertEquals(
                BoundingBox.of(-60, 50, 60, 55),
                Footprint.ofBox(BoundingBox.of(-60, 50, 60, 55)).indexBox());
        assertEquals(
                BoundingBox.of(170, 50, -170, 55),
                Footprint.ofBox(BoundingBox.of(170, 50, -170, 55)).indexBox());
        assertEquals(
                BoundingBox.of(1, 2, 1, 2),
                Footprint.ofBox(BoundingBox.of(1, 2, 1, 2)).indexBox());
    }

    private static double apex(double latitude, double width) {
        return Math.toDegrees(Math.atan(Math.tan(Math.toRadians(latitude)) / Math.cos(Math.toRadians(width / 2))));
    }

    private static double latitudeOnArc(Coordinate from, Coordinate to, double share) {
        double[] a = unit(from);
        double[] b = unit(to);
        double z = a[2] + (b[2] - a[2]) * share;
        double x = a[0] + (b[0] - a[0]) * share;
        double y = a[1] + (b[1] - a[1]) * share;
        return Math.toDegrees(Math.atan2(z, Math.hypot(x, y)));
    }

    private static double[] unit(Coordinate position) {
        double longitude = Math.toRadians(position.x);
        double latitude = Math.toRadians(position.y);
        return new double[] {
            Math.cos(latitude) * Math.cos(longitude), Math.cos(latitude) * Math.sin(longitude), Math.sin(latitude)
        };
    }

    private static void assertBox(BoundingBox expected, String text) {
        assertEquals(expected, CUT.footprint(wkt(text)).indexBox());
    }
}
