package org.almagest.index.spherical;

import com.google.common.geometry.S2Point;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Polygon;

/** A polygon as drawn on a flat map, see {@link DrawnPath}; a part of a cut form, or a box. */
final class DrawnArea extends Area {
    private final double[] steps;
    private final Envelope extent;
    private final S2Point anyPlace;

    private DrawnArea(DrawnPath path, Polygon polygon) {
        super(new CurveSet(path.curves()));
        this.steps = path.steps();
        this.extent = polygon.getEnvelopeInternal();
        Coordinate corner = polygon.getCoordinate();
        this.anyPlace = Sphere.point(corner.x, corner.y);
    }

    static DrawnArea of(Polygon polygon) {
        DrawnPath path = new DrawnPath();
        path.add(polygon.getExteriorRing().getCoordinateSequence());
        for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
            path.add(polygon.getInteriorRingN(i).getCoordinateSequence());
        }
        return new DrawnArea(path, polygon);
    }

    @Override
    S2Point anyPlace() {
        return anyPlace;
    }

    @Override
    boolean surrounds(S2Point p) {
        double latitude = Sphere.latitude(p);
        if (latitude >= 90 || latitude <= -90) {
            return latitude > 0 ? extent.getMaxY() >= 90 : extent.getMinY() <= -90;
        }
        // On the map, a place is inside when an odd number of edges lies north of it.
        double longitude = Sphere.longitude(p);
        boolean inside = false;
        for (int i = 0; i < steps.length; i += 4) {
            if (steps[i] <= longitude && longitude < steps[i + 2]) {
                inside ^= latitude < DrawnPath.latitude(steps, i, longitude);
            }
        }
        return inside;
    }
}
