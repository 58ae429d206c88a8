package org.almagest.index.spatial;

import org.almagest.model.BoundingBox;

/**
 * A box as one or two boxes that do not wrap, rounded outwards to float32. Longitudes -180 and 180 are the same line, so
 * a box that ends on it is given the other side as a second, empty strip.
 */
record Strips(float south, float north, float west, float east, float secondWest, float secondEast) {
    private static final float LONGITUDE_MAX = 180;

    static Strips of(BoundingBox box) {
        float south = down(box.south());
        float north = up(box.north());
        float west = down(box.west());
        float east = up(box.east());
        if (box.wraps()) {
            return new Strips(south, north, west, LONGITUDE_MAX, -LONGITUDE_MAX, east);
        }
        if (east == LONGITUDE_MAX && west > -LONGITUDE_MAX) {
            return new Strips(south, north, west, east, -LONGITUDE_MAX, -LONGITUDE_MAX);
        }
        if (west == -LONGITUDE_MAX && east < LONGITUDE_MAX) {
            return new Strips(south, north, west, east, LONGITUDE_MAX, LONGITUDE_MAX);
        }
        return new Strips(south, north, west, east, Float.NaN, Float.NaN);
    }

    /** Returns whether there is a second strip. */
    boolean hasSecond() {
        return !Float.isNaN(secondWest);
    }

    private static float down(double degrees) {
        float rounded = (float) degrees;
        return rounded > degrees ? Math.nextDown(rounded) : rounded;
    }

    private static float up(double degrees) {
        float rounded = (float) degrees;
        return rounded < degrees ? Math.nextUp(rounded) : rounded;
    }
}
