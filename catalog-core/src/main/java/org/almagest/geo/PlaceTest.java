package org.almagest.geo;

import java.util.List;
import org.almagest.internal.geo.Outline;
import org.almagest.model.BoundingBox;

/**
 * One spatial condition, made ready for many datapoints, in either coordinate system.
 *
 * <p>{@link #matches} and {@link #matchesExactly} are for one thread at a time; the other methods may be called by any.
 */
public interface PlaceTest {
    /** Returns how a datapoint must lie to the filter. */
    PlanarPredicate predicate();

    /**
     * Returns boxes, none wrapped, one of which meets the index box of every match.
     *
     * <p>Few. The antimeridian counts on both sides: a filter that touches 180 also asks for -180.
     */
    List<BoundingBox> searchBoxes();

    /**
     * Returns what the index box of a datapoint says without its geometry; allocates nothing.
     *
     * @param west western side in degrees; above {@code east} where the box wraps
     */
    BoxAnswer decide(double west, double south, double east, double north);

    /**
     * Returns what the positions of a datapoint say; unsure where only the footprint can tell.
     *
     * <p>The datapoint is a point or a polygon that needed no repair. Allocates nothing. For one thread at a time.
     *
     * @param outline the positions as given; marked where they cross the antimeridian, and then left turned
     */
    default BoxAnswer decide(Outline outline) {
        return BoxAnswer.UNSURE;
    }

    /** Tells whether a datapoint matches, for callers that have asked {@code decide} already. */
    boolean matchesExactly(Footprint datapoint);

    /** Tells whether a datapoint matches; looks at its index box first. */
    default boolean matches(Footprint datapoint) {
        BoundingBox box = datapoint.indexBox();
        BoxAnswer answer = decide(box.west(), box.south(), box.east(), box.north());
        return answer == BoxAnswer.YES || answer == BoxAnswer.UNSURE && matchesExactly(datapoint);
    }

    /** Returns the same condition for use by another thread; shares what is immutable. */
    PlaceTest forAnotherThread();
}
