package org.almagest.index.spatial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.almagest.model.BoundingBox;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class PlaceCodeTest {
    @Test
    void boxesThatMeetHaveCodesThatAreNear() {
        Seeded.repeat(20_000, random -> {
            BoundingBox row = box(random);
            BoundingBox asked = box(random);
            if (row.intersects(asked)) {
                assertTrue(PlaceCode.near(List.of(box(random), asked))[of(row)], () -> row + " and " + asked);
            }
        });
    }

    @Test
    void theAntimeridianIsOneMeridian() {
        BoundingBox east = BoundingBox.of(170, 0, 180, 1);
        BoundingBox west = BoundingBox.of(-180, 0, -170, 1);
        assertTrue(PlaceCode.near(List.of(west))[of(east)]);
        assertTrue(PlaceCode.near(List.of(east))[of(west)]);
        assertTrue(PlaceCode.near(List.of(west))[of(BoundingBox.of(180, 0, 180, 0))]);
        assertTrue(PlaceCode.near(List.of(east))[of(BoundingBox.of(-180, 0, -180, 0))]);
    }

    @Test
    void smallBoxesFarAwayAreNotNear() {
        boolean[] near = PlaceCode.near(List.of(BoundingBox.of(1, 1, 3, 3)));
        assertTrue(near[of(BoundingBox.of(2, 2, 4, 4))]);
        assertFalse(near[of(BoundingBox.of(10, 2, 12, 4))]);
        assertFalse(near[of(BoundingBox.of(-10, 2, -8, 4))]);
        assertFalse(near[of(BoundingBox.of(2, 9, 4, 11))]);
        assertFalse(near[of(BoundingBox.of(2, -12, 4, -10))]);
        assertTrue(near[of(BoundingBox.of(-12, -7, 2, 2))], "a large cell");
        assertFalse(near[of(BoundingBox.of(40, 2, 52, 4))]);
        assertFalse(near[of(BoundingBox.of(2, 40, 14, 42))]);
        assertFalse(near[of(BoundingBox.of(-170, 60, 170, 62))]);
        assertTrue(near[of(BoundingBox.of(-170, 2, 170, 4))]);
        assertTrue(near[of(BoundingBox.of(100, 10, 101, 80))], "taller than two cells may be anywhere");
    }

    @Test
    void aRowWithoutGeometryIsNearNothing() {
        int code = PlaceCode.of(Float.NaN, Float.NaN, Float.NaN, Float.NaN);
        assertFalse(PlaceCode.near(List.of(BoundingBox.GLOBE))[code]);
    }

    @Test
    void theGlobeIsNearEverythingElse() {
        boolean[] near = PlaceCode.near(List.of(BoundingBox.GLOBE));
        int count = 0;
        for (boolean each : near) {
            count += each ? 1 : 0;
        }
        assertEquals(PlaceCode.COUNT - 1, count);
        assertTrue(PlaceCode.COUNT <= 1 << PlaceCode.BITS);
    }

    private static int of(BoundingBox box) {
        return PlaceCode.of((float) box.west(), (float) box.south(), (float) box.east(), (float) box.north());
    }

    /** Returns a box with sides that float32 has, often on the sides of cells; it may wrap, or be a point. */
    private static BoundingBox box(SplittableRandom random) {
        double west = longitude(random);
        double south = latitude(random);
        return switch (random.nextInt(4)) {
            case 0 -> BoundingBox.of(west, south, west, south);
            case 1 -> BoundingBox.of(west, south, longitude(random), Math.max(south, latitude(random)));
            default ->
                BoundingBox.of(
                        west,
                        south,
                        Math.min(180, west + random.nextInt(20)),
                        Math.min(90, south + random.nextInt(20)));
        };
    }

    private static double longitude(SplittableRandom random) {
        return random.nextBoolean() ? random.nextInt(25) * 15 - 180 : (float) random.nextDouble(-180, 180);
    }

    private static double latitude(SplittableRandom random) {
        return random.nextBoolean() ? random.nextInt(11) * 18 - 90 : (float) random.nextDouble(-90, 90);
    }
}
