package org.almagest.index.spherical;

import com.google.common.geometry.S2Point;
import java.util.List;

/** A polygon whose edges are great-circle arcs. */
final class ArcArea extends Area {
    private final Ring shell;
    private final List<Ring> holes;

    ArcArea(CurveSet boundary, Ring shell, List<Ring> holes) {
        super(boundary);
        this.shell = shell;
        this.holes = holes;
    }

    @Override
    boolean surrounds(S2Point p) {
        if (!shell.contains(p)) {
            return false;
        }
        for (Ring hole : holes) {
            if (hole.contains(p)) {
                return false;
            }
        }
        return true;
    }

    @Override
    S2Point anyPlace() {
        return shell.anyPlace();
    }
}
