package org.almagest.geo;

import java.util.ArrayList;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.internal.geo.EdgeMeetings;
import org.almagest.internal.geo.SimpleRing;
import org.almagest.model.GeometryValidity;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.TopologyException;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;

/** Finds out whether polygons are valid and repairs those that are not, both in bounded time. */
final class PolygonRepair {
    /** For polygons known to be valid. */
    static final PolygonRepair NONE = new PolygonRepair(-1, GeometryValidity.REPAIR_INDEX_FORM);

    /** Meetings of edges up to which a polygon is repaired; at the bound that takes well under a second. */
    private static final long REPAIRABLE_MEETINGS_MAX = 1_000;

    /** Positions up to which the exact check is quick whatever the shape. */
    private static final int UNGUARDED_POSITIONS_MAX = 500;

    private final long exactVerticesMax;
    private final GeometryValidity validity;

    PolygonRepair(long exactVerticesMax, GeometryValidity validity) {
        this.exactVerticesMax = exactVerticesMax;
        this.validity = validity;
    }

    PolygonRepair treating(GeometryValidity newValidity) {
        return new PolygonRepair(exactVerticesMax, newValidity);
    }

    /** What came out: geometries of any type without nesting, and flags of {@link Footprint}. */
    record Result(List<Geometry> parts, int flags) {}

    /**
     * Checks the polygons of one geometry together.
     *
     * @param suspect that the original is known to be invalid, whatever the pieces are
     */
    Result check(List<Geometry> polygons, boolean suspect) {
        if (exactVerticesMax < 0 || !suspect && surelyValid(polygons)) {
            return new Result(polygons, 0);
        }
        if (polygons.isEmpty() && validity == GeometryValidity.STRICT) {
            throw refused(null);
        }
        if (polygons.isEmpty()) {
            return new Result(polygons, Footprint.FLAG_REPAIRED);
        }
        long positions = 0;
        for (Geometry polygon : polygons) {
            positions += polygon.getNumPoints();
        }
        if (positions > exactVerticesMax) {
            if (validity == GeometryValidity.STRICT) {
                throw new LimitExceededException(
                        "geometry: positions of a polygon whose validity is to be checked",
                        "geometryExactVerticesMax",
                        positions,
                        exactVerticesMax);
            }
            return new Result(polygons, Footprint.FLAG_UNCHECKED);
        }
        Geometry whole = GeometryBuilder.FACTORY.buildGeometry(polygons);
        if (positions > UNGUARDED_POSITIONS_MAX
                && EdgeMeetings.pairsWithin(whole).tooManyPairs()) {
            if (validity == GeometryValidity.STRICT) {
                throw new InvalidRequestException(
                        "geometry", "polygon too intricate to be checked: too many edges close to each other");
            }
            return new Result(polygons, Footprint.FLAG_UNCHECKED);
        }
        TopologyValidationError error = errorOf(whole);
        if (error == null && !suspect) {
            return new Result(polygons, 0);
        }
        if (validity == GeometryValidity.STRICT) {
            throw refused(error);
        }
        return repaired(whole, polygons);
    }

    private static InvalidRequestException refused(@Nullable TopologyValidationError error) {
        if (error == null) {
            return new InvalidRequestException(
                    "geometry", "invalid polygon: no area, or more than one turn around the axis");
        }
        Coordinate at = error.getCoordinate();
        return new InvalidRequestException(
                "geometry",
                "invalid polygon: " + error.getMessage() + (at == null ? "" : " at (" + at.x + ", " + at.y + ")"));
    }

    private static @Nullable TopologyValidationError errorOf(Geometry geometry) {
        return new IsValidOp(geometry).getValidationError();
    }

    private static Result repaired(Geometry whole, List<Geometry> polygons) {
        EdgeMeetings meetings = EdgeMeetings.within(whole, REPAIRABLE_MEETINGS_MAX);
        if (meetings.tooManyPairs() || meetings.tooManyMeetings()) {
            return new Result(polygons, Footprint.FLAG_UNCHECKED);
        }
        Geometry fixed = fix(whole, false);
        if (fixed == null || fixed.isEmpty()) {
            fixed = fix(whole, true); // without area: its outline stands for it
        }
        if (fixed == null || fixed.isEmpty()) {
            return new Result(polygons, Footprint.FLAG_UNCHECKED);
        }
        List<Geometry> parts = new ArrayList<>(fixed.getNumGeometries());
        for (int i = 0; i < fixed.getNumGeometries(); i++) {
            parts.add(fixed.getGeometryN(i));
        }
        return new Result(parts, Footprint.FLAG_REPAIRED | Footprint.FLAG_DIFFERS);
    }

    private static @Nullable Geometry fix(Geometry geometry, boolean keepCollapsed) {
        try {
            GeometryFixer fixer = new GeometryFixer(geometry);
            fixer.setKeepCollapsed(keepCollapsed);
            fixer.setKeepMulti(false);
            return fixer.getResult();
        } catch (TopologyException | IllegalArgumentException e) {
            return null;
        }
    }

    /** Tells whether polygons are valid at a glance, each alone and none near another; false says nothing. */
    private static boolean surelyValid(List<Geometry> polygons) {
        if (polygons.isEmpty() || polygons.size() > 4) {
            return false;
        }
        for (int i = 0; i < polygons.size(); i++) {
            if (!surelyValid((Polygon) polygons.get(i))) {
                return false;
            }
            for (int j = 0; j < i; j++) {
                if (polygons.get(i)
                        .getEnvelopeInternal()
                        .intersects(polygons.get(j).getEnvelopeInternal())) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean surelyValid(Polygon polygon) {
        return polygon.getNumInteriorRing() == 0
                && surelyValid(polygon.getExteriorRing().getCoordinateSequence());
    }

    /** Tells whether one ring is valid whatever is around it; false says nothing. */
    private static boolean surelyValid(CoordinateSequence ring) {
        int size = ring.size();
        double[] x = new double[size];
        double[] y = new double[size];
        for (int i = 0; i < size; i++) {
            x[i] = ring.getX(i);
            y[i] = ring.getY(i);
        }
        return SimpleRing.isSurely(x, y, size);
    }
}
