package org.almagest.geo;

import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.internal.geo.GeometryBudget;
import org.almagest.internal.json.ShortestDecimal;
import org.almagest.model.Limits;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/** Well-known text: {@code POLYGON ((-150.753244 74.250081, …))}, longitude first. Stateless. */
public final class Wkt {
    private Wkt() {}

    /**
     * Returns the geometry that {@code text} holds, checked as {@link GeometryChecks#check} does.
     *
     * <p>Case does not matter; a third number is a z with or without the word; {@code SRID=4326;} may come first.
     *
     * @throws InvalidRequestException if the text is not one whole geometry, or it breaks a rule, with its position
     * @throws LimitExceededException if it has too many characters or positions or is nested too deeply
     */
    public static Geometry read(String text, Limits limits) {
        GeometryBudget.checkBytes(text.length(), limits);
        // A comma stands between any two positions, so that too many are seen without building one.
        Limits.check("geometry: positions", "geometryVerticesMax", 1 + count(text, ','), limits.geometryVerticesMax());
        return new WktReader(text, GeometryBudget.of(limits)).readAll();
    }

    static long count(String text, char c) {
        long count = 0;
        for (int i = text.indexOf(c); i >= 0; i = text.indexOf(c, i + 1)) {
            count++;
        }
        return count;
    }

    /** Returns the text of a geometry, numbers with the fewest digits that read back the same. */
    public static String write(Geometry geometry) {
        return Writer.write(geometry);
    }

    /** Writes WKT; see {@link #write}. */
    private static final class Writer {
        private final StringBuilder out;
        private final boolean withZ;

        private Writer(StringBuilder out, boolean withZ) {
            this.out = out;
            this.withZ = withZ;
        }

        static String write(Geometry geometry) {
            StringBuilder out = new StringBuilder(64 + 24 * Math.min(geometry.getNumPoints(), 1 << 20));
            new Writer(out, WkbWriter.hasZ(geometry)).writeTagged(geometry);
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
}
