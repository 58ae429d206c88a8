package org.almagest.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.almagest.geo.GeoJsonGeometry;
import org.almagest.io.synthetic.GranuleGenerator;
import org.almagest.model.Limits;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;

class PlainPolygonTest {
    @Test
    void agreesWithTheFullReader() {
        for (int i = 0; i < 1_000; i++) {
            String text = GeoJsonGeometry.write(
                    GranuleGenerator.of(4).datapoint(i).geometry().orElseThrow());
            Geometry plain = read(text);
            assertNotNull(plain, text);
            assertEquals(GeoJsonGeometry.read(text, Limits.defaults()), plain);
        }
        String hole = "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[9,0],[9,9],[0,0]],[[1,1],[2,1.5],[2,2],[1,1]]]}";
        assertEquals(GeoJsonGeometry.read(hole, Limits.defaults()), read(hole));
    }

    @Test
    void leavesEverythingElseToTheFullReader() {
        String ring = "[[0,0],[9,0],[9,9],[0,0]]";
        for (String text : List.of(
                "{\"type\":\"Polygon\",\"coordinates\":[" + ring + "] }",
                "{\"type\":\"Polygon\",\"coordinates\":[" + ring + "],\"x\":1}",
                "{\"type\":\"Polygon\",\"coordinates\":[]}",
                "{\"type\":\"Polygon\",\"coordinates\":[" + ring.replace("9,9", "9,9,1") + "]}",
                "{\"type\":\"Polygon\",\"coordinates\":[" + ring.replace("9,9", "9,1e1") + "]}",
                "{\"type\":\"Polygon\",\"coordinates\":[" + ring.replace("9,9", "9,09") + "]}",
                "{\"type\":\"Polygon\",\"coordinates\":[" + ring.replace("9,9", "9,9.") + "]}",
                "{\"type\":\"Polygon\",\"coordinates\":[" + ring.replace("9,9", "9,--9") + "]}",
                "{\"type\":\"Polygon\",\"coordinates\":[" + ring.replace("[0,0],[9,0]", "[9,0]") + "]}",
                "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[9,9],[0,0]]]}",
                "{\"type\":\"Point\",\"coordinates\":[1,2]}")) {
            assertNull(read(text), text);
        }
    }

    @Test
    void shortDecimalsAreReadAsJavaReadsThem() {
        Seeded.repeat(2_000, random -> {
            double value = random.nextDouble(-1e6, 1e6);
            String text = switch (random.nextInt(4)) {
                case 0 -> Double.toString(value);
                case 1 -> Double.toString(Math.rint(value * 1e6) / 1e6);
                case 2 -> Long.toString((long) value);
                default -> Double.toString(value).substring(0, random.nextInt(3, 8));
            };
            if (!text.endsWith("-")) {
                assertEquals(Double.parseDouble(text), Decimals.parse(text), text);
            }
        });
        assertEquals(-0.0, Decimals.parse("-0.0"));
        assertEquals(5e-324, Decimals.parse("5e-324"));
    }

    private static Geometry read(String text) {
        byte[] bytes = ("x" + text + "y").getBytes(StandardCharsets.UTF_8);
        return PlainPolygon.read(bytes, 1, bytes.length - 1);
    }
}
