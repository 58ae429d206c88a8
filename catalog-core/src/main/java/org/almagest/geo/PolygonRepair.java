package org.almagest.geo;

import java.util.ArrayList;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.model.GeometryValidity;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.LineIntersector;
import org.locationtech.jts.algorithm.RobustLineIntersector;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.TopologyException;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.geom.util.LinearComponentExtracter;
import org.locationtech.jts.noding.BasicSegmentString;
import org.locationtech.jts.noding.MCIndexNoder;
import org.locationtech.jts.noding.SegmentIntersector;
import org.locationtech.jts.noding.SegmentString;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;

/** Finds out whether polygons are valid and repairs those that are not, both in bounded time. */
final class PolygonRepair {
    /** For polygons known to be valid. */
    static final PolygonRepair NONE = new PolygonRepair(-1, GeometryValidity.REPAIR_INDEX_FORM);

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
        if (polygons.size() == 1 && isStrictlyConvex((Polygon) polygons.get(0)) && !suspect || exactVerticesMax < 0) {
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
        if (SelfIntersections.exceed(whole, SelfIntersections.REPAIR_MAX)) {
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

    /** Tells whether a polygon is surely valid at a glance: no holes, and every corner turns clearly the same way. */
    private static boolean isStrictlyConvex(Polygon polygon) {
        if (polygon.getNumInteriorRing() > 0) {
            return false;
        }
        CoordinateSequence ring = polygon.getExteriorRing().getCoordinateSequence();
        int size = ring.size() - 1;
        int side = 0;
        int quadrants = 0;
        double previousX = ring.getX(0) - ring.getX(size - 1);
        double previousY = ring.getY(0) - ring.getY(size - 1);
        for (int i = 0; i < size; i++) {
            double x = ring.getX(i + 1) - ring.getX(i);
            double y = ring.getY(i + 1) - ring.getY(i);
            double cross = previousX * y - previousY * x;
            // Clear means: more than what rounding can fake, which leaves doubtful corners to the exact check.
            int turn = Math.abs(cross) > 1e-12 * (Math.abs(previousX * y) + Math.abs(previousY * x))
                    ? (int) Math.signum(cross)
                    : 0;
            if (turn == 0 || side != 0 && turn != side) {
                return false;
            }
            side = turn;
            quadrants += (side * (quadrantOf(x, y) - quadrantOf(previousX, previousY))) & 3;
            previousX = x;
            previousY = y;
        }
        // Directions pass the four quadrants once around a convex ring; around a star they pass them again.
        return quadrants == 4;
    }

    private static int quadrantOf(double x, double y) {
        if (y > 0 || y == 0 && x > 0) {
            return x > 0 ? 0 : 1;
        }
        return x < 0 ? 2 : 3;
    }

    /** Counts crossings of edges up to a bound: what a repair costs grows with them, up to the square of the positions. */
    private static final class SelfIntersections implements SegmentIntersector {
        /** Crossings up to which a polygon is repaired; at the bound a repair takes well under a second. */
        static final int REPAIR_MAX = 20_000;

        private final LineIntersector intersector = new RobustLineIntersector();
        private final int max;
        private int count;

        private SelfIntersections(int max) {
            this.max = max;
        }

        static boolean exceed(Geometry geometry, int max) {
            List<SegmentString> lines = new ArrayList<>();
            for (Object line : LinearComponentExtracter.getLines(geometry)) {
                Coordinate[] coordinates = ((LineString) line).getCoordinates();
                lines.add(new BasicSegmentString(coordinates, null));
            }
            SelfIntersections counter = new SelfIntersections(max);
            MCIndexNoder noder = new MCIndexNoder(counter);
            noder.computeNodes(lines);
            return counter.isDone();
        }

        @Override
        public void processIntersections(SegmentString first, int firstIndex, SegmentString second, int secondIndex) {
            if (first == second && firstIndex == secondIndex) {
                return;
            }
            intersector.computeIntersection(
                    first.getCoordinate(firstIndex),
                    first.getCoordinate(firstIndex + 1),
                    second.getCoordinate(secondIndex),
                    second.getCoordinate(secondIndex + 1));
            if (intersector.hasIntersection() && intersector.isInteriorIntersection()) {
                count++;
            }
        }

        @Override
        public boolean isDone() {
            return count > max;
        }
    }
}
