package org.almagest.storage.segment;

/**
 * A box in degrees, closed on all sides. West of more than east means that it crosses the antimeridian and holds
 * {@code longitude >= west || longitude <= east}.
 */
public record Box(float west, float south, float east, float north) {
    /** The box of nothing: a row without geometry, or a segment of such rows. All four are NaN. */
    public static final Box NONE = new Box(Float.NaN, Float.NaN, Float.NaN, Float.NaN);

    static final float LONGITUDE_MAX = 180;
    static final float LATITUDE_MAX = 90;

    /** Returns whether there is anything in it. */
    public boolean isPresent() {
        return !Float.isNaN(west);
    }

    /** Returns whether the box crosses the antimeridian. */
    public boolean isWrapped() {
        return west > east;
    }

    /** Returns whether all four are NaN, or finite, in range and south not above north. */
    boolean isValid() {
        if (Float.isNaN(west) || Float.isNaN(south) || Float.isNaN(east) || Float.isNaN(north)) {
            return equals(NONE);
        }
        return Math.abs(west) <= LONGITUDE_MAX
                && Math.abs(east) <= LONGITUDE_MAX
                && south >= -LATITUDE_MAX
                && south <= north
                && north <= LATITUDE_MAX;
    }

    /** Returns whether every point of {@code other} is in this box; {@link #NONE} is in every box. */
    boolean contains(Box other) {
        if (!other.isPresent()) {
            return true;
        }
        return isPresent() && other.south >= south && other.north <= north && containsLongitudes(other);
    }

    private boolean containsLongitudes(Box other) {
        if (west == -LONGITUDE_MAX && east == LONGITUDE_MAX) {
            return true;
        }
        if (isWrapped() == other.isWrapped()) {
            return other.west >= west && other.east <= east;
        }
        return isWrapped() && (other.west >= west || other.east <= east);
    }

    /**
     * Returns a box that contains both: of the intervals of longitude that start at one west and end at one east, the
     * narrowest; all of them when none holds both.
     */
    Box union(Box other) {
        if (contains(other)) {
            return this;
        }
        if (other.contains(this)) {
            return other;
        }
        float low = Math.min(south, other.south);
        float high = Math.max(north, other.north);
        Box best = new Box(-LONGITUDE_MAX, low, LONGITUDE_MAX, high);
        for (float from : new float[] {west, other.west}) {
            for (float to : new float[] {east, other.east}) {
                Box candidate = new Box(from, low, to, high);
                if (candidate.width() < best.width() && candidate.contains(this) && candidate.contains(other)) {
                    best = candidate;
                }
            }
        }
        return best;
    }

    private double width() {
        return isWrapped() ? 2.0 * LONGITUDE_MAX + east - west : (double) east - west;
    }
}
