package org.almagest.geo;

import static org.almagest.geo.Refusals.LIMITS;
import static org.almagest.geo.Refusals.assertLimit;
import static org.almagest.geo.Refusals.assertRefused;
import static org.almagest.geo.Refusals.wkt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WktTest {
    @Test
    void readsAndWritesEveryType() {
        for (String text : new String[] {
            "POINT (-150.753244 74.250081)",
            "POINT Z (1 2 -3.5)",
            "POINT EMPTY",
            "LINESTRING (1 2, 3 4)",
            "POLYGON ((-150.753244 74.250081, -152.031574 73.336051, -149.183655 73.001748, -150.753244 74.250081))",
            "POLYGON ((0 0, 10 0, 10 10, 0 0), (6 2, 8 2, 8 3, 6 2))",
            "MULTIPOINT ((1 2), (3 4))",
            "MULTIPOINT EMPTY",
            "MULTILINESTRING ((1 2, 3 4), (5 6, 7 8))",
            "MULTIPOLYGON Z (((0 0 1, 1 0 1, 1 1 1, 0 0 1)))",
            "GEOMETRYCOLLECTION (POINT (1 2), GEOMETRYCOLLECTION (LINESTRING (1 2, 3 4)))",
            "GEOMETRYCOLLECTION EMPTY"
        }) {
            assertEquals(text, Wkt.write(wkt(text)));
        }
    }

    @Test
    void readsOtherSpellings() {
        assertSame("POINT (1 2)", " point\n( +1.0e0\t2. ) ");
        assertSame("POINT Z (1 2 3)", "POINT(1 2 3)");
        assertSame("POINT Z (1 2 3)", "POINTZ(1 2 3)");
        assertSame("POINT (1 2)", "SRID=4326;POINT(1 2)");
        assertSame("MULTIPOINT ((1 2), (3 4))", "MULTIPOINT (1 2, 3 4)");
        assertSame("LINESTRING (0 0, 1 0, 1 1, 0 0)", "LINEARRING (0 0, 1 0, 1 1, 0 0)");
        assertSame("POINT (0.1 1e-7)", "POINT (.1 0.0000001)");
        assertSame("GEOMETRYCOLLECTION EMPTY", "GEOMETRYCOLLECTION (POINT EMPTY, POLYGON EMPTY)");
    }

    @Test
    void namesWhatIsWrongAndWhere() {
        assertWktRefused("unexpected end of text (expected a geometry type) [character 0]", "");
        assertWktRefused("unexpected text: \"CIRCLE\" (expected a geometry type) [character 0]", "CIRCLE (1 2)");
        assertWktRefused("unexpected end of text (expected \"(\") [character 5]", "POINT");
        assertWktRefused("unexpected text: \"1\" (expected \"(\") [character 6]", "POINT 1 2");
        assertWktRefused("unexpected text: \")\" (expected a number) [character 8]", "POINT (1)");
        assertWktRefused("unexpected text: \"x\" (expected a number) [character 9]", "POINT (1 x)");
        assertWktRefused("not a number: \"1-2\" [character 9]", "POINT (1 1-2)");
        assertWktRefused("unexpected text: \",\" (expected \")\") [character 10]", "POINT (1 2, 3 4)");
        assertWktRefused("too many numbers in a position (at most 3) [character 13]", "POINT (1 2 3 4)");
        assertWktRefused("unexpected text: \"x\" (expected the end of the text) [character 12]", "POINT (1 2) x");
        assertWktRefused("unexpected end of text (expected \",\" or \")\") [character 20]", "LINESTRING (1 2, 3 4");
        assertWktRefused("measures: \"M\" (expected none) [character 0]", "POINT M (1 2 3)");
        assertWktRefused("measures: \"ZM\" (expected none) [character 0]", "POINT ZM (1 2 3 4)");
        assertWktRefused("measures: \"POINTM\" (expected none) [character 0]", "POINTM (1 2 3)");
        assertWktRefused(
                "unexpected text: \"SRID=3857;POINT\" (expected a geometry type) [character 0]",
                "SRID=3857;POINT(1 2)");
    }

    @Test
    void namesThePositionOfNumbersThatAreNone() {
        assertRefused("geometry: position 0: longitude NaN (expected a finite number)", () -> wkt("POINT (NaN 2)"));
        assertRefused(
                "geometry: position 1: latitude -Infinity (expected a finite number)",
                () -> wkt("LINESTRING (1 2, 3 -Inf)"));
        assertRefused(
                "geometry: position 0: longitude Infinity (expected a finite number)", () -> wkt("POINT (1e999 2)"));
    }

    @Test
    void isNotImpressedByDepthBombsOrLength() {
        assertEquals(32, depth(32));
        String bomb = "GEOMETRYCOLLECTION(".repeat(100_000);
        String points = "MULTIPOINT(" + "1 2,".repeat(500_000);
        String digits = "POINT (" + "1".repeat(4_000_000) + " 2)";
        assertTimeout(Duration.ofSeconds(10), () -> {
            assertLimit("geometry: depth: 33 (at most 32)", "geometryDepthMax", () -> wkt(bomb));
            assertLimit("geometry: positions: 500001 (at most 100000)", "geometryVerticesMax", () -> wkt(points));
            assertWktRefused("number too long: 4000000 characters (at most 1100) [character 7]", digits);
        });
        assertLimit(
                "geometry: bytes: 11 (at most 10)",
                "geometryBytesMax",
                () -> Wkt.read("POINT (1 2)", LIMITS.with("geometryBytesMax", 10)));
    }

    private static int depth(int depth) {
        wkt("GEOMETRYCOLLECTION (".repeat(depth) + "POINT (1 2)" + ")".repeat(depth));
        return depth;
    }

    private static void assertSame(String canonical, String text) {
        assertEquals(canonical, Wkt.write(wkt(text)));
    }

    private static void assertWktRefused(String problem, String text) {
        assertRefused("geometry: wkt: " + problem, () -> wkt(text));
    }
}
