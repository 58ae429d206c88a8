package org.almagest.geo;

import org.almagest.internal.json.ShortestDecimal;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/** Writes GeoJSON; see {@link GeoJsonGeometry#write}. */
final class GeoJsonWriter {
    private final StringBuilder out;
    private final boolean withZ;

    GeoJsonWriter(StringBuilder out, boolean withZ) {
        this.out = out;
        this.withZ = withZ;
    }

    void write(Geometry geometry) {
        GeometryType type = GeometryType.ofText(GeometryChecks.typeName(geometry));
        if (type == null) {
            throw new IllegalArgumentException("unknown geometry type: " + geometry.getGeometryType());
        }
        out.append("{\"type\":\"").append(type.text()).append("\",");
        if (type == GeometryType.GEOMETRY_COLLECTION) {
            out.append("\"geometries\":[");
            for (int i = 0; i < geometry.getNumGeometries(); i++) {
                out.append(i == 0 ? "" : ",");
                write(geometry.getGeometryN(i));
            }
            out.append("]}");
        } else {
            out.append("\"coordinates\":");
            writeCoordinates(geometry, type);
            out.append('}');
        }
    }

    private void writeCoordinates(Geometry geometry, GeometryType type) {
        if (geometry.isEmpty()) {
            out.append("[]");
            return;
        }
        switch (type) {
            case POINT -> writePosition(((Point) geometry).getCoordinateSequence(), 0);
            case LINE_STRING -> writePositions(((LineString) geometry).getCoordinateSequence());
            case POLYGON -> writePolygon((Polygon) geometry);
            default -> writeParts(geometry, type);
        }
    }

    private void writeParts(Geometry geometry, GeometryType type) {
        GeometryType partType = type.partType();
        assert partType != null : type;
        out.append('[');
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            out.append(i == 0 ? "" : ",");
            writeCoordinates(geometry.getGeometryN(i), partType);
        }
        out.append(']');
    }

    private void writePolygon(Polygon polygon) {
        out.append('[');
        writePositions(polygon.getExteriorRing().getCoordinateSequence());
        for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
            out.append(',');
            writePositions(polygon.getInteriorRingN(i).getCoordinateSequence());
        }
        out.append(']');
    }

    private void writePositions(CoordinateSequence positions) {
        out.append('[');
        for (int i = 0; i < positions.size(); i++) {
            out.append(i == 0 ? "" : ",");
            writePosition(positions, i);
        }
        out.append(']');
    }

    private void writePosition(CoordinateSequence positions, int i) {
        out.append('[');
        ShortestDecimal.append(out, positions.getX(i));
        out.append(',');
        ShortestDecimal.append(out, positions.getY(i));
        if (withZ) {
            out.append(',');
            ShortestDecimal.append(out, positions.getZ(i));
        }
        out.append(']');
    }
}
