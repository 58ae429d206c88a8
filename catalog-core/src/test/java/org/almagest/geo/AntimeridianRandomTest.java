package org.almagest.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.almagest.model.BoundingBox;
import org.almagest.model.Limits;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.algorithm.locate.SimplePointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateFilter;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygon;

/** What holds at Greenwich must hold at the antimeridian: the naive model is the same shape elsewhere. */
class AntimeridianRandomTest {
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final AntimeridianCut CUT = AntimeridianCut.of(Limits.defaults());

    @Test
    void turningTheGlobeTurnsTheFootprint() {
        Seeded.repeat(2_000, random -> {
            Polygon base = star(random, random.nextDouble(5, 70), random.nextInt(3, 30));
            double turn = random.nextInt(4) == 0 ? 180 : random.nextDouble(-180, 180);
            Footprint turned = CUT.footprint(turned(base, turn));
            Geometry cut = turned.cut();
            assertTrue(cut.isValid(), () -> Wkt.write(cut));
            assertEquals(base.getArea(), cut.getArea(), 1e-9 * base.getArea());
            for (int i = 0; i < 50; i++) {
                Coordinate point = new Coordinate(random.nextDouble(-80, 80), random.nextDouble(-80, 80));
                assertEquals(holds(base, point), holds(cut, turned(point, turn)));
                if (holds(base, point)) {
                    Coordinate there = turned(point, turn);
                    assertTrue(turned.planarBox().contains(there.x, there.y));
                }
            }
            BoundingBox box = turned.planarBox();
            assertEquals(base.getEnvelopeInternal().getWidth(), box.widthDegrees(), 1e-9);
        });
    }

    @Test
    void aRingAroundAPoleHoldsWhatLiesPolewards() {
        Seeded.repeat(1_000, random -> {
            int sign = random.nextBoolean() ? 1 : -1;
            int count = random.nextInt(3, 40);
            double[] longitudes = new double[count];
            double[] latitudes = new double[count];
            double start = random.nextDouble(-180, 180);
            for (int i = 0; i < count; i++) {
                longitudes[i] = start + 360.0 * (i + random.nextDouble(0.4)) / count;
                latitudes[i] = sign * random.nextDouble(30, 89);
            }
            Coordinate[] ring = new Coordinate[count + 1];
            boolean westwards = random.nextBoolean();
            for (int i = 0; i <= count; i++) {
                int from = (westwards ? count - i : i) % count;
                ring[i] = turned(new Coordinate(longitudes[from], latitudes[from]), 0);
            }
            Footprint footprint = CUT.footprint(FACTORY.createPolygon(ring));
            assertTrue(footprint.closedAtPole());
            assertTrue(footprint.cut().isValid(), () -> Wkt.write(footprint.cut()));
            for (int i = 0; i < 50; i++) {
                double longitude = start + random.nextDouble(360);
                double latitude = sign * random.nextDouble(-10, 90);
                boolean polewards = sign * latitude > sign * latitudeAt(longitudes, latitudes, longitude);
                assertEquals(polewards, holds(footprint.cut(), turned(new Coordinate(longitude, latitude), 0)));
            }
        });
    }

    @Test
    void rectanglesCutWithOneHoleStayExact() {
        Seeded.repeat(500, random -> {
            int west = random.nextInt(-180, 180);
            int width = random.nextInt(3, 170);
            int south = random.nextInt(-80, 60);
            Polygon outer = rectangle(west, south, width, 20);
            Polygon inner = rectangle(west + 1, south + 1, width - 2, 18);
            Polygon holed = FACTORY.createPolygon(outer.getExteriorRing(), new LinearRing[] {inner.getExteriorRing()});
            Footprint footprint = CUT.footprint(turned(holed, 0));
            assertEquals(width * 20 - (width - 2) * 18, footprint.cut().getArea(), 0, Wkt.write(footprint.cut()));
            assertTrue(footprint.cut().isValid());
            assertEquals(west < 180 && west + width > 180, footprint.wasCut());
        });
    }

