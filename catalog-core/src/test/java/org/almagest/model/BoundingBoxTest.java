package org.almagest.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.almagest.error.InvalidRequestException;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class BoundingBoxTest {
    private static void assertRefused(String message, double west, double south, double east, double north) {
        Exception e = assertThrows(InvalidRequestException.class, () -> BoundingBox.of(west, south, east, north));
        assertEquals(message, e.getMessage());
    }

    @Test
    void refusesSidesThatAreNone() {
        assertRefused("bbox: west: -180.5 (expected -180.0 to 180.0)", -180.5, 0, 0, 1);
        assertRefused("bbox: east: NaN (expected -180.0 to 180.0)", 0, 0, Double.NaN, 1);
        assertRefused("bbox: south: -91.0 (expected -90.0 to 90.0)", 0, -91, 0, 1);
        assertRefused("bbox: north: Infinity (expected -90.0 to 90.0)", 0, 0, 0, Double.POSITIVE_INFINITY);
        assertRefused("bbox: south 2.0 is above north 1.0", 0, 2, 0, 1);
    }

    @Test
    void zerosOfEitherSignAreEqual() {
        assertEquals(BoundingBox.of(0, 0, 0, 0), BoundingBox.of(-0.0, -0.0, -0.0, -0.0));
        assertEquals(
                "[0.0, 0.0, 0.0, 0.0]", BoundingBox.of(-0.0, -0.0, -0.0, -0.0).toString());
    }

    @Test
    void aBoxWrapsWhenWestIsAboveEast() {
        BoundingBox box = BoundingBox.of(179, 74, -179, 75);
        assertTrue(box.wraps());
        assertEquals(2, box.widthDegrees());
        assertTrue(box.contains(180, 74.4));
        assertTrue(box.contains(-180, 74.4));
        assertTrue(box.contains(-179, 75));
        assertFalse(box.contains(-178.9, 74.4));
        assertFalse(box.contains(0, 74.4));
        assertEquals(360, BoundingBox.GLOBE.widthDegrees());
        assertFalse(BoundingBox.GLOBE.wraps());
    }

    @Test
    void theAntimeridianIsOneMeridian() {
        BoundingBox east = BoundingBox.of(170, 0, 180, 1);
        BoundingBox west = BoundingBox.of(-180, 0, -170, 1);
        assertTrue(east.contains(-180, 0));
        assertTrue(west.contains(180, 0));
        assertTrue(east.intersects(west));
        assertTrue(west.intersects(east));
        assertTrue(BoundingBox.of(180, 0, -170, 1).intersects(east));
        assertFalse(BoundingBox.of(-179.9, 0, -170, 1).intersects(east));
    }

    @Test
    void boxesShareTheirSides() {
        BoundingBox box = BoundingBox.of(0, 0, 10, 10);
        assertTrue(box.intersects(BoundingBox.of(10, 10, 20, 20)));
        assertFalse(box.intersects(BoundingBox.of(10.001, 0, 20, 10)));
        assertFalse(box.intersects(BoundingBox.of(0, 10.001, 10, 20)));
        assertTrue(box.intersects(BoundingBox.of(2, 2, 3, 3)));
        assertTrue(BoundingBox.of(2, 2, 3, 3).intersects(box));
    }

    @Test
    void agreesWithEveryTenthDegree() {
        Seeded.repeat(1_000, random -> {
            BoundingBox a = box(random);
            BoundingBox b = box(random);
            boolean share = false;
            for (int longitude = -180; longitude <= 180 && !share; longitude += 10) {
                for (int latitude = -90; latitude <= 90 && !share; latitude += 10) {
                    share = naive(a, longitude, latitude) && naive(b, longitude, latitude);
                    assertEquals(naive(a, longitude, latitude), a.contains(longitude, latitude));
                }
            }
            assertEquals(share, a.intersects(b), a + " and " + b);
            assertEquals(share, b.intersects(a));
        });
    }

    private static BoundingBox box(SplittableRandom random) {
        int south = random.nextInt(-9, 10);
        return BoundingBox.of(
                10 * random.nextInt(-18, 19), 10 * south, 10 * random.nextInt(-18, 19), 10 * random.nextInt(south, 10));
    }

    /** Walks east from the western side until the eastern one. */
    private static boolean naive(BoundingBox box, int longitude, int latitude) {
        if (latitude < box.south() || latitude > box.north()) {
            return false;
        }
        int end = (int) (box.west() + box.widthDegrees());
        for (int at = (int) box.west(); at <= end; at += 10) {
            if (Math.floorMod(at - longitude, 360) == 0) {
                return true;
            }
        }
        return false;
    }
}
