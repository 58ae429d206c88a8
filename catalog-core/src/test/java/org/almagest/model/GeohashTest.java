package org.almagest.model;

import static org.almagest.testing.Failures.assertFails;
import static org.almagest.testing.Failures.assertFailsAt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almagest.error.InvalidRequestException;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class GeohashTest {
    private static String cell(double longitude, double latitude, int precision) {
        return Geohash.text(Geohash.cell(longitude, latitude, precision), precision);
    }

    @Test
    void cellsHaveTheTextThatOthersGiveThem() {
        assertEquals("u4pruydqqvj8", cell(10.40744, 57.64911, 12));
        assertEquals("ezs42", cell(-5.6, 42.6, 5));
        assertEquals("s", cell(0, 0, 1));
        assertEquals("z", cell(180, 90, 1));
        assertEquals("0", cell(-180, -90, 1));
        assertEquals(BoundingBox.of(-5.625, 42.5830078125, -5.5810546875, 42.626953125), Geohash.box("ezs42"));
        assertEquals(BoundingBox.GLOBE, Geohash.box(0, 0));
        assertEquals(BoundingBox.of(0, -90, 180, 90), Geohash.box(1, 1));
        assertEquals(BoundingBox.of(0, 0, 180, 90), Geohash.box(3, 2));
    }

    @Test
    void aPositionIsInOneCellToTheLastBit() {
        Seeded.repeat(2_000, random -> {
            int precision = 1 + random.nextInt(Geohash.PRECISION_MAX);
            long number = random.nextLong(1L << 5 * precision);
            String text = Geohash.text(number, precision);
            assertEquals(number, Geohash.parse(text));
            BoundingBox box = Geohash.box(text);
            assertEquals(text, cell(box.west(), box.south(), precision));
            double east = box.east() == 180 ? 180 : Math.nextDown(box.east());
            double north = box.north() == 90 ? 90 : Math.nextDown(box.north());
            assertEquals(text, cell(east, north, precision));
            double middle = box.west() + (box.east() - box.west()) * random.nextDouble();
            assertTrue(number == Geohash.cell(middle, box.south(), precision) || middle == box.east());
            if (box.east() < 180) {
                assertTrue(Geohash.cell(box.east(), box.south(), precision) != number);
            }
            if (box.west() > -180) {
                assertTrue(Geohash.cell(Math.nextDown(box.west()), box.south(), precision) != number);
            }
        });
    }

    @Test
    void theNumberOfACellBeginsWithThatOfTheCellAround() {
        long fine = Geohash.cell(11.5, 48.1, 7);
        assertEquals(Geohash.cell(11.5, 48.1, 4), fine >> 15);
        assertTrue(Geohash.cell(11.5, 48.1, 3) < Geohash.cell(11.5, 49.9, 3));
    }

    @Test
    void refusesWhatIsNoCell() {
        for (String text : new String[] {"", "a", "U", "0123456789012"}) {
            assertFailsAt(
                    InvalidRequestException.class,
                    "geohash: \"" + text + "\" (expected 1 to 12",
                    () -> Geohash.box(text));
        }
        assertFails(
                InvalidRequestException.class,
                "geohash: \"sil\" (expected 1 to 12 characters of 0123456789bcdefghjkmnpqrstuvwxyz)",
                () -> Geohash.parse("sil"));
    }

    @Test
    void whatIsBeyondItsBoundsIsRefused() {
        Geohash.cell(180, -90, 12);
        assertRefused("geohash: longitude: 200.0 (expected -180 to 180)", () -> Geohash.cell(200, 0, 5));
        assertRefused("geohash: latitude: NaN (expected -90 to 90)", () -> Geohash.cell(0, Double.NaN, 5));
        assertRefused("geohash: precision: 13 (expected 1 to 12)", () -> Geohash.cell(0, 0, 13));
        assertRefused("geohash: precision: 0 (expected 1 to 12)", () -> Geohash.text(0, 0));
        assertRefused("geohash: cell: 32 (expected a number of 5 bits)", () -> Geohash.text(32, 1));
        assertRefused("geohash: cell: -1 (expected a number of 60 bits)", () -> Geohash.box(-1, 60));
        assertRefused("geohash: bits: 61 (expected 0 to 60)", () -> Geohash.box(0, 61));
        assertRefused("geohash: bits: -1 (expected 0 to 60)", () -> Geohash.box(0, -1));
        assertEquals(BoundingBox.GLOBE, Geohash.box(0, 0));
        assertEquals("zzzzzzzzzzzz", Geohash.text((1L << 60) - 1, 12));
    }

    private static void assertRefused(String message, Executable asked) {
        assertFails(InvalidRequestException.class, message, asked);
    }
}
