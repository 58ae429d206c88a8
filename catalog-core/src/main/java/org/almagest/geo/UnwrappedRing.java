package org.almagest.geo;

import org.almagest.model.AntimeridianRule;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;

/**
 * A ring on the infinite strip of longitudes: each edge as long as it is meant, so the ring may end whole turns from
 * where it began.
 *
 * <p>The rules by number are those of the design: see {@link AntimeridianCut}.
 */
final class UnwrappedRing {
    /** Areas closer than this to half the sphere tie, in steradians; about 40 square metres. */
    private static final double AREA_TOLERANCE = 1e-12;

    private static final double HALF_SPHERE = 2 * Math.PI;

    /** Longitudes as drawn, snapped to the antimeridian; the position that closes the ring is left out. */
    private final double[] drawn;

    /** Longitudes unwrapped. */
    private final double[] unwrapped;

    private final double[] latitudes;
    private final boolean crossing;
    private final int turns;

    private UnwrappedRing(double[] drawn, double[] unwrapped, double[] latitudes, boolean crossing, int turns) {
        this.drawn = drawn;
        this.unwrapped = unwrapped;
        this.latitudes = latitudes;
        this.crossing = crossing;
        this.turns = turns;
    }

    static UnwrappedRing of(CoordinateSequence positions, AntimeridianRule rule) {
        int size = positions.size() - 1;
        double[] drawn = new double[size];
        double[] latitudes = new double[size];
        boolean unwrappedAlready = false;
        for (int i = 0; i < size; i++) {
            drawn[i] = Seam.snap(positions.getX(i));
            latitudes[i] = positions.getY(i);
            unwrappedAlready |= Math.abs(drawn[i]) > Seam.LONGITUDE;
        }
        double[] unwrapped = new double[size];
        boolean crossing = false;
        for (int i = 0; i < size && !unwrappedAlready && !crossing; i++) {
            crossing = Seam.crosses(drawn[i], drawn[(i + 1) % size], rule);
        }
        int turns = 0;
        for (int i = 0; i < size; i++) {
            unwrapped[i] = drawn[i] + Seam.TURN * turns;
            int next = (i + 1) % size;
            if (crossing) {
                turns += Seam.turns(drawn[i], drawn[next], latitudes[i] == latitudes[next], rule);
            }
        }
        return new UnwrappedRing(drawn, unwrapped, latitudes, crossing, turns);
    }

    int size() {
        return drawn.length;
    }

    double latitude(int i) {
        return latitudes[i];
    }

    /** Returns the longitude of vertex i, 0 to {@link #size()}; the last is the first again, whole turns away. */
    double longitude(int i) {
        return i < unwrapped.length ? unwrapped[i] : unwrapped[0] + Seam.TURN * turns;
    }

    /** Returns the longitude of vertex i between -180 and 180; as it was drawn where that is within them. */
    double wrappedLongitude(int i) {
        return Math.abs(drawn[i]) <= Seam.LONGITUDE ? drawn[i] : unwrapped[i] - Seam.TURN * Seam.strip(unwrapped[i]);
    }

    /** Returns how many times the ring goes around the axis, positive eastwards; 0 for most. */
    int turns() {
        return turns;
    }

    /** Tells whether the ring spans more than a whole turn, so that it may cover ground twice. */
    boolean spansMoreThanATurn() {
        return widthDegrees() > Seam.TURN;
    }

    double widthDegrees() {
        return maxLongitude() - minLongitude();
    }

    /** Tells whether the ring lies between two neighbouring antimeridians, touching them at most. */
    boolean liesInOneStrip() {
        double west = Seam.TURN * Seam.strip(minLongitude()) - Seam.LONGITUDE;
        return turns == 0 && maxLongitude() <= west + Seam.TURN;
    }

    /** Returns the closed ring between -180 and 180, for a ring that {@link #liesInOneStrip}. */
    Coordinate[] inOneStrip() {
        double middle = Seam.TURN * Seam.strip(minLongitude());
        Coordinate[] ring = new Coordinate[drawn.length + 1];
        for (int i = 0; i < drawn.length; i++) {
            double longitude = Seam.isSeam(unwrapped[i]) ? unwrapped[i] - middle : wrappedLongitude(i);
            ring[i] = new Coordinate(longitude, latitudes[i]);
        }
        ring[drawn.length] = ring[0].copy();
        return ring;
    }

    private double minLongitude() {
        double min = unwrapped[0];
        for (double longitude : unwrapped) {
            min = Math.min(min, longitude);
        }
        return min;
    }

    private double maxLongitude() {
        double max = unwrapped[0];
        for (double longitude : unwrapped) {
            max = Math.max(max, longitude);
        }
        return max;
    }

    /** Rule 5: tells whether the interior holds the north pole; of two turns one inside the other it is neither's. */
    boolean enclosesNorth() {
        return crossing && (turns != 0 ? turns % 2 != 0 && northIsSmaller() : outsideIsSmaller());
    }

    /** Rule 5: tells whether the interior holds the south pole. */
    boolean enclosesSouth() {
        return crossing && (turns != 0 ? turns % 2 != 0 && !northIsSmaller() : outsideIsSmaller());
    }

    /** Tells whether a ring that goes around no pole has its interior outside of what it draws unwrapped. */
    private boolean outsideIsSmaller() {
        double integral = sineIntegral();
        double excess = Math.abs(integral) - HALF_SPHERE;
        boolean clockwise = integral > 0;
        // More than the whole sphere is a ring that covers ground twice: what it draws is all it can mean.
        return Math.abs(excess) <= AREA_TOLERANCE ? clockwise : excess > 0 && excess < HALF_SPHERE;
    }

    private boolean northIsSmaller() {
        double eastward = Math.signum(turns) * sineIntegral();
        boolean northOnTheLeft = turns > 0;
        return Math.abs(eastward) <= AREA_TOLERANCE ? northOnTheLeft : eastward > 0;
    }

    /**
     * Returns the integral of sin(latitude) over the longitude along the ring, in steradians.
     *
     * <p>Edges are straight in longitude and latitude, as in the cut form. For a ring that closes it is the area inside,
     * negative when counter-clockwise; for one that turns once eastwards it is 2π less the area to the north.
     */
    private double sineIntegral() {
        double sum = 0;
        for (int i = 0; i < unwrapped.length; i++) {
            double width = Math.toRadians(longitude(i + 1) - longitude(i));
            sum += width * meanSine(latitudes[i], latitudes[(i + 1) % latitudes.length]);
        }
        return sum;
    }

    private static double meanSine(double from, double to) {
        double middle = Math.toRadians((from + to) / 2);
        double half = Math.toRadians((to - from) / 2);
        // (cos a - cos b) / (b - a) as sin(middle) · sinc(half): exact also where both ends are close.
        double sinc = Math.abs(half) < 1e-6 ? 1 : Math.sin(half) / half;
        return Math.sin(middle) * sinc;
    }

    /** Returns twice the planar area of what the ring draws unwrapped, in square degrees. */
    double doubledPlanarArea() {
        double sum = 0;
        for (int i = 0; i < unwrapped.length; i++) {
            int next = (i + 1) % unwrapped.length;
            sum += (longitude(i) - unwrapped[0]) * latitudes[next] - (longitude(i + 1) - unwrapped[0]) * latitudes[i];
        }
        return Math.abs(sum);
    }
}
