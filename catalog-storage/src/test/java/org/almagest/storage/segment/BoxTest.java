package org.almagest.storage.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class BoxTest {
    private static Box longitudes(float west, float east) {
        return new Box(west, 0, east, 1);
    }

    @Test
    void theNarrowestIntervalThatHoldsBothIsTaken() {
        assertEquals(longitudes(10, 40), longitudes(10, 20).union(longitudes(30, 40)));
        assertEquals(longitudes(170, -170), longitudes(170, 175).union(longitudes(-175, -170)));
        assertEquals(longitudes(0, -170), longitudes(170, -170).union(longitudes(0, 10)));
        assertEquals(longitudes(170, -160), longitudes(170, -170).union(longitudes(175, -160)));
    }

    @Test
    void theTwoEdgesOfTheMapAreNotOnePlace() {
        // A query for [179, 180] compares numbers, so the union must hold 180 itself, not only its twin -180.
        assertEquals(longitudes(180, -170), longitudes(-180, -170).union(longitudes(180, 180)));
    }

    @Test
    void whatLeavesNoGapIsTheWholeMap() {
        assertEquals(longitudes(-180, 180), longitudes(10, -10).union(longitudes(-20, 20)));
        assertEquals(longitudes(-180, 180), longitudes(-180, 180).union(longitudes(170, -170)));
    }

    @Test
    void nothingAddsNothing() {
        assertEquals(longitudes(1, 2), Box.NONE.union(longitudes(1, 2)));
        assertEquals(longitudes(1, 2), longitudes(1, 2).union(Box.NONE));
        assertEquals(Box.NONE, Box.NONE.union(Box.NONE));
    }

    @Test
    void aUnionHoldsEveryPointOfBoth() {
        Seeded.repeat(20_000, random -> {
            Box a = Segments.drawBox(random);
            Box b = Segments.drawBox(random);
            Box union = a.union(b);
            assertTrue(union.isValid(), union.toString());
            for (Box part : new Box[] {a, b}) {
                float lon = random.nextInt(3) == 0 ? part.west() : (float) random.nextDouble(-180, 180);
                if (holds(part, lon)) {
                    assertTrue(holds(union, lon), lon + " in " + part + " of " + union);
                }
                assertTrue(union.south() <= part.south() && part.north() <= union.north());
            }
        });
    }

    private static boolean holds(Box box, float lon) {
        return box.west() <= box.east()
                ? box.west() <= lon && lon <= box.east()
                : lon >= box.west() || lon <= box.east();
    }

    @Test
    void boundsOutOfRangeAreNoBox() {
        assertTrue(new Box(-180, -90, 180, 90).isValid());
        assertTrue(Box.NONE.isValid());
        assertFalse(new Box(-180.00002f, 0, 0, 1).isValid());
        assertFalse(new Box(0, 0, 180.00002f, 1).isValid());
        assertFalse(new Box(0, -90.00001f, 1, 1).isValid());
        assertFalse(new Box(0, 0, 1, 90.00001f).isValid());
        assertFalse(new Box(0, 2, 1, 1).isValid());
        assertFalse(new Box(0, 0, 1, Float.NaN).isValid());
        assertFalse(new Box(Float.NaN, 0, 1, 1).isValid());
    }
}
