package org.almagest.index.spherical;

import com.google.common.geometry.S2Point;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Curves in the order in which they follow each other, so that neighbours lie close. */
final class CurveSet {
    /** Curves up to which looking at each is fastest. */
    private static final int PLAIN_MAX = 48;

    private static final int BLOCK = 16;

    private final Curve[] curves;
    private final Bounds @Nullable [] blocks;

    CurveSet(List<? extends Curve> curves) {
        this.curves = curves.toArray(new Curve[0]);
        this.blocks = this.curves.length > PLAIN_MAX ? blocks(this.curves) : null;
    }

    private static Bounds[] blocks(Curve[] curves) {
        Bounds[] blocks = new Bounds[(curves.length + BLOCK - 1) / BLOCK];
        for (int i = 0; i < blocks.length; i++) {
            Bounds bounds = curves[i * BLOCK].bounds();
            for (int j = i * BLOCK + 1; j < Math.min(curves.length, (i + 1) * BLOCK); j++) {
                bounds = bounds.with(curves[j].bounds());
            }
            blocks[i] = bounds;
        }
        return blocks;
    }

    /** Returns a box in space around the curves; at least one. */
    Bounds bounds() {
        Bounds all = curves[0].bounds();
        for (int i = 1; i < curves.length; i++) {
            all = all.with(curves[i].bounds());
        }
        return all;
    }

    /** Returns the next curve from this one on that may come near a box in space; {@link #size()} where none does. */
    int nextNear(int from, Bounds box) {
        Bounds[] all = blocks;
        for (int i = from; i < curves.length; i++) {
            if (all != null && i % BLOCK == 0 && !all[i / BLOCK].meets(box)) {
                i += BLOCK - 1;
            } else if (curves[i].bounds().meets(box)) {
                return i;
            }
        }
        return curves.length;
    }

    int size() {
        return curves.length;
    }

    Curve curve(int i) {
        return curves[i];
    }

    /** Adds the places where these curves meet another one. */
    void meet(Curve other, Meetings meetings) {
        Bounds[] all = blocks;
        if (all == null) {
            for (Curve curve : curves) {
                curve.meet(other, meetings);
            }
            return;
        }
        Bounds bounds = other.bounds();
        for (int i = 0; i < all.length; i++) {
            if (all[i].meets(bounds)) {
                for (int j = i * BLOCK; j < Math.min(curves.length, (i + 1) * BLOCK); j++) {
                    curves[j].meet(other, meetings);
                }
            }
        }
    }

    /** Tells whether a place lies on one of the curves, within the tolerance. */
    boolean hold(S2Point p) {
        Bounds[] all = blocks;
        for (int i = 0; i < curves.length; i++) {
            if (all != null && i % BLOCK == 0 && !all[i / BLOCK].holds(p)) {
                i += BLOCK - 1;
            } else if (curves[i].holds(p)) {
                return true;
            }
        }
        return false;
    }
}
