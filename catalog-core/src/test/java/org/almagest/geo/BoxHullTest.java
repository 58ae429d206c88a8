package org.almagest.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.almagest.model.BoundingBox;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class BoxHullTest {
    private static BoundingBox box(double west, double east) {
        return BoundingBox.of(west, 0, east, 1);
    }

    @Test
    void takesTheShorterWayAround() {
        assertEquals(box(-10, 10), BoxHull.of(List.of(box(-10, -5), box(5, 10))));
        assertEquals(box(170, -170), BoxHull.of(List.of(box(170, 175), box(-175, -170))));
        assertEquals(box(170, -160), BoxHull.of(List.of(box(170, -170), box(-165, -160))));
        assertEquals(box(-90, 90), BoxHull.of(List.of(box(-90, -90), box(90, 90))), "both ways are as long");
        assertEquals(box(-180, 180), BoxHull.of(List.of(box(-180, 0), box(0, 180))));
        assertEquals(box(-180, 180), BoxHull.of(List.of(box(100, 10), box(0, 110))));
        assertEquals(box(180, 180), BoxHull.of(List.of(box(180, 180))));
        assertEquals(
                BoundingBox.of(1, -5, 2, 7),
                BoxHull.of(List.of(BoundingBox.of(1, -5, 2, 0), BoundingBox.of(1, 6, 2, 7))));
    }

    @Test
    void holdsAllAndLeavesTheLargestGap() {
        Seeded.repeat(2_000, random -> {
            List<BoundingBox> boxes = new ArrayList<>();
            boolean[] taken = new boolean[360];
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                int west = random.nextInt(-180, 180);
                int width = random.nextInt(1, 120);
                int east = west + width > 180 ? west + width - 360 : west + width;
                boxes.add(box(west, east));
                for (int at = 0; at < width; at++) {
                    taken[(west + 180 + at) % 360] = true;
                }
            }
            int gap = 0;
            for (int from = 0, run = 0; from < 720; from++) {
                run = taken[from % 360] ? 0 : run + 1;
                gap = Math.max(gap, Math.min(run, 360));
            }
            BoundingBox hull = BoxHull.of(boxes);
            assertEquals(360 - gap, hull.widthDegrees(), boxes.toString());
            for (BoundingBox box : boxes) {
                assertTrue(hull.contains(box.west(), 0) && hull.contains(box.east(), 0), boxes + " in " + hull);
            }
        });
    }
}
