package org.almagest.model;

import org.almagest.error.InvalidRequestException;

/**
 * A box on Earth in degrees, WGS 84, sides inclusive; it crosses the antimeridian when west &gt; east.
 *
 * @param west the western side, -180 to 180
 * @param south the southern side, -90 to 90, at most north
 * @param east the eastern side, -180 to 180; below west for a box that wraps
 * @param north the northern side, -90 to 90
 */
public record BoundingBox(double west, double south, double east, double north) {
    /** Everything on Earth. */
    public static final BoundingBox GLOBE = new BoundingBox(-180, -90, 180, 90);

    /**
     * Checks the sides.
     *
     * @throws InvalidRequestException if a side is not finite or out of range, or south is above north
     */
    public BoundingBox {
        check("west", west, 180);
        check("south", south, 90);
        check("east", east, 180);
        check("north", north, 90);
        if (south > north) {
            throw new InvalidRequestException("bbox", "south " + south + " is above north " + north);
        }
        west += 0.0; // -0.0 becomes 0.0, so that equal boxes are equal
        south += 0.0;
        east += 0.0;
        north += 0.0;
    }

    /** Returns the box of the four sides in the order west, south, east, north. */
    public static BoundingBox of(double west, double south, double east, double north) {
        return new BoundingBox(west, south, east, north);
    }

    /** Tells whether the box crosses the antimeridian. */
    public boolean wraps() {
        return west > east;
    }

    /** Returns the extent in longitude, in degrees, 0 to 360. */
    public double widthDegrees() {
        return wraps() ? east + 360 - west : east - west;
    }

    /** Tells whether the position lies in the box or on its side; longitude 180 equals -180. */
    public boolean contains(double longitude, double latitude) {
        return latitude >= south && latitude <= north && containsLongitude(longitude);
    }

    /** Tells whether the two boxes share a position, sides included; longitude 180 equals -180. */
    public boolean intersects(BoundingBox other) {
        return south <= other.north
                && other.south <= north
                && (containsLongitude(other.west) || other.containsLongitude(west));
    }

    private boolean containsLongitude(double longitude) {
        return inLongitude(longitude)
                || (longitude == 180 && inLongitude(-180))
                || (longitude == -180 && inLongitude(180));
    }

    private boolean inLongitude(double longitude) {
        return wraps() ? longitude >= west || longitude <= east : longitude >= west && longitude <= east;
    }

    private static void check(String side, double degrees, double limit) {
        if (!(Math.abs(degrees) <= limit)) {
            throw new InvalidRequestException("bbox: " + side, degrees + " (expected -" + limit + " to " + limit + ")");
        }
    }

    /** Returns {@code [west, south, east, north]}. */
    @Override
    public String toString() {
        return "[" + west + ", " + south + ", " + east + ", " + north + "]";
    }
}
