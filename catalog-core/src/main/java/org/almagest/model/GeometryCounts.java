package org.almagest.model;

/**
 * How many of the rows of an ingest call have a geometry whose index form differs from what was drawn.
 *
 * @param cut cut at the antimeridian
 * @param closedAtPole closed along a pole
 * @param repaired invalid as given and repaired
 */
public record GeometryCounts(long cut, long closedAtPole, long repaired) {
    /** No such rows. */
    public static final GeometryCounts NONE = new GeometryCounts(0, 0, 0);

    /** Returns the sums of both. */
    public GeometryCounts plus(GeometryCounts other) {
        return new GeometryCounts(cut + other.cut, closedAtPole + other.closedAtPole, repaired + other.repaired);
    }
}
