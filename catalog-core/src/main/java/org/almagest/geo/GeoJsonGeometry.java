package org.almagest.geo;

import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.internal.geo.GeometryBudget;
import org.almagest.internal.geo.Place;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonValue;
import org.almagest.internal.json.ShortestDecimal;
import org.almagest.model.Limits;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/** The geometry objects of GeoJSON (RFC 7946): {@code {"type":"Point","coordinates":[-105,39.7]}}. Stateless. */
public final class GeoJsonGeometry {
    /** Values per position: the array, its numbers, and its share of rings and parts. */
    private static final int VALUES_PER_POSITION = 6;

    private GeoJsonGeometry() {}

    /**
     * Returns the geometry that {@code text} holds, checked as {@link GeometryChecks#check} does.
     *
     * <p>Other members than {@code type}, {@code coordinates} and {@code geometries} are ignored. {@code null} is
     * refused here: in a feature it means unset, which is the caller's to see.
     *
     * @throws InvalidRequestException if the text is not one geometry object, or it breaks a rule, with its position
     * @throws LimitExceededException if it has too many bytes or positions or is nested too deeply
     */
    public static Geometry read(String text, Limits limits) {
        JsonLimits within = readerLimits(limits);
        // Every array is a value, so that far too many positions are seen without building one.
        Limits.check("geometry: json: values", "geometryVerticesMax", Wkt.count(text, '['), within.valuesMax());
        JsonValue tree;
        try {
            tree = JsonReader.read(text, within);
        } catch (InvalidRequestException e) {
            throw e.within("geometry");
        } catch (LimitExceededException e) {
            throw e.within("geometry");
        }
        return read(tree, limits);
    }

    /**
     * Returns the geometry that a tree holds, as {@link #read(String, Limits)}; for parts of larger texts.
     *
     * <p>The tree's type is internal: only readers inside this library hold one.
     */
    @SuppressWarnings("exports")
    public static Geometry read(JsonValue tree, Limits limits) {
        return new GeoJsonReader(GeometryBudget.of(limits)).readGeometry(tree, Place.GEOMETRY);
    }

    private static JsonLimits readerLimits(Limits limits) {
        // A collection adds an object and an array; a polygon in it an object and four arrays.
        long depth = Math.min(1_000, 2 * limits.geometryDepthMax() + 8);
        long values = 1_000 + VALUES_PER_POSITION * limits.geometryVerticesMax();
        return new JsonLimits(
                limits.geometryBytesMax(),
                "geometryBytesMax",
                (int) depth,
                "geometryDepthMax",
                values,
                "geometryVerticesMax");
    }

    /** Returns the GeoJSON text without blanks, numbers with the fewest digits that read back the same. */
    public static String write(Geometry geometry) {
        StringBuilder out = new StringBuilder(64 + 24 * Math.min(geometry.getNumPoints(), 1 << 20));
        new Writer(out, WkbWriter.hasZ(geometry)).write(geometry);
        return out.toString();
    }

    /** Writes GeoJSON; see {@link #write}. */
    private static final class Writer {
        private final StringBuilder out;
        private final boolean withZ;

        Writer(StringBuilder out, boolean withZ) {
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
}
