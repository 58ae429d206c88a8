package org.almagest.storage.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.almagest.model.BoundingBox;
import org.almagest.model.Geohash;
import org.almagest.testing.Fixtures;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

class MetCellsTest {
    private static List<String> met(Geometry cut, int precision) {
        List<String> cells = new ArrayList<>();
        new MetCells(cut, precision, () -> {}).forEach(cell -> cells.add(Geohash.text(cell, precision)));
        return cells;
    }

    /** Returns all cells of two characters that a geometry meets, one by one. */
    private static List<String> naive(Geometry cut) {
        List<String> cells = new ArrayList<>();
        for (long cell = 0; cell < 1_024; cell++) {
            BoundingBox box = Geohash.box(cell, 10);
            Envelope held = new Envelope(
                    box.west(),
                    box.east() < 180 ? Math.nextDown(box.east()) : 180,
                    box.south(),
                    box.north() < 90 ? Math.nextDown(box.north()) : 90);
            if (new GeometryFactory().toGeometry(held).intersects(cut)) {
                cells.add(Geohash.text(cell, 2));
            }
        }
        return cells;
    }

    private static Geometry random(SplittableRandom random) {
        int west = random.nextInt(-16, 16);
        int south = random.nextInt(-16, 16);
        double x = 11.25 * west + (random.nextBoolean() ? 0 : random.nextDouble());
        double y = 5.625 * south + (random.nextBoolean() ? 0 : random.nextDouble());
        double wide = Math.min(180, x + 11.25 * random.nextInt(1, 20));
        double high = Math.min(90, y + 5.625 * random.nextInt(1, 20));
        return switch (random.nextInt(5)) {
            case 0 -> Fixtures.point(x, y);
            case 1 -> Fixtures.polygon(x, y, wide, y, wide, high, x, high);
            case 2 -> Fixtures.polygon(x, y, wide, high, x, high);
            case 3 -> Fixtures.wkt("LINESTRING (" + x + " " + y + ", " + wide + " " + high + ")");
            default ->
                Fixtures.wkt("GEOMETRYCOLLECTION (POINT (" + x + " " + y + "), LINESTRING (" + x + " " + high + ", "
                        + wide + " " + high + "), POLYGON ((0 0, 40 0, 40 " + high + ", 0 0)))");
        };
    }

    @Test
    void agreesWithAskingEveryCell() {
        Seeded.repeat(200, random -> {
            Geometry cut = random(random);
            assertEquals(naive(cut), met(cut, 2), cut::toText);
        });
    }

    @Test
    void aPointMeetsOneCellOfAnySize() {
        for (int precision = 1; precision <= 12; precision++) {
            String cell = Geohash.text(Geohash.cell(11.5, 48.1, precision), precision);
            assertEquals(List.of(cell), met(Fixtures.point(11.5, 48.1), precision));
        }
    }

    @Test
    void looksAtTheDeadlineHoweverManyCellsThereAre() {
        int[] checks = {0};
        long[] cells = {0};
        Geometry world = Fixtures.polygon(-180, -90, 180, -90, 180, 90, -180, 90);
        new MetCells(world, 3, () -> checks[0]++).forEach(cell -> cells[0]++);
        assertEquals(32_768, cells[0]);
        assertEquals(true, checks[0] > 0);
    }
}
