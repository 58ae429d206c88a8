package org.almagest.index.spherical;

import com.google.common.geometry.S2Point;

/** A piece of a parallel other than a pole, from west to east; at most one turn. */
final class ParallelArc extends Curve {
    private static final double TURN = 2 * Math.PI;

    /** Great circles closer to the equator have no highest place; in radians. */
    private static final double LEVEL = 1e-15;

    private final double latitude;
    private final double west;
    private final double width;
    private final double height;
    private final double radius;
    private final S2Point start;
    private final S2Point end;

    /** Takes degrees; the east may lie beyond 180. */
    ParallelArc(double latitude, double west, double east) {
        assert Math.abs(latitude) < 90 && west < east && east - west <= 360 : latitude + " " + west + " " + east;
        this.latitude = Math.toRadians(latitude);
        this.west = Math.toRadians(west);
        this.width = Math.toRadians(east - west);
        this.height = Math.sin(this.latitude);
        this.radius = Math.cos(this.latitude);
        this.start = Sphere.point(west, latitude);
        this.end = Sphere.point(east, latitude);
    }

    @Override
    S2Point start() {
        return start;
    }

    @Override
    S2Point end() {
        return end;
    }

    @Override
    double order(S2Point p) {
        double east = eastOf(p);
        // What lies a little west of the start, where the arc holds it still, is not a turn ahead.
        return radius * (east > width + (TURN - width) / 2 ? east - TURN : east);
    }

    /** Returns how far east of the start a place lies, 0 to one turn, in radians of longitude. */
    private double eastOf(S2Point p) {
        double east = (Math.atan2(p.getY(), p.getX()) - west) % TURN;
        return east < 0 ? east + TURN : east;
    }

    @Override
    double length() {
        return radius * width;
    }

    @Override
    S2Point at(double order) {
        return place(latitude, west + order / radius);
    }

    @Override
    S2Point beside(double order, double side) {
        return place(latitude + side * Sphere.BESIDE, west + order / radius);
    }

    private static S2Point place(double latitude, double longitude) {
        double radius = Math.cos(latitude);
        return new S2Point(radius * Math.cos(longitude), radius * Math.sin(longitude), Math.sin(latitude));
    }

    @Override
    boolean holds(S2Point p) {
        if (Math.abs(p.getZ() - height) > 2 * Sphere.TOLERANCE
                || Math.abs(Math.atan2(p.getZ(), Math.hypot(p.getX(), p.getY())) - latitude) > Sphere.TOLERANCE) {
            return false;
        }
        double east = eastOf(p);
        return radius * (east - width) <= Sphere.TOLERANCE || radius * (TURN - east) <= Sphere.TOLERANCE;
    }

    @Override
    void meet(Curve other, Meetings meetings) {
        if (other instanceof GreatArc) {
            meetArc((GreatArc) other, meetings);
        } else {
            meetEnds(other, meetings); // two parallels have all places in common, or none
        }
    }

    void meetArc(GreatArc arc, Meetings meetings) {
        if (isBeyond(arc)) {
            return;
        }
        S2Point left = arc.left();
        double highest = Math.hypot(left.getX(), left.getY());
        if (highest > LEVEL && Math.abs(height) <= highest + Sphere.TOLERANCE) {
            // The circle is top · cos(t) + side · sin(t), and only top has a height.
            S2Point side = new S2Point(-left.getY() / highest, left.getX() / highest, 0);
            S2Point top = S2Point.crossProd(left, side);
            double t = Math.acos(Math.max(-1, Math.min(1, height / highest)));
            addWhereHeld(arc, Sphere.sum(Math.cos(t), top, Math.sin(t), side), meetings);
            addWhereHeld(arc, Sphere.sum(Math.cos(t), top, -Math.sin(t), side), meetings);
        }
        meetEnds(arc, meetings);
    }

    private void addWhereHeld(GreatArc arc, S2Point p, Meetings meetings) {
        meetings.addIf(arc.holds(p) && holds(p), p);
    }

    /** Tells whether both ends lie on the convex side of the parallel, so that the arc does too. */
    private boolean isBeyond(GreatArc arc) {
        double from = arc.start().getZ() - height;
        double to = arc.end().getZ() - height;
        return height >= 0
                ? from > 2 * Sphere.TOLERANCE && to > 2 * Sphere.TOLERANCE
                : from < -2 * Sphere.TOLERANCE && to < -2 * Sphere.TOLERANCE;
    }

    @Override
    Bounds bounds() {
        return new Bounds(-radius, -radius, height, radius, radius, height).grown(Sphere.TOLERANCE);
    }
}
