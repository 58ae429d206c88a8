package org.almagest.geo;

import static org.almagest.geo.Refusals.LIMITS;
import static org.almagest.geo.Refusals.assertLimit;
import static org.almagest.geo.Refusals.assertRefused;
import static org.almagest.geo.Refusals.wkt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateXYZM;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

class GeometryChecksTest {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    @Test
    void takesWhatIsAtALimitAndRefusesWhatIsPastIt() {
        wkt("LINESTRING (-360 -90, 360 90)");
        assertRefused("geometry: position 0: latitude 90.0000001 (at most 90)", () -> wkt("POINT (0 90.0000001)"));
        assertRefused("geometry: position 0: latitude -95.0 (at least -90)", () -> wkt("POINT (0 -95)"));
        assertRefused("geometry: position 0: longitude 540.0 (at most 360)", () -> wkt("POINT (540 0)"));
        assertRefused("geometry: position 0: longitude 1.0E308 (at most 360)", () -> wkt("POINT (1e308 0)"));
        assertEquals("POINT (5e-324 0)", Wkt.write(wkt("POINT (4.9e-324 -0.0)")), "subnormals are numbers");
    }

    @Test
    void refusesRingsThatAreNone() {
        assertRefused("geometry: ring 0: too few positions: 3 (at least 4)", () -> wkt("POLYGON ((0 0, 1 1, 0 0))"));
        assertRefused(
                "geometry: ring 1: too few positions: 0 (at least 4)",
                () -> wkt("POLYGON ((0 0, 1 0, 1 1, 0 0), EMPTY)"));
        assertRefused(
                "geometry: polygon 1: ring 0: position 3: ring is not closed: (0.0, 1.0) (expected (0.0, 0.0), its"
                        + " first position)",
                () -> wkt("MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((0 0, 1 0, 1 1, 0 1)))"));
        assertRefused(
                "geometry: line 1: too few positions: 1 (at least 2)",
                () -> wkt("MULTILINESTRING ((0 0, 1 1), (0 0))"));
        Geometry threePositions = FACTORY.createPolygon(
                new Coordinate[] {new Coordinate(0, 0), new Coordinate(1, 1), new Coordinate(0, 0)});
        assertRefused(
                "geometry: ring 0: too few positions: 3 (at least 4)",
                () -> GeometryChecks.check(threePositions, LIMITS));
    }

    @Test
    void refusesEmptyPartsOfWhatIsNotEmpty() {
        assertRefused(
                "geometry: point 1: empty part of a geometry that is not empty",
                () -> wkt("MULTIPOINT ((1 2), EMPTY)"));
        assertRefused(
                "geometry: part 1: part 0: empty part of a geometry that is not empty",
                () -> wkt("GEOMETRYCOLLECTION (POINT (1 2), GEOMETRYCOLLECTION (POLYGON EMPTY, POINT (1 2)))"));
        assertRefused(
                "geometry: part 0: empty part of a geometry that is not empty",
                () -> wkt("GEOMETRYCOLLECTION (GEOMETRYCOLLECTION (POINT EMPTY), POINT (1 2))"));
        assertTrue(GeometryChecks.isUnset(wkt("MULTIPOINT (EMPTY, EMPTY)")));
        assertTrue(GeometryChecks.isUnset(wkt("GEOMETRYCOLLECTION (POINT EMPTY, GEOMETRYCOLLECTION EMPTY)")));
        assertFalse(GeometryChecks.isUnset(wkt("POINT (0 0)")));
    }

    @Test
    void takesZOfAllPositionsOrOfNone() {
        assertRefused("geometry: position 1: no z (expected one, as before)", () -> wkt("LINESTRING (1 2 3, 4 5)"));
        assertRefused(
                "geometry: part 1: position 0: z 3.0 (expected none, as before)",
                () -> wkt("GEOMETRYCOLLECTION (POINT (1 2), POINT Z (1 2 3))"));
        Geometry infinite = FACTORY.createPoint(new Coordinate(1, 2, Double.NEGATIVE_INFINITY));
        assertRefused(
                "geometry: position 0: z -Infinity (expected a finite number)",
                () -> GeometryChecks.check(infinite, LIMITS));
    }

    @Test
    void refusesMeasures() {
        Point measured = FACTORY.createPoint(new CoordinateXYZM(1, 2, 3, 4));
        assertRefused(
                "geometry: position 0: m 4.0 (measures are not taken)", () -> GeometryChecks.check(measured, LIMITS));
    }

    @Test
    void checksGeometryMadeElsewhere() {
        Polygon withNaN = FACTORY.createPolygon(new Coordinate[] {
            new Coordinate(0, 0), new Coordinate(Double.NaN, 1), new Coordinate(1, 1), new Coordinate(0, 0)
        });
        assertRefused(
                "geometry: ring 0: position 1: longitude NaN (expected a finite number)",
                () -> GeometryChecks.check(withNaN, LIMITS));
        Geometry nested = FACTORY.createPoint(new Coordinate(1, 2));
        for (int i = 0; i < 50_000; i++) {
            nested = FACTORY.createGeometryCollection(new Geometry[] {nested});
        }
        Geometry bomb = nested;
        assertLimit("geometry: depth: 33 (at most 32)", "geometryDepthMax", () -> GeometryChecks.check(bomb, LIMITS));
        assertLimit(
                "geometry: positions: 3 (at most 2)",
                "geometryVerticesMax",
                () -> GeometryChecks.check(
                        wkt("LINESTRING (1 2, 3 4, 5 6)"),
                        LIMITS.with("geometryExactVerticesMax", 2).with("geometryVerticesMax", 2)));
    }

    @Test
    void namesTypesAsGeoJsonDoes() {
        assertEquals("Point", GeometryChecks.typeName(wkt("POINT (1 2)")));
        assertEquals("GeometryCollection", GeometryChecks.typeName(wkt("GEOMETRYCOLLECTION EMPTY")));
        assertEquals("LineString", GeometryChecks.typeName(FACTORY.createLinearRing()));
    }
}
