package org.almagest.index.spherical;

import com.google.common.geometry.S2Point;

/** A piece of a boundary or a line on the sphere, with a beginning and an end. */
abstract sealed class Curve permits GreatArc, ParallelArc {
    abstract S2Point start();

    abstract S2Point end();

    /** Returns how far along the curve a place on it lies, in radians. */
    abstract double order(S2Point p);

    abstract double length();

    /** Returns the place that far along. */
    abstract S2Point at(double order);

    /** Returns the place close to {@link #at} on the left, or for a negative side on the right. */
    abstract S2Point beside(double order, double side);

    /** Tells whether a place lies on the curve, within the tolerance. */
    abstract boolean holds(S2Point p);

    /** Returns a box in space around the curve. */
    abstract Bounds bounds();

    /** Adds the places where this curve meets another one, and those where either ends on the other. */
    abstract void meet(Curve other, Meetings meetings);

    /** Adds the ends of either that lie on the other. */
    final void meetEnds(Curve other, Meetings meetings) {
        meetings.addIf(other.holds(start()), start());
        meetings.addIf(other.holds(end()), end());
        meetings.addIf(holds(other.start()), other.start());
        meetings.addIf(holds(other.end()), other.end());
    }
}
