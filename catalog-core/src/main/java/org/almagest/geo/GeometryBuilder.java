package org.almagest.geo;

import java.util.List;
import org.almagest.internal.geo.Place;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.impl.CoordinateArraySequence;

/** Turns positions that a reader has found into checked geometry objects; one per geometry read. */
final class GeometryBuilder {
    static final GeometryFactory FACTORY = new GeometryFactory();

    private static final CoordinateSequence NONE = new CoordinateArraySequence(0);

    private final PositionChecks checks = new PositionChecks();

    Point point(@Nullable CoordinateSequence position, Place place) {
        if (position == null) {
            return FACTORY.createPoint();
        }
        checks.checkPoint(position, place);
        return FACTORY.createPoint(position);
    }

    LineString line(CoordinateSequence positions, Place place) {
        checks.checkLine(positions, place);
        return FACTORY.createLineString(positions);
    }

    /** Returns the polygon of these rings, the shell first; no rings, or one without positions, is EMPTY. */
    Polygon polygon(List<CoordinateSequence> rings, Place place) {
        if (rings.isEmpty() || rings.size() == 1 && rings.get(0).size() == 0) {
            return FACTORY.createPolygon(NONE);
        }
        LinearRing[] checked = new LinearRing[rings.size()];
        for (int i = 0; i < checked.length; i++) {
            checks.checkRing(rings.get(i), place.at("ring", i));
            checked[i] = FACTORY.createLinearRing(rings.get(i));
        }
        LinearRing[] holes = new LinearRing[checked.length - 1];
        System.arraycopy(checked, 1, holes, 0, holes.length);
        return FACTORY.createPolygon(checked[0], holes);
    }

    Geometry collection(GeometryType type, List<Geometry> parts, Place place) {
        PositionChecks.checkParts(parts, type.partWord(), place);
        return switch (type) {
            case MULTI_POINT -> FACTORY.createMultiPoint(parts.toArray(new Point[0]));
            case MULTI_LINE_STRING -> FACTORY.createMultiLineString(parts.toArray(new LineString[0]));
            case MULTI_POLYGON -> FACTORY.createMultiPolygon(parts.toArray(new Polygon[0]));
            default -> FACTORY.createGeometryCollection(parts.toArray(new Geometry[0]));
        };
    }
}
