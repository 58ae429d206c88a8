package org.almagest.io.synthetic;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

/** Draws the outline of a granule around the place below its satellite. One thread. */
final class FootprintShape {
    static final double EARTH_RADIUS_KM = 6371.0;
    private static final double MICRODEGREES = 1e6;

    /** Beyond this latitude a satellite may roll towards the pole, which its track never reaches. */
    private static final double POLAR_LATITUDE = 81;

    /** One granule in so many beyond {@link #POLAR_LATITUDE} is taken looking at the pole. */
    private static final int POLAR_ROLL_ONE_IN = 20;

    private static final double POLAR_ROLL_SPREAD_DEGREES = 2;
    private static final double SIN_POLAR_LATITUDE = StrictMath.sin(StrictMath.toRadians(POLAR_LATITUDE));

    private static final GeometryFactory FACTORY = new GeometryFactory();

    private final double[] frame = new double[9];

    /**
     * Returns a ring of 4 to 8 corners, in microdegrees, clockwise or not as the satellite flies. An outline over the
     * antimeridian jumps from one end of the longitudes to the other; one around a pole runs through all of them.
     */
    Polygon draw(Satellite satellite, long timeMillis, CounterRandom random) {
        satellite.orbit().frameAt(timeMillis, frame);
        double[] widths = satellite.widthKm();
        double[] lengths = satellite.lengthKm();
        double halfWidth = random.between(widths[0], widths[1]) / 2 / EARTH_RADIUS_KM;
        double halfLength = random.between(lengths[0], lengths[1]) / 2 / EARTH_RADIUS_KM;
        roll(polarRoll(random));
        int left = 2 + random.below(3);
        int right = 2 + random.below(3);
        Coordinate[] ring = new Coordinate[left + right + 1];
        for (int i = 0; i < left; i++) {
            double along = halfLength * (2.0 * i / (left - 1) - 1);
            ring[i] = corner(along, halfWidth * random.between(0.98, 1), random);
        }
        for (int i = 0; i < right; i++) {
            double along = halfLength * (1 - 2.0 * i / (right - 1));
            ring[left + i] = corner(along, -halfWidth * random.between(0.98, 1), random);
        }
        ring[left + right] = ring[0].copy();
        return FACTORY.createPolygon(ring);
    }

    /** Returns how far the outline lies left of the track, in radians. */
    private double polarRoll(CounterRandom random) {
        double sine = frame[2];
        if (StrictMath.abs(sine) < SIN_POLAR_LATITUDE || random.below(POLAR_ROLL_ONE_IN) != 0) {
            return 0;
        }
        double toPole = StrictMath.PI / 2 - StrictMath.asin(StrictMath.abs(sine));
        double spread = StrictMath.toRadians(POLAR_ROLL_SPREAD_DEGREES);
        double distance = toPole + random.between(-spread, spread);
        boolean poleIsLeft = frame[8] * sine > 0;
        return poleIsLeft ? distance : -distance;
    }

    /** Turns the frame by an angle to the left of the track. */
    private void roll(double angle) {
        if (angle == 0) {
            return;
        }
        double cosine = StrictMath.cos(angle);
        double sine = StrictMath.sin(angle);
        for (int i = 0; i < 3; i++) {
            double down = frame[i];
            double left = frame[6 + i];
            frame[i] = down * cosine + left * sine;
            frame[6 + i] = left * cosine - down * sine;
        }
    }

    /** A point of the plane that touches the Earth below the frame; only its direction matters. */
    private Coordinate corner(double along, double across, CounterRandom random) {
        double a = along * random.between(0.99, 1);
        double x = frame[0] + a * frame[3] + across * frame[6];
        double y = frame[1] + a * frame[4] + across * frame[7];
        double z = frame[2] + a * frame[5] + across * frame[8];
        double latitude = StrictMath.atan2(z, StrictMath.sqrt(x * x + y * y));
        double longitude = StrictMath.atan2(y, x);
        return new Coordinate(microdegrees(longitude), microdegrees(latitude));
    }

    private static double microdegrees(double radians) {
        // Adding 0.0 turns -0.0 into 0.0.
        return StrictMath.rint(StrictMath.toDegrees(radians) * MICRODEGREES) / MICRODEGREES + 0.0;
    }
}
