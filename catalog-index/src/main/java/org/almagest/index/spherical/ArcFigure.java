package org.almagest.index.spherical;

import com.google.common.geometry.S2Point;
import java.util.ArrayList;
import java.util.List;
import org.almagest.geo.ArcReading;
import org.almagest.geo.Footprint;
import org.almagest.model.AntimeridianRule;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/** Makes the figure of a footprint with great-circle arcs for edges, where it has one. */
final class ArcFigure {
    private final Footprint footprint;
    private final AntimeridianRule rule;
    private final List<Area> areas = new ArrayList<>(1);
    private final List<Curve> lines = new ArrayList<>();
    private final List<S2Point> points = new ArrayList<>();

    ArcFigure(Footprint footprint) {
        this.footprint = footprint;
        this.rule = footprint.rule();
    }

    /** Returns the figure; null where arcs do not say what the footprint covers. */
    @Nullable
    Figure build() {
        return add(footprint.original()) ? new Figure(areas, lines, points) : null;
    }

    private boolean add(Geometry geometry) {
        if (geometry instanceof Point) {
            points.add(Sphere.point(((Point) geometry).getX(), ((Point) geometry).getY()));
            return true;
        }
        if (geometry instanceof LineString) {
            return addLine(((LineString) geometry).getCoordinateSequence());
        }
        if (geometry instanceof Polygon) {
            Area area = new ArcPolygon(rule, !footprint.unchecked()).area((Polygon) geometry);
            return area != null && areas.add(area);
        }
        boolean all = true;
        for (int i = 0; i < geometry.getNumGeometries() && all; i++) {
            all = add(geometry.getGeometryN(i));
        }
        return all;
    }

    private boolean addLine(CoordinateSequence positions) {
        if (ArcReading.ofLine(positions, rule) == ArcReading.AS_DRAWN) {
            return false;
        }
        List<S2Point> places = places(positions);
        points.add(places.get(0)); // all there is of a line without length
        return addArcs(places, lines);
    }

    /** Returns the places of the positions, repetitions left out. */
    static List<S2Point> places(CoordinateSequence positions) {
        List<S2Point> places = new ArrayList<>(positions.size());
        for (int i = 0; i < positions.size(); i++) {
            S2Point place = Sphere.point(positions.getX(i), positions.getY(i));
            if (places.isEmpty() || !Sphere.same(place, places.get(places.size() - 1))) {
                places.add(place);
            }
        }
        return places;
    }

    /** Adds the arcs between the places; false where two are opposite and there is no shorter one. */
    static boolean addArcs(List<S2Point> places, List<? super GreatArc> arcs) {
        for (int i = 1; i < places.size(); i++) {
            if (GreatArc.areOpposite(places.get(i - 1), places.get(i))) {
                return false;
            }
            arcs.add(new GreatArc(places.get(i - 1), places.get(i)));
        }
        return true;
    }
}
