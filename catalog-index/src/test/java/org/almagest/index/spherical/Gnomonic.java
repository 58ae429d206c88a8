package org.almagest.index.spherical;

import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/**
 * The projection from the centre of the sphere on a plane that touches it: great-circle arcs become straight lines, so
 * that planar predicates on what is projected answer for the sphere. For what lies well within 90 degrees of the centre.
 */
final class Gnomonic {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    private final double[] centre;
    private final double[] east;
    private final double[] north;

    Gnomonic(double longitude, double latitude) {
        double sinX = Math.sin(Math.toRadians(longitude));
        double cosX = Math.cos(Math.toRadians(longitude));
        double sinY = Math.sin(Math.toRadians(latitude));
        double cosY = Math.cos(Math.toRadians(latitude));
        centre = new double[] {cosY * cosX, cosY * sinX, sinY};
        east = new double[] {-sinX, cosX, 0};
        north = new double[] {-sinY * cosX, -sinY * sinX, cosY};
    }

    /** Returns the longitude and latitude of a place in the plane. */
    Coordinate place(double x, double y) {
        double[] p = new double[3];
        for (int i = 0; i < 3; i++) {
            p[i] = centre[i] + x * east[i] + y * north[i];
        }
        return new Coordinate(
                Math.toDegrees(Math.atan2(p[1], p[0])), Math.toDegrees(Math.atan2(p[2], Math.hypot(p[0], p[1]))));
    }

    private Coordinate project(Coordinate place) {
        double cosY = Math.cos(Math.toRadians(place.y));
        double[] p = {
            cosY * Math.cos(Math.toRadians(place.x)),
            cosY * Math.sin(Math.toRadians(place.x)),
            Math.sin(Math.toRadians(place.y))
        };
        double depth = dot(p, centre);
        return new Coordinate(dot(p, east) / depth, dot(p, north) / depth);
    }

    private static double dot(double[] p, double[] q) {
        return p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
    }

    private Coordinate[] project(Coordinate[] places) {
        Coordinate[] projected = new Coordinate[places.length];
        for (int i = 0; i < places.length; i++) {
            projected[i] = project(places[i]);
        }
        return projected;
    }

    /** Returns what the arcs of a geometry draw in the plane. */
    Geometry project(Geometry geometry) {
        if (geometry instanceof Point) {
            return FACTORY.createPoint(project(geometry.getCoordinate()));
        }
        if (geometry instanceof LinearRing) {
            return FACTORY.createLinearRing(project(geometry.getCoordinates()));
        }
        if (geometry instanceof LineString) {
            return FACTORY.createLineString(project(geometry.getCoordinates()));
        }
        if (geometry instanceof Polygon) {
            Polygon polygon = (Polygon) geometry;
            LinearRing[] holes = new LinearRing[polygon.getNumInteriorRing()];
            for (int i = 0; i < holes.length; i++) {
                holes[i] = (LinearRing) project(polygon.getInteriorRingN(i));
            }
            return FACTORY.createPolygon((LinearRing) project(polygon.getExteriorRing()), holes);
        }
        List<Geometry> parts = new ArrayList<>();
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            parts.add(project(geometry.getGeometryN(i)));
        }
        return FACTORY.buildGeometry(parts);
    }
}
