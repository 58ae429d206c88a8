package org.almagest.geo;

import java.util.ArrayList;
import java.util.List;
import org.almagest.model.BoundingBox;

/**
 * What index boxes alone say about a condition between great-circle arcs.
 *
 * <p>The boxes cover the bulges of arcs and enclosed poles. A pole is one place at all longitudes. Immutable.
 */
public final class ArcBoxes {
    private static final double POLE = 90;

    private final PlanarPredicate predicate;

    /** Around the filter; exact and solid where it is a box. */
    private final FilterBox around;

    /** The box of its positions, which the filter touches on all four sides. */
    private final BoundingBox touched;

    private final List<BoundingBox> searched;
    private final boolean north;
    private final boolean south;

    private ArcBoxes(Footprint filter, PlanarPredicate predicate) {
        boolean isBox = (filter.flags() & Footprint.FLAG_BOX) != 0;
        BoundingBox box = isBox ? filter.planarBox() : filter.indexBox();
        this.predicate = predicate;
        this.around = new FilterBox(box, isBox);
        this.touched = filter.planarBox();
        this.north = box.north() >= POLE;
        this.south = box.south() <= -POLE;
        this.searched = searched();
    }

    /** Returns what boxes say of the condition that a datapoint lies to {@code filter} as {@code predicate} says. */
    public static ArcBoxes of(Footprint filter, PlanarPredicate predicate) {
        return new ArcBoxes(filter, predicate);
    }

    private List<BoundingBox> searched() {
        if (predicate == PlanarPredicate.DISJOINT) {
            return List.of(BoundingBox.GLOBE);
        }
        List<BoundingBox> boxes = new ArrayList<>(around.searchBoxes());
        if (north) {
            boxes.add(BoundingBox.of(-Seam.LONGITUDE, POLE, Seam.LONGITUDE, POLE));
        }
        if (south) {
            boxes.add(BoundingBox.of(-Seam.LONGITUDE, -POLE, Seam.LONGITUDE, -POLE));
        }
        return List.copyOf(boxes);
    }

    /** Returns boxes as {@link PlaceTest#searchBoxes} does. */
    public List<BoundingBox> searchBoxes() {
        return searched;
    }

    /** Returns an answer as {@link PlaceTest#decide} does. */
    public BoxAnswer decide(double westSide, double southSide, double eastSide, double northSide) {
        boolean meets = around.meets(westSide, southSide, eastSide, northSide)
                || north && northSide >= POLE
                || south && southSide <= -POLE;
        if (!meets) {
            return predicate == PlanarPredicate.DISJOINT ? BoxAnswer.YES : BoxAnswer.NO;
        }
        return switch (predicate) {
            case INTERSECTS, WITHIN ->
                around.surelyCovers(westSide, southSide, eastSide, northSide) ? BoxAnswer.YES : BoxAnswer.UNSURE;
            case CONTAINS -> mayHold(westSide, southSide, eastSide, northSide) ? BoxAnswer.UNSURE : BoxAnswer.NO;
            case DISJOINT ->
                around.surelyCovers(westSide, southSide, eastSide, northSide) ? BoxAnswer.NO : BoxAnswer.UNSURE;
        };
    }

    /** Tells whether the places at which the filter touches the sides of its box lie in that box. */
    private boolean mayHold(double westSide, double southSide, double eastSide, double northSide) {
        if (touched.south() < southSide || northSide < touched.north()) {
            return false;
        }
        boolean poleHasNoLongitude = touched.north() >= POLE || touched.south() <= -POLE;
        return poleHasNoLongitude
                || FilterBox.covers(westSide, eastSide, touched.west(), touched.west())
                        && FilterBox.covers(westSide, eastSide, touched.east(), touched.east());
    }
}
