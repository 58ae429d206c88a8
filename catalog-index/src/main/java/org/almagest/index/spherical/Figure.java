package org.almagest.index.spherical;

import com.google.common.geometry.S2Point;
import java.util.List;
import org.almagest.geo.Footprint;

/** A footprint on the sphere: its areas, the curves of its lines, and its points. Not safe between threads. */
final class Figure {
    private final List<Area> areas;
    private final CurveSet lines;
    private final List<S2Point> points;

    Figure(List<Area> areas, List<Curve> lines, List<S2Point> points) {
        this.areas = areas;
        this.lines = new CurveSet(lines);
        this.points = points;
    }

    /**
     * Returns the figure of a footprint: of its original with great-circle arcs for edges, or else of its cut form as
     * drawn, for a box, a polygon that is invalid in either coordinate system, and what is too wide to mean arcs.
     */
    static Figure of(Footprint footprint) {
        boolean drawn = (footprint.flags() & Footprint.FLAG_BOX) != 0 || footprint.repaired();
        Figure arcs = drawn ? null : new ArcFigure(footprint).build();
        return arcs != null ? arcs : DrawnFigure.of(footprint.cut());
    }

    List<Area> areas() {
        return areas;
    }

    CurveSet lines() {
        return lines;
    }

    List<S2Point> points() {
        return points;
    }

    /** Tells whether a place lies in one of the areas or on the boundary of one. */
    boolean areasCover(S2Point p) {
        for (Area area : areas) {
            if (area.covers(p)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a place lies on the boundary of one of the areas. */
    boolean isOnBoundary(S2Point p) {
        for (Area area : areas) {
            if (area.boundary().hold(p)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a place is part of the figure. */
    boolean covers(S2Point p) {
        if (areasCover(p) || lines.hold(p)) {
            return true;
        }
        for (S2Point point : points) {
            if (Sphere.same(point, p)) {
                return true;
            }
        }
        return false;
    }
}
