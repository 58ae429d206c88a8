package org.almagest.internal.geo;

import org.locationtech.jts.algorithm.CGAlgorithmsDD;

/** What can be told of a ring at a glance. */
public final class SimpleRing {
    /** Positions up to which comparing all pairs of edges beats the exact check of JTS. */
    public static final int POSITIONS_MAX = 24;

    private SimpleRing() {}

    /** Tells whether a ring is simple by one of the tests below; false says nothing. */
    public static boolean isSurely(double[] x, double[] y, int positions) {
        return isStrictlyConvex(x, y, positions) || isStrictlySimple(x, y, positions);
    }

    /** Tells whether every corner of a ring turns clearly the same way, once around; such a ring is simple. */
    static boolean isStrictlyConvex(double[] x, double[] y, int positions) {
        int size = positions - 1;
        int side = 0;
        int quadrants = 0;
        double previousX = x[0] - x[size - 1];
        double previousY = y[0] - y[size - 1];
        int previousQuadrant = quadrantOf(previousX, previousY);
        for (int i = 0; i < size; i++) {
            double nextX = x[i + 1] - x[i];
            double nextY = y[i + 1] - y[i];
            double left = previousX * nextY;
            double right = previousY * nextX;
            double cross = left - right;
            // Clear means: more than what rounding can fake, which leaves doubtful corners to the exact check.
            int turn = Math.abs(cross) > 1e-12 * (Math.abs(left) + Math.abs(right)) ? (cross > 0 ? 1 : -1) : 0;
            if (turn == 0 || side != 0 && turn != side) {
                return false;
            }
            side = turn;
            int quadrant = quadrantOf(nextX, nextY);
            quadrants += (side * (quadrant - previousQuadrant)) & 3;
            previousX = nextX;
            previousY = nextY;
            previousQuadrant = quadrant;
        }
        // Directions pass the four quadrants once around a convex ring; around a star they pass them again.
        return quadrants == 4;
    }

    /**
     * Returns the area of what lies east of a meridian, where a ring is simple; square degrees.
     *
     * @param positions how many, the last equal to the first
     */
    static double areaEastOf(double meridian, double[] x, double[] y, int positions) {
        double sum = 0;
        for (int i = 1; i < positions; i++) {
            double from = x[i - 1] - meridian;
            double to = x[i] - meridian;
            double height = y[i] - y[i - 1];
            if (from >= 0 && to >= 0) {
                sum += height * (from + to) / 2;
            } else if (from > 0 || to > 0) {
                double beyond = Math.max(from, to);
                sum += height * beyond / 2 * (beyond / Math.abs(to - from));
            }
        }
        return Math.abs(sum);
    }

    private static int quadrantOf(double x, double y) {
        if (y > 0 || y == 0 && x > 0) {
            return x > 0 ? 0 : 1;
        }
        return x < 0 ? 2 : 3;
    }

    /** Tells whether no two edges of a ring meet but neighbours at their common end, nor does one fold back. */
    static boolean isStrictlySimple(double[] x, double[] y, int positions) {
        int size = positions - 1;
        if (positions > POSITIONS_MAX) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            int before = i == 0 ? size - 1 : i - 1;
            if (side(x, y, before, i, i + 1) == 0) {
                return false; // straight on, folded back or repeated: left to the exact check
            }
            int last = i == 0 ? size - 2 : size - 1; // the edge before the first is its neighbour
            for (int j = i + 2; j <= last; j++) {
                if (meet(x, y, i, j)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean meet(double[] x, double[] y, int i, int j) {
        return overlap(x[i], x[i + 1], x[j], x[j + 1])
                && overlap(y[i], y[i + 1], y[j], y[j + 1])
                && side(x, y, i, i + 1, j) * side(x, y, i, i + 1, j + 1) <= 0
                && side(x, y, j, j + 1, i) * side(x, y, j, j + 1, i + 1) <= 0;
    }

    private static boolean overlap(double a, double b, double c, double d) {
        return Math.max(a, b) >= Math.min(c, d) && Math.max(c, d) >= Math.min(a, b);
    }

    /** Returns on which side of a line through two positions a third is, exactly; 0 where it is on the line. */
    private static int side(double[] x, double[] y, int from, int to, int third) {
        return CGAlgorithmsDD.orientationIndex(x[from], y[from], x[to], y[to], x[third], y[third]);
    }
}
