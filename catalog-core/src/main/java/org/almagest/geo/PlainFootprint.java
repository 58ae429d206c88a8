package org.almagest.geo;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.almagest.internal.geo.SimpleRing;
import org.almagest.model.Limits;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/**
 * The footprint of a point, or of a polygon with one ring that needs neither cut nor repair.
 *
 * <p>That is what most rows have; it is looked at in one pass and without objects. For one thread.
 *
 * <p>What it takes passes {@link GeometryChecks#check}, is its own cut form under every rule, and has the bytes and the
 * index box that {@link Wkb} and {@link Footprint} would find. What it does not take may be as good: then those tell.
 */
public final class PlainFootprint {
    private static final int POSITIONS_MAX = 4096;
    private static final int POINT_BYTES = 1 + Integer.BYTES + 2 * Double.BYTES;
    private static final int RING_OFFSET = 1 + 3 * Integer.BYTES;
    private static final int POSITION_BYTES = 2 * Double.BYTES;
    private static final int SIDES = 4;

    /** Longitudes beyond lie on the antimeridian, or so close to it that they may have to be moved there. */
    private static final double UNMOVED_MAX = Seam.LONGITUDE - 2 * Seam.SNAP;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    private final int positionsMax;
    private final IndexBox.Bulges latitudes = new IndexBox.Bulges();
    private double[] x = new double[SimpleRing.POSITIONS_MAX];
    private double[] y = new double[SimpleRing.POSITIONS_MAX];
    private int count;
    private boolean polygon;
    private double west;
    private double east;
    private double south;
    private double north;

    /** Creates one that takes what is within the limits. */
    public PlainFootprint(Limits limits) {
        long byBytes = (limits.geometryBytesMax() - RING_OFFSET) / POSITION_BYTES;
        this.positionsMax = (int) Math.max(0, Math.min(POSITIONS_MAX, Math.min(byBytes, limits.geometryVerticesMax())));
    }

    /** Looks at a geometry; returns false where it is none of this kind, or may break a rule. */
    public boolean take(Geometry geometry) {
        count = 0;
        if (geometry.isEmpty()) {
            return false;
        }
        if (geometry instanceof Point) {
            polygon = false;
            return takePositions(((Point) geometry).getCoordinateSequence());
        }
        polygon = true;
        return geometry instanceof Polygon
                && ((Polygon) geometry).getNumInteriorRing() == 0
                && takePositions(((Polygon) geometry).getExteriorRing().getCoordinateSequence())
                && count >= PositionChecks.RING_POSITIONS_MIN
                && x[0] == x[count - 1]
                && y[0] == y[count - 1]
                && east - west <= Seam.LONGITUDE;
    }

    private boolean takePositions(CoordinateSequence positions) {
        int size = positions.size();
        if (size > positionsMax || positions.hasM()) {
            return false;
        }
        if (size > x.length) {
            x = Arrays.copyOf(x, size);
            y = Arrays.copyOf(y, size);
        }
        boolean heights = positions.hasZ();
        begin(positions.getX(0), positions.getY(0));
        double before = west;
        for (int i = 0; i < size; i++) {
            double longitude = positions.getX(i);
            double latitude = positions.getY(i);
            // Written so that NaN fails too.
            boolean unmoved = Math.abs(longitude) <= UNMOVED_MAX || Math.abs(longitude) == Seam.LONGITUDE;
            if (!unmoved
                    || !(Math.abs(latitude) <= PositionChecks.LATITUDE_MAX)
                    || Math.abs(longitude - before) >= Seam.LONGITUDE
                    || heights && !Double.isNaN(positions.getZ(i))) {
                return false;
            }
            x[i] = longitude;
            y[i] = latitude;
            west = longitude < west ? longitude : west;
            east = longitude > east ? longitude : east;
            south = latitude < south ? latitude : south;
            north = latitude > north ? latitude : north;
            before = longitude;
        }
        count = size;
        return true;
    }

    private void begin(double longitude, double latitude) {
        west = longitude;
        east = longitude;
        south = latitude;
        north = latitude;
    }

    /** Tells whether it is a polygon, not a point. */
    public boolean isPolygon() {
        return polygon;
    }

    /** Tells whether it is valid at a glance; false says nothing. */
    public boolean isSurelyValid() {
        return !polygon || SimpleRing.isSurely(x, y, count);
    }

    /** Returns how many bytes {@link #putWkb} writes. */
    public int wkbBytes() {
        return polygon ? RING_OFFSET + count * POSITION_BYTES : POINT_BYTES;
    }

    /** Writes what {@link Wkb#write} returns. */
    public void putWkb(byte[] out, int offset) {
        out[offset] = 1; // little-endian
        int at = offset + 1;
        INT.set(out, at, polygon ? GeometryType.POLYGON.code() : GeometryType.POINT.code());
        at += Integer.BYTES;
        if (polygon) {
            INT.set(out, at, 1);
            INT.set(out, at + Integer.BYTES, count);
            at += 2 * Integer.BYTES;
        }
        for (int i = 0; i < count; i++) {
            DOUBLE.set(out, at, x[i] + 0.0); // -0.0 + 0.0 is 0.0
            DOUBLE.set(out, at + Double.BYTES, y[i] + 0.0);
            at += POSITION_BYTES;
        }
    }

    /** Writes the sides of {@link Footprint#indexBox}: west, south, east, north. */
    public void putIndexBox(float[] out, int offset) {
        latitudes.begin(south, north);
        for (int i = 1; i < count; i++) {
            double width = Math.abs(x[i] - x[i - 1]);
            if (width > 0) {
                latitudes.add(y[i - 1], y[i], width);
            }
        }
        assert offset + SIDES <= out.length : offset;
        out[offset] = IndexBox.down(west) + 0.0F;
        out[offset + 1] = IndexBox.down(Math.max(latitudes.south(), -90)) + 0.0F;
        out[offset + 2] = IndexBox.up(east) + 0.0F;
        out[offset + 3] = IndexBox.up(Math.min(latitudes.north(), 90)) + 0.0F;
    }
}
