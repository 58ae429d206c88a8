package org.almagest.geo;

import java.util.List;
import org.almagest.internal.geo.Place;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;

/** The rules for positions, lines, rings and parts of one geometry; every door to geometry goes through here. */
final class PositionChecks {
    static final double LATITUDE_MAX = 90;
    static final double LONGITUDE_MAX = 360;
    static final int RING_POSITIONS_MIN = 4;
    static final int LINE_POSITIONS_MIN = 2;

    /** Whether positions of this geometry have a z; null until the first position. */
    private @Nullable Boolean withZ;

    void checkPoint(CoordinateSequence positions, Place place) {
        checkPositions(positions, place);
    }

    void checkLine(CoordinateSequence positions, Place place) {
        if (positions.size() > 0 && positions.size() < LINE_POSITIONS_MIN) {
            throw place.refused("too few positions: " + positions.size() + " (at least " + LINE_POSITIONS_MIN + ")");
        }
        checkPositions(positions, place);
    }

    void checkRing(CoordinateSequence positions, Place place) {
        int size = positions.size();
        if (size < RING_POSITIONS_MIN) {
            throw place.refused("too few positions: " + size + " (at least " + RING_POSITIONS_MIN + ")");
        }
        checkPositions(positions, place);
        if (positions.getX(0) != positions.getX(size - 1) || positions.getY(0) != positions.getY(size - 1)) {
            throw place.at("position", size - 1)
                    .refused("ring is not closed: " + text(positions, size - 1) + " (expected " + text(positions, 0)
                            + ", its first position)");
        }
    }

    /** Refuses an empty part among others; parts that are all empty make an empty geometry. */
    static void checkParts(List<? extends Geometry> parts, String word, Place place) {
        boolean anyEmpty = false;
        boolean anyFull = false;
        for (Geometry part : parts) {
            anyEmpty |= part.isEmpty();
            anyFull |= !part.isEmpty();
        }
        for (int i = 0; anyEmpty && anyFull && i < parts.size(); i++) {
            if (parts.get(i).isEmpty()) {
                throw place.at(word, i).refused("empty part of a geometry that is not empty");
            }
        }
    }

    private void checkPositions(CoordinateSequence positions, Place place) {
        for (int i = 0; i < positions.size(); i++) {
            double longitude = positions.getX(i);
            double latitude = positions.getY(i);
            // Written so that NaN fails too.
            if (!(Math.abs(longitude) <= LONGITUDE_MAX)) {
                throw outOfRange(place.at("position", i), "longitude", longitude, LONGITUDE_MAX);
            }
            if (!(Math.abs(latitude) <= LATITUDE_MAX)) {
                throw outOfRange(place.at("position", i), "latitude", latitude, LATITUDE_MAX);
            }
            checkHeight(positions, i, place);
            if (positions.hasM() && !Double.isNaN(positions.getM(i))) {
                throw place.at("position", i).refused("m " + positions.getM(i) + " (measures are not taken)");
            }
        }
    }

    private void checkHeight(CoordinateSequence positions, int i, Place place) {
        double z = positions.hasZ() ? positions.getZ(i) : Double.NaN;
        if (Double.isInfinite(z)) {
            throw place.at("position", i).refused("z " + z + " (expected a finite number)");
        }
        boolean present = !Double.isNaN(z);
        if (withZ == null) {
            withZ = present;
        } else if (withZ != present) {
            throw place.at("position", i)
                    .refused(present ? "z " + z + " (expected none, as before)" : "no z (expected one, as before)");
        }
    }

    private static RuntimeException outOfRange(Place position, String axis, double value, double max) {
        String expected = !Double.isFinite(value)
                ? "expected a finite number"
                : value > 0 ? "at most " + (int) max : "at least -" + (int) max;
        return position.refused(axis + " " + value + " (" + expected + ")");
    }

    private static String text(CoordinateSequence positions, int i) {
        return "(" + positions.getX(i) + ", " + positions.getY(i) + ")";
    }
}
