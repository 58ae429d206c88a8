package org.almagest.index.spatial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
            BoundingBox cell = Geohash.box(Geohash.cell(longitude, latitude, precision), 5 * precision);
            assertEquals(Math.round((cell.west() + 180) / width(cell)), CellGrid.column(longitude, precision));
            assertEquals(Math.round((cell.south() + 90) / height(cell)), CellGrid.row(latitude, precision));
            assertEquals(Math.round(360 / width(cell)), CellGrid.columns(precision));
        });
    }

    private static double width(BoundingBox cell) {
        return cell.east() - cell.west();
    }

    private static double height(BoundingBox cell) {
        return cell.north() - cell.south();
    }

    @Test
    void coversAgreeWithAScanOfAllCells() {
        Seeded.repeat(300, CellGridTest::checkCover);
    }

    private static void checkCover(SplittableRandom random) {
        BoundingBox box = draw(random);
        int precision = random.nextInt(4) == 0 ? 1 : 2;
        long[] cover = cells(CellWindow.of(box, precision), precision);
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
        long[] cover = cells(CellWindow.of(BoundingBox.of(179, 1, 180, 2), 1), 1);
        assertArrayEquals(new long[] {Geohash.parse("8"), Geohash.parse("x")}, cover);
        assertEquals(2, cells(CellWindow.of(BoundingBox.of(-180, 1, -179, 2), 1), 1).length);
        assertEquals(8, cells(CellWindow.of(BoundingBox.of(10, 1, 9, 2), 1), 1).length, "all the way round, each once");
    }

    /** Returns the cells of a window as {@link Geohash} numbers them, ascending. */
    private static long[] cells(CellWindow window, int precision) {
        double width = 360.0 / CellGrid.columns(precision);
        double height = precision == 1 ? 45 : 5.625;
        return IntStream.rangeClosed(window.lowRow(), window.highRow())
                .boxed()
                .flatMapToLong(row -> Stream.of(window.first(), window.second())
                        .flatMapToInt(columns -> IntStream.rangeClosed(columns.low(), columns.high()))
                        .mapToLong(column ->
                                Geohash.cell(-180 + (column + 0.5) * width, -90 + (row + 0.5) * height, precision)))
                .sorted()
                .toArray();
    }
}
