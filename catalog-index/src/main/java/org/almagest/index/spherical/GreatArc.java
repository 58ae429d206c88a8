package org.almagest.index.spherical;

import com.google.common.geometry.S2;
import com.google.common.geometry.S2EdgeUtil;
import com.google.common.geometry.S2Point;

/** The shorter great-circle arc between two places, which are neither the same nor opposite. */
final class GreatArc extends Curve {
    /** An arc that no test looks at. */
    static final GreatArc NONE = new GreatArc(Sphere.point(0, 0), Sphere.point(1, 0));

    private final S2Point from;
    private final S2Point to;

    /** Unit vector to the left of the arc. */
    private final S2Point left;

    GreatArc(S2Point from, S2Point to) {
        this.from = from;
        this.to = to;
        this.left = S2Point.normalize(S2.robustCrossProd(from, to));
    }

    /** Tells whether two places have no one shortest way between them. */
    static boolean areOpposite(S2Point from, S2Point to) {
        return from.add(to).norm2() <= Sphere.TOLERANCE * Sphere.TOLERANCE;
    }

    @Override
    S2Point start() {
        return from;
    }

    @Override
    S2Point end() {
        return to;
    }

    @Override
    double order(S2Point p) {
        return Math.atan2(tripleLeft(from, p), from.dotProd(p));
    }

    @Override
    double length() {
        return order(to);
    }

    @Override
    S2Point at(double order) {
        return Sphere.sum(Math.cos(order), from, Math.sin(order), S2Point.crossProd(left, from));
    }

    @Override
    S2Point beside(double order, double side) {
        return Sphere.sum(1, at(order), side * Sphere.BESIDE, left);
    }

    @Override
    boolean holds(S2Point p) {
        return Math.abs(left.dotProd(p)) <= Sphere.TOLERANCE
                && tripleLeft(from, p) >= -Sphere.TOLERANCE
                && tripleLeft(p, to) >= -Sphere.TOLERANCE
                && from.dotProd(p) + to.dotProd(p) > 0;
    }

    /** Returns (left × p) · q: how far q lies ahead of p. */
    private double tripleLeft(S2Point p, S2Point q) {
        double x = left.getY() * p.getZ() - left.getZ() * p.getY();
        double y = left.getZ() * p.getX() - left.getX() * p.getZ();
        double z = left.getX() * p.getY() - left.getY() * p.getX();
        return x * q.getX() + y * q.getY() + z * q.getZ();
    }

    @Override
    void meet(Curve other, Meetings meetings) {
        if (other instanceof GreatArc) {
            meetArc((GreatArc) other, meetings);
        } else {
            ((ParallelArc) other).meetArc(this, meetings);
        }
    }

    /** An arc shorter than half a circle whose ends lie on one side of a great circle does not reach it. */
    private boolean isBeside(GreatArc other) {
        double start = left.dotProd(other.from);
        double end = left.dotProd(other.to);
        return start > Sphere.TOLERANCE && end > Sphere.TOLERANCE
                || start < -Sphere.TOLERANCE && end < -Sphere.TOLERANCE;
    }

    private void meetArc(GreatArc other, Meetings meetings) {
        if (isBeside(other) || other.isBeside(this)) {
            return;
        }
        if (S2EdgeUtil.robustCrossing(from, to, other.from, other.to) > 0) {
            meetings.add(S2EdgeUtil.getIntersection(from, to, other.from, other.to));
        }
        meetEnds(other, meetings);
    }

    /** Tells whether two arcs cross at a place that ends neither. */
    boolean crosses(GreatArc other) {
        return !isBeside(other)
                && !other.isBeside(this)
                && S2EdgeUtil.robustCrossing(from, to, other.from, other.to) > 0;
    }

    /** Returns the direction of the arc's left side. */
    S2Point left() {
        return left;
    }

    @Override
    Bounds bounds() {
        // The middle of the arc rises above that of the chord by 1 - cos(half the angle).
        double chord2 = from.getDistance2(to);
        double rise = 1 - Math.sqrt(Math.max(0, 1 - chord2 / 4));
        return Bounds.of(from).with(to).grown(rise + Sphere.TOLERANCE);
    }
}
