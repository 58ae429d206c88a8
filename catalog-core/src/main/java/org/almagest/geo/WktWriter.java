package org.almagest.geo;

import org.almagest.internal.json.ShortestDecimal;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/** Writes WKT; see {@link Wkt#write}. */
final class WktWriter {
    private final StringBuilder out;
    private final boolean withZ;

    private WktWriter(StringBuilder out, boolean withZ) {
        this.out = out;
        this.withZ = withZ;
    }

    static String write(Geometry geometry) {
        StringBuilder out = new StringBuilder(64 + 24 * Math.min(geometry.getNumPoints(), 1 << 20));
        new WktWriter(out, WkbWriter.hasZ(geometry)).writeTagged(geometry);
        return out.toString();
    }

    private void writeTagged(Geometry geometry) {
        GeometryType type = GeometryType.ofText(GeometryChecks.typeName(geometry));
        if (type == null) {
            throw new IllegalArgumentException("unknown geometry type: " + geometry.getGeometryType());
        }
        out.append(type.keyword()).append(withZ ? " Z " : " ");
        writeBody(geometry, type);
    }

    private void writeBody(Geometry geometry, GeometryType type) {
        if (geometry.isEmpty()) {
            out.append("EMPTY");
            return;
        }
        switch (type) {
            case POINT -> writePositions(((Point) geometry).getCoordinateSequence());
            case LINE_STRING -> writePositions(((LineString) geometry).getCoordinateSequence());
            case POLYGON -> writePolygon((Polygon) geometry);
            default -> writeParts(geometry, type);
        }
    }

    private void writePolygon(Polygon polygon) {
        out.append('(');
        writePositions(polygon.getExteriorRing().getCoordinateSequence());
        for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
            out.append(", ");
            writePositions(polygon.getInteriorRingN(i).getCoordinateSequence());
        }
        out.append(')');
    }

    private void writeParts(Geometry geometry, GeometryType type) {
        GeometryType partType = type.partType();
        out.append('(');
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            out.append(i == 0 ? "" : ", ");
            if (partType == null) {
                writeTagged(geometry.getGeometryN(i));
            } else {
                writeBody(geometry.getGeometryN(i), partType);
            }
        }
        out.append(')');
    }

    private void writePositions(CoordinateSequence positions) {
        out.append('(');
        for (int i = 0; i < positions.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            ShortestDecimal.append(out, positions.getX(i));
            out.append(' ');
            ShortestDecimal.append(out, positions.getY(i));
            if (withZ) {
                out.append(' ');
                ShortestDecimal.append(out, positions.getZ(i));
            }
        }
        out.append(')');
    }
}
