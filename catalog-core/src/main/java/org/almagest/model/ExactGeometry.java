package org.almagest.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;

/** Compares values; geometries by type, parts and every ordinate, because their own equality overlooks z. */
final class ExactGeometry {
    private ExactGeometry() {}

    static boolean equal(@Nullable Object first, @Nullable Object second) {
        if (first instanceof Geometry && second instanceof Geometry) {
            return ((Geometry) first).equalsExact((Geometry) second)
                    && equalInZ(((Geometry) first).getCoordinates(), ((Geometry) second).getCoordinates());
        }
        if (first instanceof List && second instanceof List) {
            return equalLists((List<?>) first, (List<?>) second);
        }
        return Objects.equals(first, second);
    }

    private static boolean equalLists(List<?> first, List<?> second) {
        if (first.size() != second.size()) {
            return false;
        }
        for (int i = 0; i < first.size(); i++) {
            if (!equal(first.get(i), second.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalInZ(Coordinate[] first, Coordinate[] second) {
        for (int i = 0; i < first.length; i++) {
            double z = first[i].getZ();
            if (z != second[i].getZ() && !(Double.isNaN(z) && Double.isNaN(second[i].getZ()))) {
                return false;
            }
        }
        return true;
    }
}
