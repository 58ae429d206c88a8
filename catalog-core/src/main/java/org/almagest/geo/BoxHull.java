package org.almagest.geo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.almagest.model.BoundingBox;

/** The smallest box around boxes: in longitude the complement of the largest gap that they leave. */
public final class BoxHull {
    private BoxHull() {}

    /** A stretch of longitudes; its end may lie beyond 180. */
    private record Stretch(double from, double to) {}

    /**
     * Returns the box around boxes, of which there is at least one.
     *
     * <p>West is above east where that is smaller than going around the other way. Costs O(n log n).
     */
    public static BoundingBox of(List<BoundingBox> boxes) {
        List<Stretch> stretches = new ArrayList<>(boxes.size());
        double south = Double.POSITIVE_INFINITY;
        double north = Double.NEGATIVE_INFINITY;
        for (BoundingBox box : boxes) {
            stretches.add(new Stretch(box.west(), box.wraps() ? box.east() + Seam.TURN : box.east()));
            south = Math.min(south, box.south());
            north = Math.max(north, box.north());
        }
        stretches.sort(Comparator.comparingDouble(Stretch::from));
        double reached = Double.NEGATIVE_INFINITY;
        for (Stretch stretch : stretches) {
            reached = Math.max(reached, stretch.to() - Seam.TURN); // what they take of the next turn
        }
        double gap = 0;
        double west = -Seam.LONGITUDE;
        double east = Seam.LONGITUDE;
        for (Stretch stretch : stretches) {
            // The gap around the back of the map comes first, and an equal one inside does not win.
            if (stretch.from() - reached > gap) {
                gap = stretch.from() - reached;
                west = stretch.from();
                east = reached <= -Seam.LONGITUDE ? reached + Seam.TURN : reached;
            }
            reached = Math.max(reached, stretch.to());
        }
        return BoundingBox.of(west, south, east, north);
    }
}
