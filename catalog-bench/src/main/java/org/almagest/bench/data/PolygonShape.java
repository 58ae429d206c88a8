package org.almagest.bench.data;

import java.util.List;
import java.util.SplittableRandom;
import org.almagest.bench.data.Area.Shape;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

/** Draws the areas that questions ask for, in microdegrees. */
public final class PolygonShape {
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final double MICRODEGREES = 1e6;
    private static final double LONGITUDE_MAX = 180;

    private PolygonShape() {}

    /** Returns a star around a centre: every corner in sight of it, so the outline never crosses itself. */
    public static Area star(SplittableRandom random, double radiusDegrees, int corners) {
        double latitude = latitude(random, 68);
        double stretch = 1 / Math.cos(Math.toRadians(latitude));
        double reach = LONGITUDE_MAX - 1.5 * radiusDegrees * stretch - 1;
        double longitude = random.nextDouble(-reach, reach);
        double wave = random.nextDouble(0.1, 0.3);
        int lobes = 2 + random.nextInt(4);
        Coordinate[] ring = new Coordinate[corners + 1];
        for (int i = 0; i < corners; i++) {
            double angle = 2 * Math.PI * (i + random.nextDouble(0.1, 0.9)) / corners;
            double radius = radiusDegrees * (1 + wave * Math.sin(lobes * angle) + random.nextDouble(-0.1, 0.1));
            ring[i] = new Coordinate(
                    rounded(longitude + radius * stretch * Math.cos(angle)),
                    rounded(latitude + radius * Math.sin(angle)));
        }
        ring[corners] = ring[0].copy();
        Polygon polygon = FACTORY.createPolygon(ring);
        return new Area(polygon, List.of(polygon.getEnvelopeInternal()), Shape.POLYGON);
    }

    /** Returns a box, here or across the antimeridian. */
    public static Area box(SplittableRandom random, double degrees, Place place) {
        double south = rounded(latitude(random, 80));
        double north = rounded(south + degrees);
        if (place == Place.ANYWHERE) {
            double west = rounded(random.nextDouble(-LONGITUDE_MAX, LONGITUDE_MAX - degrees));
            Envelope box = new Envelope(west, rounded(west + degrees), south, north);
            return new Area(FACTORY.toGeometry(box), List.of(box), Shape.BOX);
        }
        double west = rounded(LONGITUDE_MAX - degrees * random.nextDouble(0.1, 0.9));
        Envelope left = new Envelope(west, LONGITUDE_MAX, south, north);
        Envelope right = new Envelope(-LONGITUDE_MAX, rounded(west + degrees - 2 * LONGITUDE_MAX), south, north);
        Geometry both = FACTORY.createMultiPolygon(
                new Polygon[] {(Polygon) FACTORY.toGeometry(left), (Polygon) FACTORY.toGeometry(right)});
        return new Area(both, List.of(left, right), Shape.BOX);
    }

    /** Where a box lies. */
    public enum Place {
        /** Not across the antimeridian. */
        ANYWHERE,
        /** Across the antimeridian. */
        ANTIMERIDIAN
    }

    /** Every square kilometre between the parallels is as likely as any other. */
    private static double latitude(SplittableRandom random, double highest) {
        double sine = Math.sin(Math.toRadians(highest));
        return Math.toDegrees(Math.asin(random.nextDouble(-sine, sine)));
    }

    private static double rounded(double degrees) {
        return Math.rint(degrees * MICRODEGREES) / MICRODEGREES + 0.0;
    }
}
