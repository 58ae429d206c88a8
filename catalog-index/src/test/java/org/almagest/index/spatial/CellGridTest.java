package org.almagest.index.spatial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.almagest.model.BoundingBox;
import org.almagest.model.Geohash;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class CellGridTest {
    @Test
    void columnsAndRowsAreThoseOfGeohash() {
        Seeded.repeat(2_000, random -> {
            int precision = random.nextInt(1, 6);
            double longitude = longitude(random);
            double latitude = latitude(random);
            long cell = Geohash.cell(longitude, latitude, precision);
            int column = CellGrid.column(longitude, precision);
            int row = CellGrid.row(latitude, precision);
            assertEquals(cell, CellGrid.cell(column, row, precision));
            assertEquals(column, CellGrid.column(cell, precision));
            assertEquals(row, CellGrid.row(cell, precision));
        });
    }

    @Test
    void coversAgreeWithAScanOfAllCells() {
        Seeded.repeat(300, CellGridTest::checkCover);
    }

    private static void checkCover(SplittableRandom random) {
        BoundingBox box = draw(random);
        int precision = random.nextInt(4) == 0 ? 1 : 2;
        long[] cover = CellWindow.of(box, precision).cells();
        assertEquals(cover.length, CellWindow.of(box, precision).count());
        Arrays.sort(cover);
        assertEquals(cover.length, Arrays.stream(cover).distinct().count());
        for (long cell = 0; cell < 1L << 5 * precision; cell++) {
            boolean covered = Arrays.binarySearch(cover, cell) >= 0;
            BoundingBox sides = Geohash.box(cell, 5 * precision);
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
        long[] cover = CellWindow.of(BoundingBox.of(179, 1, 180, 2), 1).cells();
        Arrays.sort(cover);
        assertArrayEquals(new long[] {Geohash.parse("8"), Geohash.parse("x")}, cover);
        assertEquals(2, CellWindow.of(BoundingBox.of(-180, 1, -179, 2), 1).count());
        assertEquals(8, CellWindow.of(BoundingBox.of(10, 1, 9, 2), 1).count(), "all the way round, each once");
    }
}