    @Test
    void nothingEverThrows() {
        Seeded.repeat(3_000, random -> {
            int count = random.nextInt(3, 12);
            Coordinate[] ring = new Coordinate[count + 1];
            for (int i = 0; i < count; i++) {
                ring[i] = new Coordinate(wildLongitude(random), wildLatitude(random));
            }
            ring[count] = ring[0].copy();
            Polygon polygon = FACTORY.createPolygon(ring);
            GeometryChecks.check(polygon, Limits.defaults());
            Footprint footprint = CUT.footprint(polygon);
            assertTrue(footprint.cut().getEnvelopeInternal().getMinX() >= -180);
            assertTrue(footprint.cut().getEnvelopeInternal().getMaxX() <= 180);
            assertTrue(footprint.unchecked() || footprint.cut().isValid(), () -> Wkt.write(polygon));
            footprint.indexBox();
            footprint.centroid();
            Footprint other = Footprint.ofBox(BoundingBox.of(170, -20, -170, 90));
            for (PlanarPredicate predicate : PlanarPredicate.values()) {
                PreparedFilter.of(footprint, predicate).matches(other);
                PreparedFilter.of(other, predicate).matches(footprint);
            }
            CUT.footprint(FACTORY.createLineString(ring)).indexBox();
        });
    }

    private static double wildLongitude(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextInt(-2, 3) * 90;
            case 1 -> random.nextInt(-36, 37) * 10;
            case 2 -> 180 - random.nextDouble(2e-9);
            default -> random.nextDouble(-180, 180);
        };
    }

    private static double wildLatitude(SplittableRandom random) {
        return random.nextInt(3) == 0 ? random.nextInt(-9, 10) * 10 : random.nextDouble(-90, 90);
    }

    private static double latitudeAt(double[] longitudes, double[] latitudes, double longitude) {
        int count = longitudes.length;
        for (int i = 0; i < count; i++) {
            double from = longitudes[i];
            double to = i + 1 < count ? longitudes[i + 1] : longitudes[0] + 360;
            for (double at : new double[] {longitude, longitude + 360}) {
                if (from <= at && at <= to) {
                    return latitudes[i] + (latitudes[(i + 1) % count] - latitudes[i]) * (at - from) / (to - from);
                }
            }
        }
        throw new AssertionError("no edge at " + longitude);
    }

    /** Returns a simple polygon around (0, 0), at most {@code radius} degrees away. */
    static Polygon star(SplittableRandom random, double radius, int count) {
        Coordinate[] ring = new Coordinate[count + 1];
        for (int i = 0; i < count; i++) {
            double angle = 2 * Math.PI * (i + random.nextDouble(0.9)) / count;
            double distance = radius * random.nextDouble(0.1, 1);
            ring[i] = new Coordinate(distance * Math.cos(angle), distance * Math.sin(angle));
        }
        ring[count] = ring[0].copy();
        return FACTORY.createPolygon(ring);
    }

    private static Polygon rectangle(double west, double south, double width, double height) {
        return FACTORY.createPolygon(new Coordinate[] {
            new Coordinate(west, south),
            new Coordinate(west + width, south),
            new Coordinate(west + width, south + height),
            new Coordinate(west, south + height),
            new Coordinate(west, south)
        });
    }

    /** Returns the geometry with every longitude turned and brought between -180 and 180. */
    static Geometry turned(Geometry geometry, double degrees) {
        Geometry copy = geometry.copy();
        copy.apply((CoordinateFilter) coordinate -> coordinate.setCoordinate(turned(coordinate, degrees)));
        copy.geometryChanged();
        return copy;
    }

    static Coordinate turned(Coordinate coordinate, double degrees) {
        double longitude = coordinate.x + degrees;
        while (longitude > 180) {
            longitude -= 360;
        }
        while (longitude < -180) {
            longitude += 360;
        }
        return new Coordinate(longitude, coordinate.y);
    }

    private static boolean holds(Geometry area, Coordinate point) {
        return SimplePointInAreaLocator.locate(point, area) != Location.EXTERIOR;
    }
}
