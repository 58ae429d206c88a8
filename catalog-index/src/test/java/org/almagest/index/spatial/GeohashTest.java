package org.almagest.index.spatial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.BoundingBox;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class GeohashTest {
    @Test
    void knownPlacesHaveTheirKnownText() {
        assertEquals("ezs42", text(-5.6, 42.6, 5), "the example of the public description of geohash");
        assertEquals("u4pruydqqvj8", text(10.40744, 57.64911, 12));
        assertEquals("s00000000000", text(0, 0, 12));
        assertEquals("7zzzzzzzzzzz", text(-1e-9, -1e-9, 12));
    }

    private static String text(double longitude, double latitude, int precision) {
        return Geohash.text(Geohash.cell(longitude, latitude, precision), precision);
    }

    @Test
    void cornersOfTheEarthLieInTheLastCells() {
        assertEquals("000000000000", text(-180, -90, 12));
        assertEquals("zzzzzzzzzzzz", text(180, 90, 12));
        assertEquals("bpbpbpbpbpbp", text(-180, 90, 12));
        assertEquals("pbpbpbpbpbpb", text(180, -90, 12));
        assertEquals(Geohash.cell(-1e-300, 0, 12), Geohash.cell(-1e-9, 0, 12), "just west of 0 stays west");
    }

    @Test
    void aCellBeginsAtItsWesternAndSouthernSide() {
        for (int precision = 1; precision <= 12; precision++) {
            long cell = Geohash.cell(12.3, 25.6, precision);
            BoundingBox box = Geohash.box(cell, precision);
            assertEquals(cell, Geohash.cell(box.west(), box.south(), precision));
            assertEquals(Geohash.neighbour(cell, precision, 1, 1), Geohash.cell(box.east(), box.north(), precision));
            assertEquals(
                    Geohash.neighbour(cell, precision, -1, 0),
                    Geohash.cell(Math.nextDown(box.west()), box.south(), precision));
        }
    }

    @Test
    void neighboursGoRoundTheEarthAndEndAtThePoles() {
        long east = Geohash.cell(180, 0, 3);
        assertEquals(Geohash.cell(-180, 0, 3), Geohash.neighbour(east, 3, 1, 0));
        assertEquals(east, Geohash.neighbour(Geohash.cell(-180, 0, 3), 3, -1, 0));
        assertEquals(Geohash.NO_CELL, Geohash.neighbour(Geohash.cell(0, 90, 3), 3, 0, 1));
        assertEquals(Geohash.NO_CELL, Geohash.neighbour(Geohash.cell(0, -90, 3), 3, 0, -1));
    }

    @Test
    void textIsReadBack() {
        Seeded.repeat(500, random -> {
            int precision = random.nextInt(1, 13);
            double longitude = random.nextDouble(-180, 180);
            double latitude = random.nextDouble(-90, 90);
            long cell = Geohash.cell(longitude, latitude, precision);
            assertEquals(cell, Geohash.parse(Geohash.text(cell, precision)));
            assertTrue(Geohash.box(cell, precision).contains(longitude, latitude));
            int lower = random.nextInt(precision + 1);
            assertEquals(Geohash.cell(longitude, latitude, lower), Geohash.parent(cell, precision, lower));
        });
        assertEquals(Geohash.parse("EZS42"), Geohash.parse("ezs42"));
    }

    @Test
    void refusesWhatIsNoGeohash() {
        assertEquals(
                "geohash: \"ab\": character 0 is none of 0123456789bcdefghjkmnpqrstuvwxyz",
                assertThrows(InvalidRequestException.class, () -> Geohash.parse("ab"))
                        .getMessage());
        assertThrows(InvalidRequestException.class, () -> Geohash.parse(""));
        assertThrows(InvalidRequestException.class, () -> Geohash.parse("0000000000000"));
        assertThrows(InvalidRequestException.class, () -> Geohash.cell(0, 0, 13));
        assertThrows(InvalidRequestException.class, () -> Geohash.cover(BoundingBox.GLOBE, 3, 100));
    }

    @Test
    void coversAgreeWithAScanOfAllCells() {
        Seeded.repeat(300, GeohashTest::checkCover);
    }

    private static void checkCover(SplittableRandom random) {
        BoundingBox box = draw(random);
        int precision = random.nextInt(4) == 0 ? 1 : 2;
        long[] cover = Geohash.cover(box, precision, 1024);
        assertEquals(cover.length, Geohash.coverCount(box, precision));
        Arrays.sort(cover);
        assertEquals(cover.length, Arrays.stream(cover).distinct().count());
        for (long cell = 0; cell < 1L << 5 * precision; cell++) {
            boolean covered = Arrays.binarySearch(cover, cell) >= 0;
            BoundingBox sides = Geohash.box(cell, precision);
            boolean meets = box.intersects(sides);
            assertTrue(meets || !covered, () -> "a cell that does not meet " + box);
            // Only a cell that the box touches from outside, at its northern or eastern side, may be missing.
            boolean within = sides.intersects(box)
                    && box.north() != sides.south()
                    && box.south() != sides.north()
                    && box.west() != sides.east()
                    && Math.abs(box.west() - sides.east()) != 360
                    && Math.abs(box.east() - sides.west()) != 360;
            assertTrue(!within || covered, () -> "missing " + sides + " of " + box);
        }
    }

    /** Draws boxes that often end on sides of cells, at the poles and at the antimeridian. */
    static BoundingBox draw(SplittableRandom random) {
        double south = latitude(random);
        double north = latitude(random);
        return new BoundingBox(longitude(random), Math.min(south, north), longitude(random), Math.max(south, north));
    }

    private static double longitude(SplittableRandom random) {
        return random.nextInt(3) == 0 ? random.nextInt(-16, 17) * 11.25 : random.nextDouble(-180, 180);
    }

    private static double latitude(SplittableRandom random) {
        return random.nextInt(3) == 0 ? random.nextInt(-16, 17) * 5.625 : random.nextDouble(-90, 90);
    }

    @Test
    void aBoxAtLongitude180CoversBothSides() {
        long[] cover = Geohash.cover(BoundingBox.of(179, 1, 180, 2), 1, 9);
        Arrays.sort(cover);
        assertArrayEquals(new long[] {Geohash.parse("8"), Geohash.parse("x")}, cover);
        assertEquals(2, Geohash.coverCount(BoundingBox.of(-180, 1, -179, 2), 1));
        assertEquals(8, Geohash.coverCount(BoundingBox.of(10, 1, 9, 2), 1), "all the way round, each once");
    }
}
