package org.almagest.geo;

import static org.almagest.geo.Refusals.LIMITS;
import static org.almagest.geo.Refusals.assertLimit;
import static org.almagest.geo.Refusals.assertRefused;
import static org.almagest.geo.Refusals.wkt;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.almagest.error.CatalogException;
import org.almagest.model.Limits;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.WKBWriter;

class WkbTest {
    private static final String ONE = "000000000000f03f";
    private static final String TWO = "0000000000000040";
    private static final String NAN = "000000000000f87f";

    @Test
    void writesTheCanonicalBytes() {
        assertWritten("01 01000000" + ONE + TWO, "POINT (1 2)");
        assertWritten("01 e9030000" + ONE + TWO + ONE, "POINT Z (1 2 1)");
        assertWritten("01 01000000 0000000000000000 0000000000000000", "POINT (-0.0 -0)");
        assertWritten("01 02000000 02000000" + ONE + TWO + TWO + ONE, "LINESTRING (1 2, 2 1)");
        assertWritten("01 04000000 01000000 01 01000000" + ONE + TWO, "MULTIPOINT ((1 2))");
        assertWritten(
                "01 ef030000 01000000 01 ef030000 01000000 01 e9030000" + ONE + TWO + TWO,
                "GEOMETRYCOLLECTION Z (GEOMETRYCOLLECTION Z (POINT Z (1 2 2)))");
        Geometry ring = new GeometryFactory().createLinearRing(new Coordinate[] {
            new Coordinate(1, 1), new Coordinate(2, 1), new Coordinate(2, 2), new Coordinate(1, 1)
        });
        assertEquals("01020000000400", HexFormat.of().formatHex(Wkb.write(ring), 0, 7), "a ring is a line string");
    }

    @Test
    void readsEitherByteOrderAndBothSpellingsOfZ() {
        assertRead("POINT (1 2)", "00 00000001 3ff0000000000000 4000000000000000");
        assertRead("POINT Z (1 2 1)", "01 e9030000" + ONE + TWO + ONE);
        assertRead("POINT Z (1 2 1)", "01 01000080" + ONE + TWO + ONE);
        assertRead("POINT (1 2)", "01 01000020 e6100000" + ONE + TWO);
        assertRead("POINT (1 2)", "01 e9030000" + ONE + TWO + NAN);
        assertRead("POINT EMPTY", "01 01000000" + NAN + NAN);
        assertRead("POLYGON EMPTY", "01 03000000 00000000");
        assertRead("POLYGON EMPTY", "01 03000000 01000000 00000000");
        assertRead("MULTIPOINT ((1 2))", "01 04000000 01000000 00 00000001 3ff0000000000000 4000000000000000");
    }

    @Test
    void readsTheSameBytesBack() {
        for (String text : new String[] {
            "POINT (1 2)",
            "LINESTRING Z (1 2 3, 4 5 6)",
            "POLYGON ((0 0, 10 0, 10 10, 0 0), (6 2, 8 2, 8 3, 6 2))",
            "MULTIPOINT ((1 2), (1 2))",
            "MULTILINESTRING ((1 2, 3 4), (5 6, 7 8))",
            "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((2 2, 3 2, 3 3, 2 2)))",
            "GEOMETRYCOLLECTION (POINT (1 2), GEOMETRYCOLLECTION (LINESTRING (1 2, 3 4)))",
            "GEOMETRYCOLLECTION EMPTY"
        }) {
            byte[] bytes = Wkb.write(wkt(text));
            Geometry read = Wkb.read(bytes, LIMITS);
            assertEquals(text, Wkt.write(read));
            assertArrayEquals(bytes, Wkb.write(read));
            assertEquals(text, Wkt.write(Wkb.readCanonical(ByteBuffer.wrap(bytes))));
            if (!text.contains("Z")) {
                assertArrayEquals(new WKBWriter(2, 2).write(wkt(text)), bytes, "as JTS writes it");
            }
        }
    }

    @Test
    void leavesTheBufferWhereItWas() {
        byte[] bytes = Wkb.write(wkt("POINT (1 2)"));
        ByteBuffer buffer = ByteBuffer.allocate(bytes.length + 3).position(3);
        buffer.put(bytes).position(3);
        assertEquals("POINT (1 2)", Wkt.write(Wkb.read(buffer, LIMITS)));
        assertEquals(3, buffer.position());
        assertEquals(ByteOrder.BIG_ENDIAN, buffer.order());
    }

    @Test
    void namesWhatIsWrongAndWhere() {
        assertWkbRefused("ends early: 0 bytes left (expected a byte order and a type) [byte 0]", "");
        assertWkbRefused("ends early: 8 bytes left (expected positions) [byte 5]", "01 01000000" + ONE);
        assertWkbRefused("byte order: 2 (expected 0 or 1) [byte 0]", "02 01000000" + ONE + TWO);
        assertWkbRefused("geometry type: 0 (expected 1 to 7 or 1001 to 1007) [byte 1]", "01 00000000");
        assertWkbRefused("geometry type: 8 (expected 1 to 7 or 1001 to 1007) [byte 1]", "01 08000000");
        assertWkbRefused("geometry type: 4001 (expected 1 to 7 or 1001 to 1007) [byte 1]", "01 a10f0000");
        assertWkbRefused(
                "measures: type 2001 (expected 1 to 7 or 1001 to 1007) [byte 1]", "01 d1070000" + ONE + TWO + ONE);
        assertWkbRefused(
                "measures: type 1 (expected 1 to 7 or 1001 to 1007) [byte 1]", "01 01000040" + ONE + TWO + ONE);
        assertWkbRefused("reference system: 3857 (expected 4326) [byte 5]", "01 01000020 110f0000" + ONE + TWO);
        assertWkbRefused("bytes after the geometry: 1 (expected none) [byte 21]", "01 01000000" + ONE + TWO + "00");
        assertWkbRefused(
                "geometry type: 2 (expected 1, a Point) [byte 10]", "01 04000000 01000000 01 02000000 00000000");
    }

