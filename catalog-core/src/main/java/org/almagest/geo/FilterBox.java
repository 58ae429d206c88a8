package org.almagest.geo;

import java.util.ArrayList;
import java.util.List;
import org.almagest.model.BoundingBox;

/** The planar box of a filter against boxes of datapoints; either may wrap, and 180 is -180. */
final class FilterBox {
    private final double west;
    private final double south;
    private final double east;
    private final double north;
    private final boolean wraps;

    /** Whether the filter is this box and nothing less. */
    private final boolean solid;

    FilterBox(BoundingBox box, boolean solid) {
        this.west = box.west();
        this.south = box.south();
        this.east = box.east();
        this.north = box.north();
        this.wraps = box.wraps();
        this.solid = solid;
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

    List<BoundingBox> searchBoxes() {
        List<BoundingBox> boxes = new ArrayList<>(halves(BoundingBox.of(west, south, east, north)));
        if (!wraps && east >= Seam.LONGITUDE && west > -Seam.LONGITUDE) {
            boxes.add(BoundingBox.of(-Seam.LONGITUDE, south, -Seam.LONGITUDE, north));
        }
        if (!wraps && west <= -Seam.LONGITUDE && east < Seam.LONGITUDE) {
            boxes.add(BoundingBox.of(Seam.LONGITUDE, south, Seam.LONGITUDE, north));
        }
        return List.copyOf(boxes);
    }

    boolean meets(double otherWest, double otherSouth, double otherEast, double otherNorth) {
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
    boolean surelyCovers(double otherWest, double otherSouth, double otherEast, double otherNorth) {
        return solid && south <= otherSouth && otherNorth <= north && covers(west, east, otherWest, otherEast);
    }

    /** Tells whether the filter's box lies in that box. */
    boolean liesWithin(double otherWest, double otherSouth, double otherEast, double otherNorth) {
        return otherSouth <= south && north <= otherNorth && covers(otherWest, otherEast, west, east);
    }

    /** Tells whether one interval of longitudes holds another; both may wrap. */
    static boolean covers(double west, double east, double innerWest, double innerEast) {
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
