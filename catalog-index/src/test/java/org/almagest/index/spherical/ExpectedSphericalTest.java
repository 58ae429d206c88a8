package org.almagest.index.spherical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.almagest.geo.Footprint;
import org.almagest.geo.PlaceTest;
import org.almagest.geo.PlanarPredicate;
import org.almagest.geo.SharedGeometries;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygon;

/**
 * The hard geometries with corrected answers.
 *
 * <p>A corrected geometry is the input cut at the antimeridian where its great-circle arcs cross it, to seven digits, and
 * closed along the poles. It covers on the sphere what the input does. So the input, asked with {@code SPHERICAL}, must
 * hold the points of a grid that lie in the corrected polygons after their edges are drawn as arcs, and must pass through
 * every corner of the corrected geometry.
 */
class ExpectedSphericalTest {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    /** How far the seven digits and the drawing of arcs may move a boundary, in degrees. */
    private static final double MARGIN = 1e-5;

    private static final double STEP = 0.05;

    private static Map<String, Geometry> inputs() throws IOException {
        Map<String, Geometry> inputs = new TreeMap<>(SharedGeometries.folder("antimeridian/input"));
        inputs.keySet().retainAll(expected().keySet());
        return inputs;
    }

    private static Map<String, Geometry> expected() throws IOException {
        return SharedGeometries.folder("antimeridian/expected-spherical");
    }

    @Test
    void holdsThePointsThatTheCorrectedPolygonsHold() throws IOException {
        Map<String, Geometry> expected = expected();
        for (Map.Entry<String, Geometry> input : inputs().entrySet()) {
            if (input.getValue().getDimension() == 2) {
                int inside = compare(input.getKey(), input.getValue(), expected.get(input.getKey()));
                assertTrue(inside > 0, input.getKey());
            }
        }
    }

    /** Compares on a grid that is fine where the shape is small; returns how many points lie inside. */
    private static int compare(String name, Geometry input, Geometry corrected) {
        PlaceTest test = Spherical.filter(Spheres.footprint(input), PlanarPredicate.INTERSECTS);
        Geometry drawn = withArcs(corrected);
        IndexedPointInAreaLocator locator = new IndexedPointInAreaLocator(drawn);
        int inside = 0;
        for (double longitude = -179.9; longitude < 180; longitude += 0.73) {
            for (double latitude = -89.9; latitude < 90; latitude += 0.71) {
                Coordinate place = new Coordinate(longitude, latitude);
                boolean held = locator.locate(place) == Location.INTERIOR;
                if (held != test.matches(Spheres.point(longitude, latitude))) {
                    double distance = drawn.getBoundary().distance(FACTORY.createPoint(place));
                    assertTrue(distance < MARGIN, name + " at " + place + ", inside as corrected: " + held);
                }
                inside += held ? 1 : 0;
            }
        }
        return inside;
    }

    /** Draws the edges of polygons as arcs, but for those along the antimeridian, a pole or a whole parallel. */
    private static Geometry withArcs(Geometry geometry) {
        List<Polygon> polygons = new ArrayList<>();
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            Polygon polygon = (Polygon) geometry.getGeometryN(i);
            LinearRing[] holes = new LinearRing[polygon.getNumInteriorRing()];
            for (int j = 0; j < holes.length; j++) {
                holes[j] = withArcs(polygon.getInteriorRingN(j));
            }
            polygons.add(FACTORY.createPolygon(withArcs(polygon.getExteriorRing()), holes));
        }
        return FACTORY.buildGeometry(polygons);
    }

    private static LinearRing withArcs(LinearRing ring) {
        Coordinate[] corners = ring.getCoordinates();
        List<Coordinate> drawn = new ArrayList<>(List.of(corners[0]));
        for (int i = 1; i < corners.length; i++) {
            addArc(corners[i - 1], corners[i], drawn);
        }
        return FACTORY.createLinearRing(drawn.toArray(new Coordinate[0]));
    }

    /** Along the arc, the tangent of the latitude is a sum of sines of the longitude. */
    private static void addArc(Coordinate from, Coordinate to, List<Coordinate> drawn) {
        double width = to.x - from.x;
        boolean alongPole = Math.abs(from.y) == 90 || Math.abs(to.y) == 90;
        int steps = alongPole || Math.abs(width) >= 180 ? 1 : (int) Math.ceil(Math.abs(width) / STEP);
        for (int i = 1; i < steps; i++) {
            double part = width * i / steps;
            double rise = Math.tan(Math.toRadians(from.y)) * Math.sin(Math.toRadians(width - part))
                    + Math.tan(Math.toRadians(to.y)) * Math.sin(Math.toRadians(part));
            drawn.add(new Coordinate(from.x + part, Math.toDegrees(Math.atan(rise / Math.sin(Math.toRadians(width))))));
        }
        drawn.add(to);
    }

    @Test
    void passesThroughTheCornersOfTheCorrectedGeometries() throws IOException {
        Map<String, Geometry> expected = expected();
        for (Map.Entry<String, Geometry> input : inputs().entrySet()) {
            Footprint footprint = Spheres.footprint(input.getValue());
            for (Coordinate corner : expected.get(input.getKey()).getCoordinates()) {
                String what = input.getKey() + " at " + corner;
                assertTrue(Spheres.intersects(around(corner), footprint), what);
                boolean alongPole = Math.abs(corner.y) == 90;
                if (!alongPole) {
                    assertEquals(false, Spheres.within(around(corner), footprint), what + " is a boundary");
                }
            }
        }
    }

    private static Footprint around(Coordinate corner) {
        double longitude = Math.min(Math.max(corner.x, -180 + 1e-6), 180 - 1e-6);
        double latitude = Math.min(Math.max(corner.y, -90 + 1e-6), 90 - 1e-6);
        return Spheres.box(longitude - 1e-6, latitude - 1e-6, longitude + 1e-6, latitude + 1e-6);
    }

    /** Where no pole is enclosed, the corrected geometry is one whose own arcs mean the same. */
    @Test
    void theCorrectedGeometriesMeanTheSame() throws IOException {
        Set<String> atPoles = Set.of("both-poles", "north-pole", "south-pole");
        Map<String, Geometry> inputs = inputs();
        for (Map.Entry<String, Geometry> expected : expected().entrySet()) {
            Geometry input = inputs.get(expected.getKey());
            if (!atPoles.contains(expected.getKey())) {
                PlaceTest given = Spherical.filter(Spheres.footprint(input), PlanarPredicate.INTERSECTS);
                PlaceTest corrected =
                        Spherical.filter(Spheres.footprint(expected.getValue()), PlanarPredicate.INTERSECTS);
                for (double longitude = -180; longitude <= 180; longitude += 2.5) {
                    for (double latitude = -88.75; latitude < 90; latitude += 1.25) {
                        Footprint point = Spheres.point(longitude, latitude);
                        String what = expected.getKey() + " at " + longitude + " " + latitude;
                        assertEquals(given.matches(point), corrected.matches(point), what);
                    }
                }
            }
        }
    }
}
