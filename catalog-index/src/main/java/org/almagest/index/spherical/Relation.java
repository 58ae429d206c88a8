package org.almagest.index.spherical;

import com.google.common.geometry.S2Point;
import org.jspecify.annotations.Nullable;

/** How two figures lie to each other; boundaries count. For one thread. */
final class Relation {
    private final Meetings meetings = new Meetings();

    /** Tells whether two figures share a place. */
    boolean intersect(Figure one, Figure other) {
        return anyPointOf(one, other)
                || anyPointOf(other, one)
                || anyAreaMeets(one, other)
                || anyAreaMeets(other, one)
                || curvesMeet(one, other);
    }

    private static boolean anyPointOf(Figure one, Figure other) {
        for (S2Point point : one.points()) {
            if (other.covers(point)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a representative place of the other's parts lies in an area: all there is to ask without meeting curves. */
    private static boolean anyAreaMeets(Figure one, Figure other) {
        for (Area area : one.areas()) {
            for (Area part : other.areas()) {
                if (area.surrounds(part.anyPlace())) {
                    return true;
                }
            }
            for (int i = 0; i < other.lines().size(); i++) {
                if (area.surrounds(other.lines().curve(i).start())) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean curvesMeet(Figure one, Figure other) {
        if (curvesMeet(one.lines(), other)) {
            return true;
        }
        for (Area area : one.areas()) {
            if (curvesMeet(area.boundary(), other)) {
                return true;
            }
        }
        return false;
    }

    private boolean curvesMeet(CurveSet curves, Figure other) {
        for (int i = 0; i < curves.size(); i++) {
            meet(curves.curve(i), other);
            if (!meetings.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private void meet(Curve curve, Figure other) {
        meetings.begin(curve);
        other.lines().meet(curve, meetings);
        for (Area area : other.areas()) {
            area.boundary().meet(curve, meetings);
        }
    }

    /** Tells whether no place of one figure lies outside of another. */
    boolean covers(Figure outer, Figure inner) {
        for (S2Point point : inner.points()) {
            if (!outer.covers(point)) {
                return false;
            }
        }
        for (int i = 0; i < inner.lines().size(); i++) {
            if (!coversCurve(outer, inner.lines().curve(i), null)) {
                return false;
            }
        }
        for (Area area : inner.areas()) {
            if (!coversArea(outer, area)) {
                return false;
            }
        }
        return true;
    }

    private boolean coversArea(Figure outer, Area inner) {
        if (!outer.areasCover(inner.anyPlace())) {
            return false;
        }
        for (int i = 0; i < inner.boundary().size(); i++) {
            if (!coversCurve(outer, inner.boundary().curve(i), inner)) {
                return false;
            }
        }
        return !leavesGap(outer, inner);
    }

    /**
     * Tells whether a curve lies in a figure: each piece between two meetings lies in or out of it as its middle does.
     *
     * @param inner the area that the curve bounds, whose places beside it are looked at too; null for a line
     */
    private boolean coversCurve(Figure outer, Curve curve, @Nullable Area inner) {
        meet(curve, outer);
        meetings.sort();
        for (int i = 0; i < meetings.pieces(); i++) {
            if (!meetings.hasLength(i)) {
                continue;
            }
            double order = meetings.middle(i);
            S2Point middle = curve.at(order);
            if (inner == null) {
                if (!outer.covers(middle)) {
                    return false;
                }
            } else if (!outer.areasCover(middle)
                    || outer.isOnBoundary(middle) && !coversBeside(outer, inner, curve, order)) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether the places close to a curve that are inside one area lie in the figure. */
    private static boolean coversBeside(Figure outer, Area inner, Curve curve, double order) {
        for (int side = -1; side <= 1; side += 2) {
            S2Point place = curve.beside(order, side);
            if (inner.surrounds(place) && !outer.areasCover(place)) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether a hole, or space between areas, of the outer figure begins inside the inner area. */
    private boolean leavesGap(Figure outer, Area inner) {
        Bounds extent = inner.extent();
        for (Area area : outer.areas()) {
            CurveSet boundary = area.boundary();
            for (int i = boundary.nextNear(0, extent); i < boundary.size(); i = boundary.nextNear(i + 1, extent)) {
                if (beginsGap(outer, boundary.curve(i), inner)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean beginsGap(Figure outer, Curve curve, Area inner) {
        meetings.begin(curve);
        inner.boundary().meet(curve, meetings);
        for (Area area : outer.areas()) {
            area.boundary().meet(curve, meetings);
        }
        meetings.sort();
        for (int i = 0; i < meetings.pieces(); i++) {
            if (!meetings.hasLength(i)) {
                continue;
            }
            double order = meetings.middle(i);
            if (inner.hasInside(curve.at(order)) && !coversBeside(outer, inner, curve, order)) {
                return true;
            }
        }
        return false;
    }
}
