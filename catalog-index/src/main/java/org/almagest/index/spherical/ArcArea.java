package org.almagest.index.spherical;

import com.google.common.geometry.S2Loop;
import com.google.common.geometry.S2Point;
import java.util.List;

/** A polygon whose edges are great-circle arcs. */
final class ArcArea extends Area {
    private final S2Loop shell;
    private final List<S2Loop> holes;

    ArcArea(CurveSet boundary, S2Loop shell, List<S2Loop> holes) {
        super(boundary);
        this.shell = shell;
        this.holes = holes;
    }

    @Override
    boolean surrounds(S2Point p) {
        if (!shell.contains(p)) {
            return false;
        }
        for (S2Loop hole : holes) {
            if (hole.contains(p)) {
                return false;
            }
        }
        return true;
    }

    @Override
    S2Point anyPlace() {
        return shell.vertex(0);
    }
}
