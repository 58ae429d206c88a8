package org.almagest.geo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/** Writes canonical WKB; see {@link Wkb#write}. */
final class WkbWriter {
    private static final int HEADER_BYTES = 1 + Integer.BYTES;
    private static final int ISO_Z = 1000;
    private static final byte LITTLE_ENDIAN = 1;

    private final ByteBuffer out;
    private final int dimensions;

    private WkbWriter(ByteBuffer out, int dimensions) {
        this.out = out;
        this.dimensions = dimensions;
    }

    static byte[] write(Geometry geometry) {
        int dimensions = hasZ(geometry) ? 3 : 2;
        byte[] bytes = new byte[size(geometry, dimensions)];
        WkbWriter writer = new WkbWriter(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), dimensions);
        writer.writeGeometry(geometry);
        assert !writer.out.hasRemaining() : writer.out;
        return bytes;
    }

    /** All positions have a z or none has one, so the first one decides. */
    static boolean hasZ(Geometry geometry) {
        if (geometry.isEmpty()) {
            return false;
        }
        Geometry first = geometry;
        while (first.getNumGeometries() > 1 || first.getGeometryN(0) != first) {
            first = first.getGeometryN(0);
        }
        CoordinateSequence positions = first instanceof Polygon
                ? ((Polygon) first).getExteriorRing().getCoordinateSequence()
                : positions(first);
        return positions.hasZ() && !Double.isNaN(positions.getZ(0));
    }

    private static CoordinateSequence positions(Geometry geometry) {
        return geometry instanceof Point
                ? ((Point) geometry).getCoordinateSequence()
                : ((LineString) geometry).getCoordinateSequence();
    }

    private static int size(Geometry geometry, int dimensions) {
        int positionBytes = dimensions * Double.BYTES;
        if (geometry instanceof Point) {
            return HEADER_BYTES + positionBytes;
        }
        int size = HEADER_BYTES + Integer.BYTES;
        if (geometry instanceof LineString) {
            return Math.addExact(size, Math.multiplyExact(geometry.getNumPoints(), positionBytes));
        }
        if (geometry instanceof Polygon) {
            int rings = geometry.isEmpty() ? 0 : 1 + ((Polygon) geometry).getNumInteriorRing();
            int positions = Math.multiplyExact(geometry.getNumPoints(), positionBytes);
            return Math.addExact(size + rings * Integer.BYTES, positions);
        }
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            size = Math.addExact(size, size(geometry.getGeometryN(i), dimensions));
        }
        return size;
    }

    private void writeGeometry(Geometry geometry) {
        GeometryType type = GeometryType.ofText(GeometryChecks.typeName(geometry));
        if (type == null) {
            throw new IllegalArgumentException("unknown geometry type: " + geometry.getGeometryType());
        }
        out.put(LITTLE_ENDIAN).putInt(dimensions == 3 ? ISO_Z + type.code() : type.code());
        if (type == GeometryType.POINT) {
            writePoint((Point) geometry);
        } else if (type == GeometryType.LINE_STRING) {
            writePositions(((LineString) geometry).getCoordinateSequence());
        } else if (type == GeometryType.POLYGON) {
            writePolygon((Polygon) geometry);
        } else {
            out.putInt(geometry.getNumGeometries());
            for (int i = 0; i < geometry.getNumGeometries(); i++) {
                writeGeometry(geometry.getGeometryN(i));
            }
        }
    }

    private void writePoint(Point point) {
        if (point.isEmpty()) {
            for (int i = 0; i < dimensions; i++) {
                out.putDouble(Double.NaN);
            }
        } else {
            writePosition(point.getCoordinateSequence(), 0);
        }
    }

    private void writePolygon(Polygon polygon) {
        if (polygon.isEmpty()) {
            out.putInt(0);
            return;
        }
        out.putInt(1 + polygon.getNumInteriorRing());
        writePositions(polygon.getExteriorRing().getCoordinateSequence());
        for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
            writePositions(polygon.getInteriorRingN(i).getCoordinateSequence());
        }
    }

    private void writePositions(CoordinateSequence positions) {
        out.putInt(positions.size());
        for (int i = 0; i < positions.size(); i++) {
            writePosition(positions, i);
        }
    }

    private void writePosition(CoordinateSequence positions, int i) {
        out.putDouble(positions.getX(i) + 0.0); // -0.0 + 0.0 is 0.0
        out.putDouble(positions.getY(i) + 0.0);
        if (dimensions == 3) {
            out.putDouble(positions.getZ(i) + 0.0);
        }
    }
}
