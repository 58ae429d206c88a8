package org.almagest.internal.geo;

import java.util.Arrays;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/** The rings of polygons as plain arrays, to be filled again and again; for one thread. */
final class PolygonEdges {
    private static final int CAPACITY_MIN = 64;

    /** Longitude and latitude of all positions, ring after ring; each ring ends where it began. */
    double[] x = new double[CAPACITY_MIN];

    double[] y = new double[CAPACITY_MIN];

    /** By ring, the index after its last position. */
    int[] ends = new int[4];

    /** By ring, whether it is the shell of a polygon, and no hole; the holes of a polygon follow its shell. */
    boolean[] shells = new boolean[4];

    int rings;
    double west;
    double south;
    double east;
    double north;

    /** Takes the rings of a geometry; false where it is not made of polygons alone, or is empty. */
    boolean set(Geometry geometry) {
        rings = 0;
        west = Double.POSITIVE_INFINITY;
        south = Double.POSITIVE_INFINITY;
        east = Double.NEGATIVE_INFINITY;
        north = Double.NEGATIVE_INFINITY;
        int parts = geometry.getNumGeometries();
        for (int i = 0; i < parts; i++) {
            if (!(geometry.getGeometryN(i) instanceof Polygon polygon) || polygon.isEmpty()) {
                return false;
            }
            add(polygon.getExteriorRing(), true);
            for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
                add(polygon.getInteriorRingN(hole), false);
            }
        }
        return parts > 0;
    }

    private void add(LinearRing ring, boolean isShell) {
        CoordinateSequence positions = ring.getCoordinateSequence();
        int count = positions.size();
        int from = rings == 0 ? 0 : ends[rings - 1];
        if (x.length < from + count) {
            x = Arrays.copyOf(x, Math.max(from + count, 2 * x.length));
            y = Arrays.copyOf(y, x.length);
        }
        if (rings == ends.length) {
            ends = Arrays.copyOf(ends, 2 * rings);
            shells = Arrays.copyOf(shells, 2 * rings);
        }
        for (int i = 0; i < count; i++) {
            double longitude = positions.getX(i);
            double latitude = positions.getY(i);
            x[from + i] = longitude;
            y[from + i] = latitude;
            west = Math.min(west, longitude);
            east = Math.max(east, longitude);
            south = Math.min(south, latitude);
            north = Math.max(north, latitude);
        }
        ends[rings] = from + count;
        shells[rings] = isShell;
        rings++;
    }

    /** Returns how many positions there are in all rings. */
    int positions() {
        return ends[rings - 1];
    }

    /** Returns where the positions of a ring begin. */
    int start(int ring) {
        return ring == 0 ? 0 : ends[ring - 1];
    }
}
