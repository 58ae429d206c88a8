package org.almagest.geo;

import org.almagest.model.AntimeridianRule;
import org.locationtech.jts.geom.CoordinateSequence;

/** What a ring or line means when its edges are great-circle arcs. */
public enum ArcReading {
    /** A line, or a ring around the smaller of its two sides. */
    SMALLER_SIDE,
    /** A ring whose interior holds the north pole and not the south pole. */
    NORTH_POLE,
    /** A ring whose interior holds the south pole and not the north pole. */
    SOUTH_POLE,
    /** A ring whose interior holds both poles. */
    BOTH_POLES,
    /** A ring whose interior holds no pole, though it is wider than 180 degrees. */
    NO_POLE,
    /** No arcs: it is wider than 180 degrees and drawn on a flat map, so that only its cut form says what it covers. */
    AS_DRAWN;

    /**
     * Returns the reading of a closed ring.
     *
     * <p>Which side of a ring with crossings is the interior was decided for its cut form, by area; the index and both
     * coordinate systems hold to it.
     */
    public static ArcReading ofRing(CoordinateSequence positions, AntimeridianRule rule) {
        ArcReading asLine = ofLine(positions, rule);
        if (asLine == AS_DRAWN || isNarrow(positions)) {
            return asLine;
        }
        UnwrappedRing ring = UnwrappedRing.of(positions, rule);
        if (Math.abs(ring.turns()) > 1) {
            return AS_DRAWN;
        }
        if (ring.enclosesNorth()) {
            return ring.enclosesSouth() ? BOTH_POLES : NORTH_POLE;
        }
        if (ring.enclosesSouth()) {
            return SOUTH_POLE;
        }
        return ring.widthDegrees() > Seam.LONGITUDE ? NO_POLE : SMALLER_SIDE;
    }

    /** Returns the reading of a line: {@link #SMALLER_SIDE} or {@link #AS_DRAWN}. */
    public static ArcReading ofLine(CoordinateSequence positions, AntimeridianRule rule) {
        boolean crosses = false;
        boolean unwrapped = Math.abs(Seam.snap(positions.getX(0))) > Seam.LONGITUDE;
        boolean alongParallel = false;
        for (int i = 1; i < positions.size(); i++) {
            double from = Seam.snap(positions.getX(i - 1));
            double to = Seam.snap(positions.getX(i));
            crosses |= Seam.crosses(from, to, rule);
            unwrapped |= Math.abs(to) > Seam.LONGITUDE;
            alongParallel |= Math.abs(to - from) == Seam.TURN && positions.getY(i) == positions.getY(i - 1);
        }
        return alongParallel || (unwrapped || !crosses) && !isNarrow(positions) ? AS_DRAWN : SMALLER_SIDE;
    }

    private static boolean isNarrow(CoordinateSequence positions) {
        double west = positions.getX(0);
        double east = west;
        for (int i = 1; i < positions.size(); i++) {
            west = Math.min(west, positions.getX(i));
            east = Math.max(east, positions.getX(i));
        }
        return east - west <= Seam.LONGITUDE;
    }
}
