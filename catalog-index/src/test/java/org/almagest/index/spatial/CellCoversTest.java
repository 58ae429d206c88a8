package org.almagest.index.spatial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.almagest.model.BoundingBox;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class CellCoversTest {
    @Test
    void marksThoseThatMeetTheBoxAlone() {
        Seeded.repeat(200, random -> {
            List<CellCover> covers = new ArrayList<>();
            int count = random.nextInt(150);
            for (int i = 0; i < count; i++) {
                CellCover.Builder cover = new CellCover.Builder();
                for (int box = random.nextInt(4); box > 0; box--) {
                    BoundingBox sides = box(random);
                    cover.add((float) sides.west(), (float) sides.south(), (float) sides.east(), (float) sides.north());
                }
                covers.add(cover.build());
            }
            CellCovers all = new CellCovers(covers);
            assertEquals(count, all.count());
            BoundingBox asked = box(random);
            long[] marks = new long[(count + Long.SIZE - 1) / Long.SIZE];
            all.mark(asked, marks);
            for (int i = 0; i < count; i++) {
                assertEquals(covers.get(i).mayMeet(asked), (marks[i / Long.SIZE] >>> i & 1) == 1, asked::toString);
            }
        });
    }

    /** Returns a box that may wrap, touch the antimeridian or a pole, or be a point. */
    private static BoundingBox box(SplittableRandom random) {
        double west = random.nextInt(5) == 0 ? -180 : random.nextDouble(-180, 180);
        double east = random.nextInt(5) == 0 ? 180 : random.nextDouble(-180, 180);
        double south = random.nextDouble(-90, 90);
        double north = random.nextInt(5) == 0 ? 90 : random.nextDouble(south, 90);
        return BoundingBox.of(west, south, random.nextInt(5) == 0 ? west : east, north);
    }
}
