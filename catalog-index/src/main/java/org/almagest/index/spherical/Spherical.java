package org.almagest.index.spherical;

import org.almagest.error.InvalidRequestException;
import org.almagest.geo.Footprint;
import org.almagest.geo.PlaceTest;
import org.almagest.geo.PlanarPredicate;

/**
 * The way to spherical predicates, which need S2; this class does not.
 *
 * <p>A condition between great-circle arcs: each edge is the shorter arc between its positions, a polygon is the
 * smaller side of its ring, and boundaries count. The sides of a box run along parallels and meridians.
 */
public final class Spherical {
    /** The artifact that must be on the class path. */
    public static final String ARTIFACT = "com.google.geometry:s2-geometry";

    private static final boolean PRESENT = isPresent(Spherical.class.getClassLoader());

    private Spherical() {}

    /** Tells whether S2 is there, with what it needs. */
    public static boolean isAvailable() {
        return PRESENT;
    }

    private static boolean isPresent(ClassLoader loader) {
        try {
            Class.forName("com.google.common.geometry.S2Loop", false, loader);
            Class.forName("com.google.common.collect.ImmutableList", false, loader);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /**
     * Returns the condition that a datapoint lies to {@code filter} as {@code predicate} says, for one thread.
     *
     * @throws InvalidRequestException if S2 is not on the class path
     */
    public static PlaceTest filter(Footprint filter, PlanarPredicate predicate) {
        if (!PRESENT) {
            throw missing();
        }
        return new SphericalFilter(filter, predicate);
    }

    /** Returns the error of a spherical condition where S2 is not on the class path. */
    public static InvalidRequestException missing() {
        return new InvalidRequestException("SPHERICAL", "needs " + ARTIFACT + " on the class path");
    }
}
