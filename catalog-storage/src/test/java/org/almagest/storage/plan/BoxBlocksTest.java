package org.almagest.storage.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.almagest.geo.BoxAnswer;
import org.almagest.geo.Footprint;
import org.almagest.geo.PlanarPredicate;
import org.almagest.geo.PreparedFilter;
import org.almagest.model.BoundingBox;
import org.almagest.storage.run.BoxColumn;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class BoxBlocksTest {
    private record Boxes(float[] sides) implements BoxColumn {
        @Override
        public float west(int row) {
            return sides[4 * row];
        }

        @Override
        public float south(int row) {
            return sides[4 * row + 1];
        }

        @Override
        public float east(int row) {
            return sides[4 * row + 2];
        }

        @Override
        public float north(int row) {
            return sides[4 * row + 3];
        }
    }

    private static Boxes random(SplittableRandom random, int rows) {
        float[] sides = new float[4 * rows];
        for (int row = 0; row < rows; row++) {
            if (random.nextInt(20) == 0) {
                Arrays.fill(sides, 4 * row, 4 * row + 4, Float.NaN);
                continue;
            }
            BoundingBox box = box(random);
            sides[4 * row] = (float) box.west();
            sides[4 * row + 1] = (float) box.south();
            sides[4 * row + 2] = (float) box.east();
            sides[4 * row + 3] = (float) box.north();
        }
        return new Boxes(sides);
    }

    /** Whole degrees, so that boxes touch; some wrap, some end on the antimeridian. */
    private static BoundingBox box(SplittableRandom random) {
        double south = random.nextInt(-90, 90);
        double north = south + random.nextInt((int) (91 - south));
        return BoundingBox.of(random.nextInt(-180, 181), south, random.nextInt(-180, 181), north);
    }

    @Test
    void theRowsWhoseBoxCanMatchAreKept() {
        int[] kept = {0};
        Seeded.repeat(300, random -> {
            int rows = 1 + random.nextInt(2_500);
            Boxes boxes = random(random, rows);
            PreparedFilter place = PreparedFilter.of(Footprint.ofBox(box(random)), PlanarPredicate.INTERSECTS);
            BoxBlocks filter = new BoxBlocks(boxes, place.searchBoxes());
            for (int block = 0; block * BlockFilter.ROWS < rows; block++) {
                long[] mask = new long[BlockFilter.WORDS];
                Arrays.fill(mask, -1L);
                int inBlock = Math.min(BlockFilter.ROWS, rows - block * BlockFilter.ROWS);
                filter.keep(block, inBlock, mask);
                for (int i = 0; i < BlockFilter.ROWS; i++) {
                    int row = block * BlockFilter.ROWS + i;
                    boolean may = row < rows
                            && !Float.isNaN(boxes.south(row))
                            && place.decide(boxes.west(row), boxes.south(row), boxes.east(row), boxes.north(row))
                                    != BoxAnswer.NO;
                    assertEquals(may, (mask[i / Long.SIZE] >>> i & 1) == 1, "row " + row);
                    kept[0] += may ? 1 : 0;
                }
            }
        });
        assertTrue(kept[0] > 1_000 || Long.getLong("almagest.seed") != null, kept[0] + " rows");
    }
}
