package org.almagest.geo;

import static org.almagest.geo.Refusals.LIMITS;
import static org.almagest.geo.Refusals.assertLimit;
import static org.almagest.geo.Refusals.assertRefused;
import static org.almagest.geo.Refusals.wkt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;

class GeoJsonGeometryTest {
    @Test
    void readsAndWritesEveryType() {
        assertBoth("POINT (-105 39.74)", "{\"type\":\"Point\",\"coordinates\":[-105,39.74]}");
        assertBoth("POINT Z (1 2 3.5)", "{\"type\":\"Point\",\"coordinates\":[1,2,3.5]}");
        assertBoth("POINT EMPTY", "{\"type\":\"Point\",\"coordinates\":[]}");
        assertBoth("LINESTRING (1 2, 3 4)", "{\"type\":\"LineString\",\"coordinates\":[[1,2],[3,4]]}");
        assertBoth(
                "POLYGON ((0 0, 9 0, 9 9, 0 0), (6 2, 8 2, 8 3, 6 2))",
                "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[9,0],[9,9],[0,0]],[[6,2],[8,2],[8,3],[6,2]]]}");
        assertBoth("MULTIPOINT ((1 2), (3 4))", "{\"type\":\"MultiPoint\",\"coordinates\":[[1,2],[3,4]]}");
        assertBoth(
                "MULTILINESTRING ((1 2, 3 4), (5 6, 7 8))",
                "{\"type\":\"MultiLineString\",\"coordinates\":[[[1,2],[3,4]],[[5,6],[7,8]]]}");
        assertBoth(
                "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0)))",
                "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,0],[9,0],[9,9],[0,0]]]]}");
        assertBoth(
                "GEOMETRYCOLLECTION (POINT (1 2), GEOMETRYCOLLECTION (POINT (3 4)))",
                "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Point\",\"coordinates\":[1,2]},"
                        + "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Point\",\"coordinates\":[3,4]}]}]}");
    }

    @Test
    void ignoresOtherMembers() {
        Geometry point = read("{\"bbox\":[1,2,1,2],\"coordinates\":[1e0,2.0],\"x\":{\"y\":null},\"type\":\"Point\"}");
        assertEquals("POINT (1 2)", Wkt.write(point));
    }

    @Test
    void namesWhatIsWrongAndWhere() {
        assertGeoJsonRefused("geometry: not a GeoJSON geometry: null (expected an object)", "null");
        assertGeoJsonRefused(
                "geometry: unknown GeoJSON type: none (expected one of the seven geometry types)", "{\"type\":1}");
        assertGeoJsonRefused(
                "geometry: unknown GeoJSON type: \"Feature\" (expected one of the seven geometry types)",
                "{\"type\":\"Feature\"}");
        assertGeoJsonRefused("geometry: coordinates: missing (expected an array)", "{\"type\":\"Point\"}");
        assertGeoJsonRefused(
                "geometry: part 0: coordinates: a string (expected an array)",
                "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Point\",\"coordinates\":\"1,2\"}]}");
        assertGeoJsonRefused(
                "geometry: numbers in a position: 4 (expected 2 or 3)",
                "{\"type\":\"Point\",\"coordinates\":[1,2,3,4]}");
        assertGeoJsonRefused(
                "geometry: position 1: not a number: null",
                "{\"type\":\"LineString\",\"coordinates\":[[1,2],[null,4]]}");
        assertGeoJsonRefused(
                "geometry: polygon 1: ring 0: position 3: latitude 95.0 (at most 90)",
                "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,0],[9,0],[9,9],[0,0]]],"
                        + "[[[0,0],[9,0],[9,9],[0,95],[0,0]]]]}");
        assertGeoJsonRefused(
                "geometry: position 0: longitude Infinity (expected a finite number)",
                "{\"type\":\"Point\",\"coordinates\":[1e999,2]}");
        assertGeoJsonRefused(
                "geometry: json: unexpected end of text (expected a value) [line 1 column 9]", "{\"type\":");
    }

    @Test
    void takesTheDepthLimitInFullAndIsNotImpressedByBombs() {
        String open = "{\"type\":\"GeometryCollection\",\"geometries\":[";
        String polygon = "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,0],[9,0],[9,9],[0,0]]]]}";
        read(open.repeat(32) + polygon + "]}".repeat(32));
        assertLimit(
                "geometry: depth: 33 (at most 32)",
                "geometryDepthMax",
                () -> read(open.repeat(33) + polygon + "]}".repeat(33)));
        String bomb = open.repeat(100_000);
        String positions = "{\"type\":\"LineString\",\"coordinates\":[" + "[0,0],".repeat(2_000_000) + "[0,0]]}";
        assertTimeout(Duration.ofSeconds(10), () -> {
            assertLimit("geometry: json: depth: 73 (at most 72)", "geometryDepthMax", () -> read(bomb));
            assertLimit(
                    "geometry: json: values: 2000002 (at most 601000)", "geometryVerticesMax", () -> read(positions));
        });
    }

    private static Geometry read(String text) {
        return GeoJsonGeometry.read(text, LIMITS);
    }

    private static void assertBoth(String text, String json) {
        assertEquals(text, Wkt.write(read(json)));
        assertEquals(json, GeoJsonGeometry.write(wkt(text)));
    }

    private static void assertGeoJsonRefused(String message, String json) {
        assertRefused(message, () -> read(json));
    }
}
