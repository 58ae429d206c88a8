package org.almagest.internal.geo;

import java.util.Arrays;
import org.locationtech.jts.algorithm.CGAlgorithmsDD;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/**
 * The rings of polygons, or one point, as plain arrays, to be filled again and again; for one thread.
 *
 * <p>Readers of stored rows fill it without making a geometry: {@link #clear()}, then {@link #shell} and {@link #hole}
 * for each ring, or {@link #point} alone.
 */
public final class Outline {
    /** Positions up to which looking at all edges costs less than a tree of them. */
    public static final int POSITIONS_MAX = 512;

    /** A ring has three corners and ends where it began. */
    private static final int RING_POSITIONS_MIN = 4;

    private static final int CAPACITY_MIN = 64;
    private static final double HALF_TURN = 180;
    private static final double TURN = 360;

    /** Square degrees that a half has at least; of smaller ones some are left out as slivers. */
    private static final double PIECE_AREA_MIN = 1e-9;

    /** Degrees within which rounding may decide on which side of an edge something is. */
    private static final double DOUBT = 1e-11;

    /** Longitude and latitude of all positions, ring after ring; each ring ends where it began. */
    double[] x = new double[CAPACITY_MIN];

    double[] y = new double[CAPACITY_MIN];

    /** By ring, the index after its last position. */
    int[] ends = new int[4];

    /** By ring, whether it is the shell of a polygon, and no hole; the holes of a polygon follow its shell. */
    boolean[] shells = new boolean[4];

    /** None where the outline is a point. */
    int rings;

    /** The longitudes before {@link #unwrap} or {@link #turn}. */
    private double[] given = {};

    private boolean crosses;
    private boolean doubtful;

    double west;
    double south;
    double east;
    double north;

    /** Creates one without positions. */
    public Outline() {
        clear();
    }

    /** Drops all rings. */
    public void clear() {
        crosses = false;
        doubtful = false;
        rings = 0;
        west = Double.POSITIVE_INFINITY;
        south = Double.POSITIVE_INFINITY;
        east = Double.NEGATIVE_INFINITY;
        north = Double.NEGATIVE_INFINITY;
    }

    /** Makes it a single point. */
    public void point(double longitude, double latitude) {
        clear();
        x[0] = longitude;
        y[0] = latitude;
        extend(longitude, latitude);
    }

    /**
     * Adds the outer ring of a polygon; false where the positions are no ring, or too many.
     *
     * @param ordinates longitude, latitude and perhaps z of position after position
     * @param from the index of the first longitude
     * @param positions how many there are
     * @param stride how many ordinates a position has
     */
    public boolean shell(double[] ordinates, int from, int positions, int stride) {
        return ring(ordinates, from, positions, stride) && end(positions, true);
    }

    /** Adds a hole of the polygon whose outer ring was added last, as {@link #shell} does. */
    public boolean hole(double[] ordinates, int from, int positions, int stride) {
        return ring(ordinates, from, positions, stride) && end(positions, false);
    }

    private boolean ring(double[] ordinates, int from, int positions, int stride) {
        int last = from + (positions - 1) * stride;
        if (positions < RING_POSITIONS_MIN
                || positions > POSITIONS_MAX - positions()
                || ordinates[from] != ordinates[last]
                || ordinates[from + 1] != ordinates[last + 1]) {
            return false;
        }
        int to = ensure(positions);
        for (int at = from; at <= last; at += stride, to++) {
            x[to] = ordinates[at];
            y[to] = ordinates[at + 1];
            extend(ordinates[at], ordinates[at + 1]);
        }
        return true;
    }

    private boolean end(int positions, boolean isShell) {
        if (rings == ends.length) {
            ends = Arrays.copyOf(ends, 2 * rings);
            shells = Arrays.copyOf(shells, 2 * rings);
        }
        ends[rings] = positions() + positions;
        shells[rings] = isShell;
        rings++;
        return true;
    }

    /** Makes room for more positions and returns where they begin. */
    private int ensure(int more) {
        int from = positions();
        if (x.length < from + more) {
            x = Arrays.copyOf(x, Math.max(from + more, 2 * x.length));
            y = Arrays.copyOf(y, x.length);
        }
        return from;
    }

    /** Says that it is a polygon which lies on both sides of the antimeridian and around no pole. */
    public void markCrossing() {
        crosses = true;
    }

    /** Tells whether it was said to cross the antimeridian. */
    public boolean crosses() {
        return crosses;
    }

    /** Tells whether it is a point, or empty. */
    public boolean isPoint() {
        return rings == 0;
    }

    /** Tells whether it has one outer ring. */
    public boolean isOnePolygon() {
        for (int ring = 1; ring < rings; ring++) {
            if (shells[ring]) {
                return false;
            }
        }
        return rings > 0;
    }

    /** Keeps the longitudes, so that {@link #turn} can move them to more than one place. */
    public void keep() {
        int count = positions();
        if (given.length < count) {
            given = new double[x.length];
        }
        System.arraycopy(x, 0, given, 0, count);
    }

    /** Moves the longitudes that were kept by some degrees to the east. */
    public void turn(double degrees) {
        int count = positions();
        for (int i = 0; i < count; i++) {
            x[i] = given[i] + degrees;
        }
        findSides(count);
    }

