package org.almagest.geo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.BoundingBox;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/** Boxes around a cut form: the exact planar one, and the one of the index, which great circles fit in too. */
final class IndexBox {
    /** How far an edge of one degree bulges at most, in degrees; wide shapes are tested in such steps. */
    private static final double STEP_BULGE = 0.0011;

    private final AntimeridianRule rule;
    private final Bulges latitudes = new Bulges();

    private IndexBox(AntimeridianRule rule, BoundingBox planar) {
        this.rule = rule;
        latitudes.begin(planar.south(), planar.north());
    }

    /** Returns the smallest box around a cut form, in longitude the complement of the largest gap. */
    static BoundingBox planar(Geometry cut) {
        Envelope all = cut.getEnvelopeInternal();
        if (cut.getNumGeometries() == 1) {
            return BoundingBox.of(all.getMinX(), all.getMinY(), all.getMaxX(), all.getMaxY());
        }
        List<Envelope> parts = new ArrayList<>(cut.getNumGeometries());
        for (int i = 0; i < cut.getNumGeometries(); i++) {
            parts.add(cut.getGeometryN(i).getEnvelopeInternal());
        }
        parts.sort(Comparator.comparingDouble(Envelope::getMinX));
        // The gap behind the last part, around the back of the map; an equal one inside does not win.
        double gap = all.getMinX() + Seam.TURN - all.getMaxX();
        double west = all.getMinX();
        double east = all.getMaxX();
        double reached = all.getMinX();
        for (Envelope part : parts) {
            if (part.getMinX() - reached > gap) {
                gap = part.getMinX() - reached;
                west = part.getMinX();
                east = reached;
            }
            reached = Math.max(reached, part.getMaxX());
        }
        return BoundingBox.of(west, all.getMinY(), east, all.getMaxY());
    }

    /** Returns the box of the index: rounded outwards to float32, latitudes cover the great circles of all edges. */
    static BoundingBox of(Footprint footprint, AntimeridianRule rule) {
        BoundingBox planar = footprint.planarBox();
        IndexBox box = new IndexBox(rule, planar);
        box.addBulges(footprint.original());
        boolean inSteps = planar.widthDegrees() > Seam.LONGITUDE || footprint.repaired();
        double more = inSteps && footprint.cut().getDimension() > 0 ? STEP_BULGE : 0;
        return rounded(planar, Math.max(box.latitudes.south() - more, -90), Math.min(box.latitudes.north() + more, 90));
    }

    /** Returns the box rounded outwards to float32, with these latitudes. */
    static BoundingBox rounded(BoundingBox planar, double south, double north) {
        float west = down(planar.west());
        float east = up(planar.east());
        boolean gapIsGone = planar.wraps() && west <= east;
        return BoundingBox.of(
                gapIsGone ? -Seam.LONGITUDE : west, down(south), gapIsGone ? Seam.LONGITUDE : east, up(north));
    }

    static float down(double value) {
        float rounded = (float) value;
        return rounded > value ? Math.nextDown(rounded) : rounded;
    }

    static float up(double value) {
        float rounded = (float) value;
        return rounded < value ? Math.nextUp(rounded) : rounded;
    }

    private void addBulges(Geometry geometry) {
        if (geometry instanceof LineString) {
            addBulges(((LineString) geometry).getCoordinateSequence());
        } else if (geometry instanceof Polygon) {
            addBulges(((Polygon) geometry).getExteriorRing().getCoordinateSequence());
        } else if (!(geometry instanceof Point)) {
            for (int i = 0; i < geometry.getNumGeometries(); i++) {
                addBulges(geometry.getGeometryN(i));
            }
        }
    }

    private void addBulges(CoordinateSequence positions) {
        for (int i = 1; i < positions.size(); i++) {
            double width = Math.abs(positions.getX(i) - positions.getX(i - 1));
            if (width > Seam.LONGITUDE && width != Seam.TURN && rule != AntimeridianRule.AS_DRAWN) {
                width = Math.abs(Seam.TURN - width);
            }
            if (width > 0 && width <= Seam.LONGITUDE) { // a wider one is no arc: it is tested in steps of a degree
                latitudes.add(positions.getY(i - 1), positions.getY(i), width);
            }
        }
    }

    /** The latitudes that great circles between positions reach, which is farther than the positions. One thread. */
    static final class Bulges {
        /** What the arithmetic of a bulge may lose, in degrees. */
        private static final double BULGE_MARGIN = 1e-9;

        private double south;
        private double north;

        /** Begins with the latitudes of the positions themselves. */
        void begin(double lowest, double highest) {
            south = lowest;
            north = highest;
        }

        double south() {
            return south;
        }

        double north() {
            return north;
        }

        /** Adds an edge, {@code width} degrees of longitude wide, 0 to 180. */
        void add(double from, double to, double width) {
            double high = Math.max(from, to);
            double low = Math.min(from, to);
            double most = bulgeMax(width);
            if (high > 0 && high + most > north || low < 0 && low - most < south) {
                double bulge = apex(Math.toRadians(from), Math.toRadians(to), Math.toRadians(width));
                // Never beyond the bound: of an edge of almost no length rounding leaves no direction.
                if (bulge > 0 && high > 0) {
                    north = Math.max(north, Math.min(bulge, high + most));
                }
                if (bulge < 0 && low < 0) {
                    south = Math.min(south, Math.max(bulge, low - most));
                }
            }
        }

        /** Returns a bound on how far an arc rises beyond its higher end, for any latitude; see {@link #apex}. */
        private static double bulgeMax(double width) {
            // The higher end lies at most half the width from the apex, and tan(apex) cos(width / 2) = tan(end), so the
            // rise is at most (1 / cos - 1) / 2 radians, taken at 45 degrees.
            double cosine = Math.abs(width) < 60 ? 1 - 0.5 * Math.pow(Math.toRadians(width / 2), 2) : 0;
            return cosine > 0 ? Math.toDegrees((1 / cosine - 1) / 2) + BULGE_MARGIN : 180;
        }

        /** Returns the latitude of the arc's point farthest from the equator when it lies between its ends, else 0. */
        private static double apex(double from, double to, double width) {
            double x1 = Math.cos(from);
            double z1 = Math.sin(from);
            double x2 = Math.cos(to) * Math.cos(width);
            double y2 = Math.cos(to) * Math.sin(width);
            double z2 = Math.sin(to);
            // The plane's normal, p1 × p2 with y1 = 0; its inclination is the latitude of the apex.
            double nx = -z1 * y2;
            double ny = z1 * x2 - x1 * z2;
            double nz = x1 * y2;
            double apex = Math.toDegrees(Math.atan2(Math.sqrt(nx * nx + ny * ny), Math.abs(nz))) + BULGE_MARGIN;
            // Whether the way along the arc leads north at its start, (n × p1).z, and at its end, (n × p2).z.
            double startNorthwards = -ny * x1;
            double endNorthwards = nx * y2 - ny * x2;
            if (startNorthwards >= 0 && endNorthwards <= 0) {
                return apex;
            }
            return startNorthwards <= 0 && endNorthwards >= 0 ? -apex : 0;
        }
    }
}
