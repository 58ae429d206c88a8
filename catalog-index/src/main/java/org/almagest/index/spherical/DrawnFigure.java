package org.almagest.index.spherical;

import com.google.common.geometry.S2Point;
import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;

/** Makes the figure of a cut form as drawn on a flat map. */
final class DrawnFigure {
    private final List<Area> areas = new ArrayList<>();
    private final DrawnPath lines = new DrawnPath();
    private final List<S2Point> points = new ArrayList<>();

    private DrawnFigure() {}

    static Figure of(Geometry cut) {
        DrawnFigure figure = new DrawnFigure();
        for (int i = 0; i < cut.getNumGeometries(); i++) {
            figure.add(cut.getGeometryN(i));
        }
        return new Figure(figure.areas, figure.lines.curves(), figure.points);
    }

    private void add(Geometry part) {
        if (part instanceof Polygon) {
            areas.add(DrawnArea.of((Polygon) part));
            return;
        }
        if (part instanceof LineString) {
            lines.add(((LineString) part).getCoordinateSequence());
        }
        // The first place of a line too: one along a pole has no curve.
        points.add(Sphere.point(part.getCoordinate().x, part.getCoordinate().y));
    }
}
