package org.almagest.index.spherical;

import com.google.common.geometry.S2Point;

/** One connected piece of the sphere with its boundary. */
abstract class Area {
    private final CurveSet boundary;

    Area(CurveSet boundary) {
        this.boundary = boundary;
    }

    final CurveSet boundary() {
        return boundary;
    }

    /** Returns a box in space around the area. */
    final Bounds extent() {
        Bounds bounds = boundary.bounds();
        // In a cap, a place inside lies at most as far above the hull of the boundary as the cap rises above its rim;
        // the rim of a cap around a box of this diagonal has at most its radius.
        double diagonal2 = bounds.diagonal2();
        return diagonal2 < 1 ? bounds.grown(diagonal2 / 2) : Bounds.SPHERE;
    }

    /** Tells whether a place that is not on the boundary lies inside; of one on it either may be said. */
    abstract boolean surrounds(S2Point p);

    /** Returns a place on the boundary or inside. */
    abstract S2Point anyPlace();

    /** Tells whether a place lies inside or on the boundary. */
    final boolean covers(S2Point p) {
        return surrounds(p) || boundary.hold(p);
    }

    /** Tells whether a place lies inside and not on the boundary. */
    final boolean hasInside(S2Point p) {
        return surrounds(p) && !boundary.hold(p);
    }
}
