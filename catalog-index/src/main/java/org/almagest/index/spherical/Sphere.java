package org.almagest.index.spherical;

import com.google.common.geometry.S2Point;

/** Places on the unit sphere, and how close two of them are one. */
final class Sphere {
    /**
     * Positions closer than this are the same, in radians: 6 micrometres on the ground.
     *
     * <p>Turning degrees into unit vectors errs by less than 1e-15, so what lies on a boundary in degrees does so here.
     */
    static final double TOLERANCE = 1e-12;

    /** How far beside an edge to look for what lies along it, in radians: 0.6 millimetres on the ground. */
    static final double BESIDE = 1e-10;

    static final S2Point NORTH = new S2Point(0, 0, 1);
    static final S2Point SOUTH = new S2Point(0, 0, -1);

    private Sphere() {}

    /** Returns the place; every spelling of the antimeridian and of a pole gives the same one. */
    static S2Point point(double longitude, double latitude) {
        if (Math.abs(latitude) >= 90) {
            return latitude > 0 ? NORTH : SOUTH;
        }
        double wrapped = Math.abs(longitude) >= 180 ? longitude - Math.copySign(360, longitude) : longitude;
        double x = Math.toRadians(wrapped <= -180 ? 180 : wrapped);
        double y = Math.toRadians(latitude);
        double radius = Math.cos(y);
        return new S2Point(radius * Math.cos(x), radius * Math.sin(x), Math.sin(y));
    }

    static double latitude(S2Point p) {
        return Math.toDegrees(Math.atan2(p.getZ(), Math.hypot(p.getX(), p.getY())));
    }

    /** Returns the longitude, -180 to 180. */
    static double longitude(S2Point p) {
        return Math.toDegrees(Math.atan2(p.getY(), p.getX()));
    }

    static boolean same(S2Point p, S2Point q) {
        return p.getDistance2(q) <= TOLERANCE * TOLERANCE;
    }

    static S2Point sum(double s, S2Point p, double t, S2Point q) {
        return S2Point.normalize(
                new S2Point(s * p.getX() + t * q.getX(), s * p.getY() + t * q.getY(), s * p.getZ() + t * q.getZ()));
    }
}
