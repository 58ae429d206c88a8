package org.almagest.geo;

import java.util.ArrayList;
import java.util.List;
import org.almagest.model.BoundingBox;

/** The box of a filter against boxes of datapoints; either may wrap, and 180 is -180. Immutable. */
public final class FilterBox {
    private final double west;
    private final double south;
    private final double east;
    private final double north;
    private final boolean wraps;

    /** Whether the filter is this box and nothing less. */
    private final boolean solid;

    private FilterBox(BoundingBox box, boolean solid) {
        this.west = box.west();
        this.south = box.south();
        this.east = box.east();
        this.north = box.north();
        this.wraps = box.wraps();
        this.solid = solid;
    }

    /** Returns the box around a filter that may leave parts of it out. */
    public static FilterBox around(BoundingBox box) {
        return new FilterBox(box, false);
    }

    /** Returns the box of a filter that is that box and nothing less. */
    public static FilterBox solid(BoundingBox box) {
        return new FilterBox(box, true);
    }

    /** Returns the box, or for one that wraps its parts west and east of the antimeridian. */
    static List<BoundingBox> halves(BoundingBox box) {
        if (!box.wraps()) {
            return List.of(box);
        }
        return List.of(
                BoundingBox.of(box.west(), box.south(), Seam.LONGITUDE, box.north()),
                BoundingBox.of(-Seam.LONGITUDE, box.south(), box.east(), box.north()));
    }

    boolean touchesEast() {
        return wraps || east >= Seam.LONGITUDE;
    }

    boolean touchesWest() {
        return wraps || west <= -Seam.LONGITUDE;
    }

    /** Returns boxes, none wrapped, one of which meets every box that {@link #meets} this. */
    public List<BoundingBox> searchBoxes() {
        List<BoundingBox> boxes = new ArrayList<>(halves(BoundingBox.of(west, south, east, north)));
        if (!wraps && east >= Seam.LONGITUDE && west > -Seam.LONGITUDE) {
            boxes.add(BoundingBox.of(-Seam.LONGITUDE, south, -Seam.LONGITUDE, north));
        }
        if (!wraps && west <= -Seam.LONGITUDE && east < Seam.LONGITUDE) {
            boxes.add(BoundingBox.of(Seam.LONGITUDE, south, Seam.LONGITUDE, north));
        }
        return List.copyOf(boxes);
    }

    /** Tells whether the box of a datapoint shares a place with this one. */
    public boolean meets(double otherWest, double otherSouth, double otherEast, double otherNorth) {
        return south <= otherNorth && otherSouth <= north && meetsLongitudes(otherWest, otherEast);
    }

    private boolean meetsLongitudes(double otherWest, double otherEast) {
        boolean otherWraps = otherWest > otherEast;
        if (wraps && otherWraps) {
            return true;
        }
        boolean overlap =
                wraps || otherWraps ? west <= otherEast || otherWest <= east : west <= otherEast && otherWest <= east;
        return overlap || onSeam(west, east, wraps) && onSeam(otherWest, otherEast, otherWraps);
    }

    private static boolean onSeam(double west, double east, boolean wraps) {
        return wraps || west <= -Seam.LONGITUDE || east >= Seam.LONGITUDE;
    }

    /** Tells whether a geometry in that box lies wholly in the filter. */
    public boolean surelyCovers(double otherWest, double otherSouth, double otherEast, double otherNorth) {
        return solid && south <= otherSouth && otherNorth <= north && covers(west, east, otherWest, otherEast);
    }

    /**
     * Tells whether the places at which the filter touches its own box lie in that one.
     *
     * <p>Of a filter of several parts, the other box may hold them all and lead around the globe the other way.
     */
    public boolean liesWithin(double otherWest, double otherSouth, double otherEast, double otherNorth) {
        return otherSouth <= south
                && north <= otherNorth
                && covers(otherWest, otherEast, west, west)
                && covers(otherWest, otherEast, east, east);
    }

    /** Tells whether one interval of longitudes holds another; both may wrap. */
    private static boolean covers(double west, double east, double innerWest, double innerEast) {
        if (west <= -Seam.LONGITUDE && east >= Seam.LONGITUDE) {
            return true;
        }
        boolean innerWraps = innerWest > innerEast;
        if (west > east) {
            return innerWraps ? west <= innerWest && innerEast <= east : west <= innerWest || innerEast <= east;
        }
        if (innerWraps) {
            // Nothing but the antimeridian itself may lie beyond it.
            return innerEast <= -Seam.LONGITUDE && west <= innerWest && east >= Seam.LONGITUDE
                    || innerWest >= Seam.LONGITUDE && innerEast <= east && west <= -Seam.LONGITUDE;
        }
        if (west <= innerWest && innerEast <= east) {
            return true;
        }
        return innerWest == innerEast
                && Math.abs(innerWest) == Seam.LONGITUDE
                && (west <= -Seam.LONGITUDE || east >= Seam.LONGITUDE);
    }
}
