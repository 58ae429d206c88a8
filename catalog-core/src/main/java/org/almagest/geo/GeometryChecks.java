package org.almagest.geo;

import java.util.ArrayList;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.internal.geo.GeometryBudget;
import org.almagest.internal.geo.Place;
import org.almagest.model.Limits;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.MultiLineString;
import org.locationtech.jts.geom.MultiPoint;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/** What every geometry must hold before it is stored or asked with, however it came in. Stateless. */
public final class GeometryChecks {
    private GeometryChecks() {}

    /**
     * Checks a geometry made elsewhere; what {@link Wkb}, {@link Wkt} and {@link GeoJsonGeometry} return has passed.
     *
     * <p>Longitudes may reach ±360, latitudes ±90; rings are closed and have four positions or more; all positions have
     * a finite z or none has one; none has a measure; no part of a geometry that is not empty is empty.
     *
     * @throws InvalidRequestException naming the position: {@code geometry: ring 0: position 3: latitude 95.0 (at most
     *     90)}
     * @throws LimitExceededException if it has too many positions or is nested too deeply
     */
    public static void check(Geometry geometry, Limits limits) {
        GeometryBudget budget = GeometryBudget.of(limits);
        count(geometry, budget);
        check(geometry, Place.GEOMETRY, new PositionChecks());
    }

    /** Tells whether a geometry counts as unset: EMPTY, or a collection of nothing but empty geometries. */
    public static boolean isUnset(Geometry geometry) {
        return geometry.isEmpty();
    }

    /** Returns the type as GeoJSON names it, one of seven: a linear ring is a {@code LineString}. */
    public static String typeName(Geometry geometry) {
        return geometry instanceof LineString ? Geometry.TYPENAME_LINESTRING : geometry.getGeometryType();
    }

    /** Counts before anything else touches the geometry: JTS recurses without a bound. */
    private static void count(Geometry geometry, GeometryBudget budget) {
        if (!(geometry instanceof GeometryCollection)) {
            budget.addPositions(geometry.getNumPoints());
            return;
        }
        boolean nests = !isMulti(geometry);
        if (nests) {
            budget.enterCollection();
        }
        budget.addParts(geometry.getNumGeometries());
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            count(geometry.getGeometryN(i), budget);
        }
        if (nests) {
            budget.leaveCollection();
        }
    }

    private static void check(Geometry geometry, Place place, PositionChecks checks) {
        if (geometry instanceof Point) {
            checks.checkPoint(((Point) geometry).getCoordinateSequence(), place);
        } else if (geometry instanceof LineString) {
            checks.checkLine(((LineString) geometry).getCoordinateSequence(), place);
        } else if (geometry instanceof Polygon) {
            checkPolygon((Polygon) geometry, place, checks);
        } else if (geometry instanceof GeometryCollection) {
            String word = partWord(geometry);
            List<Geometry> parts = new ArrayList<>(geometry.getNumGeometries());
            for (int i = 0; i < geometry.getNumGeometries(); i++) {
                parts.add(geometry.getGeometryN(i));
            }
            PositionChecks.checkParts(parts, word, place);
            for (int i = 0; i < parts.size(); i++) {
                check(parts.get(i), place.at(word, i), checks);
            }
        } else {
            throw place.refused("unknown geometry type: " + geometry.getGeometryType());
        }
    }

    private static void checkPolygon(Polygon polygon, Place place, PositionChecks checks) {
        if (polygon.isEmpty()) {
            return;
        }
        checks.checkRing(polygon.getExteriorRing().getCoordinateSequence(), place.at("ring", 0));
        for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
            checks.checkRing(polygon.getInteriorRingN(i).getCoordinateSequence(), place.at("ring", i + 1));
        }
    }

    static boolean isMulti(Geometry geometry) {
        return geometry instanceof MultiPoint
                || geometry instanceof MultiLineString
                || geometry instanceof MultiPolygon;
    }

    /** Returns what messages call a part of this geometry. */
    static String partWord(Geometry geometry) {
        if (geometry instanceof MultiPoint) {
            return "point";
        }
        if (geometry instanceof MultiLineString) {
            return "line";
        }
        return geometry instanceof MultiPolygon ? "polygon" : "part";
    }
}
