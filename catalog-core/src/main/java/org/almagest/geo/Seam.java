package org.almagest.geo;

import org.almagest.model.AntimeridianRule;

/** The antimeridian as a line on the infinite strip of longitudes, where it recurs every turn. */
final class Seam {
    static final double LONGITUDE = 180;
    static final double TURN = 360;

    /** Rule 6: longitudes closer than this to the antimeridian lie on it. */
    static final double SNAP = 1e-9;

    private Seam() {}

    static double snap(double longitude) {
        if (Math.abs(Math.abs(longitude) - LONGITUDE) <= SNAP) {
            return Math.copySign(LONGITUDE, longitude);
        }
        return longitude;
    }

    /** Tells whether an unwrapped longitude is one of the antimeridians. */
    static boolean isSeam(double unwrapped) {
        return (unwrapped - LONGITUDE) % TURN == 0;
    }

    /** Returns the number of the strip between two antimeridians, 0 for -180 to 180; the western one belongs to it. */
    static int strip(double unwrapped) {
        return (int) Math.floor((unwrapped + LONGITUDE) / TURN);
    }

    /** Rules 2 and 3: tells whether an edge takes the short way across the antimeridian. */
    static boolean crosses(double from, double to, AntimeridianRule rule) {
        double width = Math.abs(to - from);
        return switch (rule) {
            case AS_DRAWN -> false;
            case SHORT_WAY -> width > LONGITUDE && width < TURN;
            case CROSSING -> width >= LONGITUDE && width < TURN;
        };
    }

    /** Returns the turns to add behind an edge of a ring that has a crossing: 1 where it goes east over the seam. */
    static int turns(double from, double to, boolean sameLatitude, AntimeridianRule rule) {
        // An edge from one spelling of the antimeridian to the other runs along it, unless it is a whole parallel.
        boolean alongMeridian = Math.abs(to - from) == TURN && !sameLatitude;
        return crosses(from, to, rule) || alongMeridian ? (from > to ? 1 : -1) : 0;
    }
}
