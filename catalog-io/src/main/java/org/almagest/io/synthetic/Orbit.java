package org.almagest.io.synthetic;

/**
 * A circular sun-synchronous orbit over a spherical Earth.
 *
 * <p>Sun-synchronous means that the ascending node keeps its local solar time, so its longitude follows from the time of
 * day alone: the plane needs no epoch.
 *
 * @param inclinationDegrees angle between the orbit and the equator, about 98
 * @param periodMinutes time of one revolution
 * @param nodeLocalHours local solar time where the satellite crosses the equator northwards
 * @param phase where in its revolution the satellite was in 1970, 0 to 1
 */
record Orbit(double inclinationDegrees, double periodMinutes, double nodeLocalHours, double phase) {
    private static final double MILLIS_PER_MINUTE = 60_000;
    private static final double MILLIS_PER_HOUR = 3_600_000;
    private static final long MILLIS_PER_DAY = 86_400_000;

    /** Returns how many revolutions were begun since 1970. */
    long revolution(long timeMillis) {
        return (long) StrictMath.floor(revolutions(timeMillis));
    }

    private double revolutions(long timeMillis) {
        return timeMillis / (periodMinutes * MILLIS_PER_MINUTE) + phase;
    }

    /**
     * Puts the satellite's place over the rotating Earth into {@code frame}: three orthogonal unit vectors, of the place
     * below the satellite, of the way along its track and of the way across it, to the left.
     *
     * <p>{@code StrictMath} throughout: the last bit of {@code Math.sin} differs between processors.
     */
    void frameAt(long timeMillis, double[] frame) {
        double revolutions = revolutions(timeMillis);
        double u = 2 * StrictMath.PI * (revolutions - StrictMath.floor(revolutions));
        double inclination = StrictMath.toRadians(inclinationDegrees);
        double utcHours = Math.floorMod(timeMillis, MILLIS_PER_DAY) / MILLIS_PER_HOUR;
        double node = StrictMath.toRadians(15 * (nodeLocalHours - utcHours));
        double cosU = StrictMath.cos(u);
        double sinU = StrictMath.sin(u);
        double cosI = StrictMath.cos(inclination);
        double sinI = StrictMath.sin(inclination);
        double cosN = StrictMath.cos(node);
        double sinN = StrictMath.sin(node);
        double x = cosU * cosN - sinU * cosI * sinN;
        double y = cosU * sinN + sinU * cosI * cosN;
        double z = sinU * sinI;
        // The ground moves east below the satellite while it flies: that part leaves the way along the track.
        double turn = periodMinutes * MILLIS_PER_MINUTE / MILLIS_PER_DAY;
        double alongX = -sinU * cosN - cosU * cosI * sinN + turn * y;
        double alongY = -sinU * sinN + cosU * cosI * cosN - turn * x;
        double alongZ = cosU * sinI;
        double length = StrictMath.sqrt(alongX * alongX + alongY * alongY + alongZ * alongZ);
        alongX /= length;
        alongY /= length;
        alongZ /= length;
        put(frame, 0, x, y, z);
        put(frame, 3, alongX, alongY, alongZ);
        put(frame, 6, y * alongZ - z * alongY, z * alongX - x * alongZ, x * alongY - y * alongX);
    }

    private static void put(double[] frame, int at, double x, double y, double z) {
        frame[at] = x;
        frame[at + 1] = y;
        frame[at + 2] = z;
    }
}
