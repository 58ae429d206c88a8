package org.almagest.index.spherical;

import com.google.common.geometry.S2EdgeUtil.EdgeCrosser;
import com.google.common.geometry.S2Loop;
import com.google.common.geometry.S2Point;
import java.util.List;
import org.almagest.geo.ArcReading;
import org.jspecify.annotations.Nullable;

/** A closed ring of great-circle arcs and which of its sides is the inside. For one thread. */
final class Ring {
    /** A ring all within 84 degrees of its middle lies in a cap, whose rest is the larger side. */
    private static final double CAP_COSINE_MIN = 0.1;

    /** Places up to which going around the ring is fastest. */
    private static final int PLAIN_MAX = 32;

    /** Questions that are worth no index. */
    private static final int PLAIN_QUESTIONS = 8;

    private final List<S2Point> places;

    /** The middle of the cap, and a place beyond it. */
    private final S2Point middle;

    private final S2Point beyond;

    /** No place of the ring has a smaller cosine of its distance from the middle. */
    private final double cosine;

    private @Nullable S2Loop loop;
    private int questions;

    private Ring(List<S2Point> places) {
        this.places = places;
        S2Point sum = places.get(0);
        for (int i = 1; i < places.size(); i++) {
            sum = sum.add(places.get(i));
        }
        this.middle = S2Point.normalize(sum.norm2() > 0 ? sum : places.get(0));
        this.beyond = middle.ortho();
        double least = 1;
        for (S2Point place : places) {
            least = Math.min(least, middle.dotProd(place));
        }
        this.cosine = least - Sphere.TOLERANCE;
    }

    /** Takes at least three places, the last not the first again. */
    static Ring of(List<S2Point> places, ArcReading reading) {
        Ring ring = new Ring(places);
        if (reading != ArcReading.SMALLER_SIDE || ring.cosine < CAP_COSINE_MIN) {
            ring.loop = ring.loop(reading);
        }
        return ring;
    }

    S2Point anyPlace() {
        return places.get(0);
    }

    /** Tells whether a place that is not on the ring is inside. */
    boolean contains(S2Point p) {
        S2Loop indexed = loop;
        if (indexed == null) {
            if (middle.dotProd(p) < cosine) {
                return false;
            }
            if (places.size() <= PLAIN_MAX || ++questions <= PLAIN_QUESTIONS) {
                return isInCap(p);
            }
            indexed = loop(ArcReading.SMALLER_SIDE);
            loop = indexed;
        }
        return indexed.contains(p);
    }

    /** Counts the arcs between a place in the cap and the one beyond. */
    private boolean isInCap(S2Point p) {
        EdgeCrosser crosser = new EdgeCrosser(p, beyond, places.get(places.size() - 1));
        boolean inside = false;
        for (int i = 0; i < places.size(); i++) {
            inside ^= crosser.edgeOrVertexCrossing(places.get(i));
        }
        return inside;
    }

    private S2Loop loop(ArcReading reading) {
        S2Loop made = new S2Loop(places);
        S2Point pole = Sphere.NORTH;
        boolean inside = reading == ArcReading.NORTH_POLE || reading == ArcReading.BOTH_POLES;
        if (reading != ArcReading.SMALLER_SIDE && isOnRing(pole)) {
            pole = Sphere.SOUTH;
            inside = reading == ArcReading.SOUTH_POLE || reading == ArcReading.BOTH_POLES;
        }
        if (reading == ArcReading.SMALLER_SIDE || isOnRing(pole)) {
            made.normalize();
        } else if (made.contains(pole) != inside) {
            made.invert();
        }
        return made;
    }

    private boolean isOnRing(S2Point pole) {
        S2Point previous = places.get(places.size() - 1);
        for (S2Point place : places) {
            if (new GreatArc(previous, place).holds(pole)) {
                return true;
            }
            previous = place;
        }
        return false;
    }
}
