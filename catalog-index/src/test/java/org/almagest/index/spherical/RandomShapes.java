package org.almagest.index.spherical;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/** Random geometries of every type around one place, simple on the sphere; some share corners with earlier ones. */
final class RandomShapes {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    private final SplittableRandom random;
    private final Gnomonic plane;
    private final double size;
    private final List<Coordinate> corners = new ArrayList<>();

    RandomShapes(SplittableRandom random, Gnomonic plane) {
        this.random = random;
        this.plane = plane;
        this.size = Math.pow(10, -random.nextDouble(4));
    }

    Geometry next() {
        return switch (random.nextInt(8)) {
            case 0 -> point();
            case 1 -> FACTORY.createLineString(path(2 + random.nextInt(4)));
            case 2 -> FACTORY.createMultiPoint(new Point[] {point(), point()});
            case 3 ->
                FACTORY.createMultiLineString(
                        new LineString[] {FACTORY.createLineString(path(2)), FACTORY.createLineString(path(3))});
            case 4 ->
                FACTORY.createGeometryCollection(
                        new Geometry[] {point(), FACTORY.createLineString(path(2)), star(false)});
            case 5 -> apart();
            default -> star(random.nextInt(3) == 0);
        };
    }

    private Geometry apart() {
        double radius = size * random.nextDouble(0.1, 0.4);
        Polygon one = star(-size / 2, 0, radius, false);
        Polygon other = star(size / 2, 0, radius, random.nextBoolean());
        return FACTORY.createMultiPolygon(new Polygon[] {one, other});
    }

    private Coordinate corner() {
        if (!corners.isEmpty() && random.nextInt(4) == 0) {
            return corners.get(random.nextInt(corners.size()));
        }
        Coordinate corner = plane.place(size * random.nextDouble(-1, 1), size * random.nextDouble(-1, 1));
        corners.add(corner);
        return corner;
    }

    private Point point() {
        return FACTORY.createPoint(corner());
    }

    private Coordinate[] path(int size) {
        Coordinate[] path = new Coordinate[size];
        for (int i = 0; i < size; i++) {
            do {
                path[i] = corner();
            } while (i > 0 && path[i].equals2D(path[i - 1]));
        }
        return path;
    }

    private Polygon star(boolean hole) {
        double scale = Math.pow(10, -random.nextDouble(1.5));
        double room = size * (1 - scale);
        return star(
                room == 0 ? 0 : random.nextDouble(-room, room),
                room == 0 ? 0 : random.nextDouble(-room, room),
                size * scale,
                hole);
    }

    /** Returns a polygon every corner of which is seen from its middle, its hole a smaller copy. */
    private Polygon star(double x, double y, double radius, boolean hole) {
        int count = 3 + random.nextInt(8);
        double[] distances = random.doubles(count, 0.4, 1).toArray();
        LinearRing shell = ring(x, y, radius, distances);
        return FACTORY.createPolygon(
                shell, hole ? new LinearRing[] {ring(x, y, radius / 2, distances)} : new LinearRing[0]);
    }

    private LinearRing ring(double x, double y, double radius, double[] distances) {
        int count = distances.length;
        Coordinate[] ring = new Coordinate[count + 1];
        boolean clockwise = random.nextBoolean();
        for (int i = 0; i < count; i++) {
            int at = clockwise ? count - 1 - i : i;
            double angle = 2 * Math.PI * at / count;
            double distance = radius * distances[at];
            ring[i] = plane.place(x + distance * Math.cos(angle), y + distance * Math.sin(angle));
            corners.add(ring[i]);
        }
        ring[count] = ring[0].copy();
        return FACTORY.createLinearRing(ring);
    }
}
