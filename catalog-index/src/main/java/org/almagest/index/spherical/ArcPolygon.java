package org.almagest.index.spherical;

import com.google.common.geometry.S2Point;
import java.util.ArrayList;
import java.util.List;
import org.almagest.geo.ArcReading;
import org.almagest.model.AntimeridianRule;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Polygon;

/** Makes the area of one polygon with great-circle arcs for edges, where it has one. */
final class ArcPolygon {
    private static final int RING_PLACES_MIN = 3;

    private final AntimeridianRule rule;
    private final boolean checked;
    private final List<GreatArc> arcs = new ArrayList<>();
    private final List<Ring> rings = new ArrayList<>(1);
    private int shellArcs;

    /**
     * Takes how to read wide edges.
     *
     * @param checked false to take on trust that no two edges cross
     */
    ArcPolygon(AntimeridianRule rule, boolean checked) {
        this.rule = rule;
        this.checked = checked;
    }

    /** Returns the area; null where arcs do not say what the polygon covers. */
    @Nullable
    Area area(Polygon polygon) {
        boolean valid = addRing(polygon.getExteriorRing().getCoordinateSequence());
        shellArcs = arcs.size();
        for (int i = 0; i < polygon.getNumInteriorRing() && valid; i++) {
            valid = addRing(polygon.getInteriorRingN(i).getCoordinateSequence());
        }
        if (!valid || checked && !(CrossingArcs.none(arcs) && holesLieInside())) {
            return null;
        }
        return new ArcArea(new CurveSet(arcs), rings.get(0), List.copyOf(rings.subList(1, rings.size())));
    }

    private boolean addRing(CoordinateSequence positions) {
        ArcReading reading = ArcReading.ofRing(positions, rule);
        List<S2Point> places = ArcFigure.places(positions);
        if (reading == ArcReading.AS_DRAWN || places.size() <= RING_PLACES_MIN || !ArcFigure.addArcs(places, arcs)) {
            return false;
        }
        rings.add(Ring.of(places.subList(0, places.size() - 1), reading));
        return true;
    }

    private boolean holesLieInside() {
        for (int i = 1; i < rings.size(); i++) {
            S2Point place = rings.get(i).anyPlace();
            if (!rings.get(0).contains(place) && !shellHolds(place)) {
                return false;
            }
        }
        return true;
    }

    private boolean shellHolds(S2Point place) {
        for (int i = 0; i < shellArcs; i++) {
            if (arcs.get(i).holds(place)) {
                return true;
            }
        }
        return false;
    }
}