    @Test
    void refusesCountsThatLie() {
        assertWkbRefused(
                "count of positions: 4294967295 (at most 1 in the bytes left) [byte 5]",
                "01 02000000 ffffffff" + ONE + TWO);
        assertWkbRefused("count of rings: 3 (at most 2 in the bytes left) [byte 5]", "01 03000000 03000000" + ONE);
        assertWkbRefused("count of parts: 2147483647 (at most 0 in the bytes left) [byte 5]", "01 06000000 ffffff7f");
        assertWkbRefused(
                "count of parts: 16777216 (at most 1 in the bytes left) [byte 5]", "01 07000000 00000001" + ONE + ONE);
    }

    @Test
    void takesWhatIsAtALimitAndRefusesOnePastIt() {
        Limits small = LIMITS.with("geometryExactVerticesMax", 2)
                .with("geometryVerticesMax", 2)
                .with("geometryDepthMax", 2);
        Wkb.read(Wkb.write(wkt("MULTIPOINT ((1 2), (3 4))")), small);
        assertLimit(
                "geometry: parts: 3 (at most 2)",
                "geometryVerticesMax",
                () -> Wkb.read(Wkb.write(wkt("MULTIPOINT ((1 2), (3 4), (5 6))")), small));
        assertLimit(
                "geometry: positions: 3 (at most 2)",
                "geometryVerticesMax",
                () -> Wkb.read(Wkb.write(wkt("LINESTRING (1 2, 3 4, 5 6)")), small));
        byte[] two = Wkb.write(wkt("GEOMETRYCOLLECTION (GEOMETRYCOLLECTION (POINT (1 2)))"));
        byte[] three = Wkb.write(wkt("GEOMETRYCOLLECTION (GEOMETRYCOLLECTION (GEOMETRYCOLLECTION (POINT (1 2))))"));
        Wkb.read(two, small);
        assertLimit("geometry: depth: 3 (at most 2)", "geometryDepthMax", () -> Wkb.read(three, small));
        assertEquals(three.length, Wkb.write(Wkb.readCanonical(ByteBuffer.wrap(three))).length);
        Wkb.read(two, LIMITS.with("geometryBytesMax", two.length));
        assertLimit(
                "geometry: bytes: 39 (at most 38)",
                "geometryBytesMax",
                () -> Wkb.read(two, LIMITS.with("geometryBytesMax", two.length - 1)));
    }

    @Test
    void refusesBombsBeforeBuildingThem() {
        byte[] nested = new byte[9 * 100_000];
        ByteBuffer out = ByteBuffer.wrap(nested).order(ByteOrder.LITTLE_ENDIAN);
        while (out.hasRemaining()) {
            out.put((byte) 1).putInt(7).putInt(1);
        }
        byte[] empties = new byte[9 + 9 * 1_000_000];
        out = ByteBuffer.wrap(empties).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 1).putInt(6).putInt(1_000_000);
        while (out.hasRemaining()) {
            out.put((byte) 1).putInt(3).putInt(0);
        }
        byte[] line = new byte[9 + 16 * 1_000_000];
        ByteBuffer.wrap(line)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 1)
                .putInt(2)
                .putInt(1_000_000);
        assertTimeout(Duration.ofSeconds(10), () -> {
            assertLimit("geometry: depth: 33 (at most 32)", "geometryDepthMax", () -> Wkb.read(nested, LIMITS));
            assertLimit(
                    "geometry: parts: 1000000 (at most 100000)",
                    "geometryVerticesMax",
                    () -> Wkb.read(empties, LIMITS));
            assertLimit(
                    "geometry: positions: 1000000 (at most 100000)",
                    "geometryVerticesMax",
                    () -> Wkb.read(line, LIMITS));
        });
    }

    @Test
    void damageIsRefusedOrReadAsAnotherGeometryNeverWorse() {
        byte[] whole = Wkb.write(wkt("GEOMETRYCOLLECTION (POLYGON ((0 0, 10 0, 10 10, 0 0)), MULTIPOINT ((1 2)))"));
        for (int length = 0; length < whole.length; length++) {
            assertReadOrRefused(Arrays.copyOf(whole, length));
        }
        Seeded.repeat(2_000, random -> {
            byte[] damaged = whole.clone();
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            assertReadOrRefused(damaged);
        });
    }

    private static void assertReadOrRefused(byte[] bytes) {
        try {
            Geometry read = Wkb.read(bytes, LIMITS);
            assertTrue(Wkb.write(read).length > 0);
        } catch (CatalogException expected) {
            assertTrue(expected.getMessage().startsWith("geometry: "), expected.getMessage());
        }
    }

    private static void assertWritten(String hex, String text) {
        assertEquals(hex.replace(" ", ""), HexFormat.of().formatHex(Wkb.write(wkt(text))));
    }

    private static void assertRead(String text, String hex) {
        assertEquals(text, Wkt.write(Wkb.read(bytes(hex), LIMITS)));
    }

    private static void assertWkbRefused(String problem, String hex) {
        assertRefused("geometry: wkb: " + problem, () -> Wkb.read(bytes(hex), LIMITS));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
