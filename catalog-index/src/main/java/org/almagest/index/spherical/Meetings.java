package org.almagest.index.spherical;

import com.google.common.geometry.S2Point;
import java.util.Arrays;

/** The places where curves meet one curve, by how far along it they lie; reused. */
final class Meetings {
    private double[] orders = new double[16];
    private int count;
    private Curve curve = GreatArc.NONE;

    /** Begins a new list, which holds both ends of the curve. */
    void begin(Curve newCurve) {
        curve = newCurve;
        count = 0;
        addOrder(0);
        addOrder(newCurve.length());
    }

    boolean isEmpty() {
        return count == 2;
    }

    void addIf(boolean met, S2Point p) {
        if (met) {
            add(p);
        }
    }

    void add(S2Point p) {
        addOrder(curve.order(p));
    }

    private void addOrder(double order) {
        if (count == orders.length) {
            orders = Arrays.copyOf(orders, 2 * count);
        }
        orders[count++] = order;
    }

    /** Sorts the places; the curve consists of the pieces between each and the next. */
    void sort() {
        Arrays.sort(orders, 0, count);
    }

    int pieces() {
        return count - 1;
    }

    /** Tells whether a piece is longer than what counts as one place. */
    boolean hasLength(int piece) {
        return orders[piece + 1] - orders[piece] > 2 * Sphere.TOLERANCE;
    }

    /** Returns the middle of a piece. */
    double middle(int piece) {
        return (orders[piece] + orders[piece + 1]) / 2;
    }
}
