package org.almagest.index.spherical;

import java.util.ArrayList;
import java.util.List;
import org.almagest.geo.BoxAnswer;
import org.almagest.geo.FilterBox;
import org.almagest.geo.Footprint;
import org.almagest.geo.PlanarPredicate;
import org.almagest.model.BoundingBox;

/**
 * What index boxes alone say about a condition between great-circle arcs. Immutable.
 *
 * <p>The boxes cover the bulges of arcs and enclosed poles. A pole is one place at all longitudes.
 */
final class ArcBoxes {
    private static final double POLE = 90;
    private static final BoundingBox NORTH_POLE = BoundingBox.of(-180, POLE, 180, POLE);
    private static final BoundingBox SOUTH_POLE = BoundingBox.of(-180, -POLE, 180, -POLE);

    private final PlanarPredicate predicate;
    private final FilterBox around;

    /** The box of its positions, which the filter touches on all four sides. */
    private final BoundingBox touched;

    private final FilterBox touching;
    private final boolean north;
    private final boolean south;

    ArcBoxes(Footprint filter, PlanarPredicate predicate) {
        boolean isBox = (filter.flags() & Footprint.FLAG_BOX) != 0;
        BoundingBox box = isBox ? filter.planarBox() : filter.indexBox();
        this.predicate = predicate;
        this.around = isBox ? FilterBox.solid(box) : FilterBox.around(box);
        this.touched = filter.planarBox();
        this.touching = FilterBox.around(touched);
        this.north = box.north() >= POLE;
        this.south = box.south() <= -POLE;
    }

    List<BoundingBox> searchBoxes() {
        if (predicate == PlanarPredicate.DISJOINT) {
            return List.of(BoundingBox.GLOBE);
        }
        List<BoundingBox> boxes = new ArrayList<>(around.searchBoxes());
        if (north) {
            boxes.add(NORTH_POLE);
        }
        if (south) {
            boxes.add(SOUTH_POLE);
        }
        return List.copyOf(boxes);
    }

    BoxAnswer decide(double westSide, double southSide, double eastSide, double northSide) {
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

    /** Tells whether a geometry in that box may hold the filter; at a pole longitudes say nothing. */
    private boolean mayHold(double westSide, double southSide, double eastSide, double northSide) {
        if (touched.north() >= POLE || touched.south() <= -POLE) {
            return southSide <= touched.south() && touched.north() <= northSide;
        }
        return touching.liesWithin(westSide, southSide, eastSide, northSide);
    }
}