    /**
     * Moves what lies west of the prime meridian a turn to the east, where a polygon across the antimeridian is in one
     * piece.
     *
     * <p>That is only done where the piece surely has the positions that the two halves have which are stored for it: one
     * simple ring that passes the antimeridian twice and lies on it nowhere else, of which each side has a clear part, and
     * which is moved without rounding.
     *
     * @param snap how close to the antimeridian a longitude is taken to lie on it
     * @return false where it was not done
     */
    public boolean unwrap(double snap) {
        if (rings != 1) {
            return false;
        }
        keep();
        int count = positions();
        int passages = 0;
        for (int i = 0; i < count; i++) {
            x[i] = given[i] < 0 ? given[i] + TURN : given[i];
            if (HALF_TURN - Math.abs(given[i]) <= snap
                    || x[i] - TURN + TURN != x[i]
                    || given[i] < 0 && x[i] - TURN != given[i]
                    || i > 0 && Math.abs(x[i] - x[i - 1]) >= HALF_TURN) {
                return false;
            }
            passages += i > 0 && x[i] > HALF_TURN != x[i - 1] > HALF_TURN ? 1 : 0;
        }
        findSides(count);
        double beyond = SimpleRing.areaEastOf(HALF_TURN, x, y, count);
        double whole = SimpleRing.areaEastOf(west, x, y, count);
        return passages == 2
                && beyond > PIECE_AREA_MIN
                && whole - beyond > PIECE_AREA_MIN
                && SimpleRing.isSurely(x, y, count);
    }

    /**
     * Tells whether a position was so close to an edge of a polygon across the antimeridian that its halves, whose corners
     * there are rounded, may lie on another side of it; since it was last asked.
     */
    public boolean takeDoubt() {
        boolean was = doubtful;
        doubtful = false;
        return was;
    }

    /** Moves what was unwrapped a turn to the west; longitudes that were given there are again what they were. */
    public void turnWest() {
        int count = positions();
        for (int i = 0; i < count; i++) {
            x[i] = given[i] < 0 ? given[i] : given[i] - TURN;
        }
        findSides(count);
    }

    private void findSides(int count) {
        west = Double.POSITIVE_INFINITY;
        east = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            west = Math.min(west, x[i]);
            east = Math.max(east, x[i]);
        }
    }

    private void extend(double longitude, double latitude) {
        west = Math.min(west, longitude);
        east = Math.max(east, longitude);
        south = Math.min(south, latitude);
        north = Math.max(north, latitude);
    }

    /** Takes the rings of a geometry; false where it is not made of polygons alone, or is empty. */
    boolean set(Geometry geometry) {
        clear();
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
        int from = ensure(count);
        for (int i = 0; i < count; i++) {
            x[from + i] = positions.getX(i);
            y[from + i] = positions.getY(i);
            extend(x[from + i], y[from + i]);
        }
        end(count, isShell);
    }

    /** Tells whether a longitude lies on the antimeridian, or beyond it. */
    public boolean reachesLongitude(double degrees) {
        return reachesWest(degrees) || reachesEast(degrees);
    }

    /** Tells whether it lies on the antimeridian as seen from the east. */
    public boolean reachesWest(double degrees) {
        return west <= -degrees;
    }

    /** Tells whether it lies on the antimeridian as seen from the west. */
    public boolean reachesEast(double degrees) {
        return east >= degrees;
    }

    /** Returns how many positions there are in all rings. */
    int positions() {
        return rings == 0 ? 0 : ends[rings - 1];
    }

    /** Returns where the positions of a ring begin. */
    int start(int ring) {
        return ring == 0 ? 0 : ends[ring - 1];
    }

    /**
     * Tells whether a position lies in the polygons or on their boundary, by the crossings of a ray to the east.
     *
     * <p>Each polygon decides alone: those of a collection may overlap, and inside of two is not outside.
     */
    boolean contains(double px, double py) {
        if (px < west || px > east || py < south || py > north) {
            return false;
        }
        boolean inside = false;
        int from = 0;
        for (int ring = 0; ring < rings; ring++) {
            if (inside && shells[ring]) {
                return true;
            }
            int end = ends[ring];
            for (int i = from + 1; i < end; i++) {
                double y0 = y[i - 1];
                double y1 = y[i];
                if (y0 > py == y1 > py) {
                    if ((y0 == py || y1 == py) && touches(i, px, py)) {
                        return true;
                    }
                    continue;
                }
                double x0 = x[i - 1];
                double x1 = x[i];
                if (x0 < px && x1 < px) {
                    continue;
                }
                if (x0 > px && x1 > px) {
                    inside = !inside;
                    continue;
                }
                int side = side(i - 1, px, py);
                if (side == 0) {
                    return true;
                }
                inside ^= side > 0 == y1 > y0;
            }
            from = end;
        }
        return inside;
    }

    /** Tells whether a position lies on an edge that does not cross its parallel; one end of the edge is on it. */
    private boolean touches(int end, double px, double py) {
        double x0 = x[end - 1];
        double x1 = x[end];
        if (y[end - 1] == y[end]) {
            return Math.min(x0, x1) <= px && px <= Math.max(x0, x1);
        }
        return y[end - 1] == py ? x0 == px : x1 == px;
    }

    /** Returns on which side of the edge that begins at a position another one lies: 1 left, -1 right, 0 on its line. */
    int side(int i, double px, double py) {
        if (crosses) {
            double dx = x[i + 1] - x[i];
            double dy = y[i + 1] - y[i];
            double area = dx * (py - y[i]) - dy * (px - x[i]);
            doubtful |= Math.abs(area) <= DOUBT * (Math.abs(dx) + Math.abs(dy));
        }
        return CGAlgorithmsDD.orientationIndex(x[i], y[i], x[i + 1], y[i + 1], px, py);
    }
}
