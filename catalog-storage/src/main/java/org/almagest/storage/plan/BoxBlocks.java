package org.almagest.storage.plan;

import java.util.List;
import org.almagest.model.BoundingBox;
import org.almagest.storage.run.BoxColumn;

/** Keeps the rows whose index box meets one of some boxes; {@code BoxScanBenchmark} measures it. */
final class BoxBlocks implements BlockFilter {
    private static final int SIDES = 4;

    private final BoxColumn boxes;
    private final float[] asked;
    private final float[] block = new float[ROWS * SIDES];

    /** Prepares a filter; the boxes do not wrap. */
    BoxBlocks(BoxColumn boxes, List<BoundingBox> searched) {
        this.boxes = boxes;
        this.asked = new float[searched.size() * SIDES];
        for (int i = 0; i < searched.size(); i++) {
            BoundingBox box = searched.get(i);
            // Outwards, as the boxes of rows: what meets in double also meets in float.
            asked[i * SIDES] = down(box.west());
            asked[i * SIDES + 1] = down(box.south());
            asked[i * SIDES + 2] = -down(-box.east());
            asked[i * SIDES + 3] = -down(-box.north());
        }
    }

    private static float down(double value) {
        float near = (float) value;
        return near > value ? Math.nextDown(near) : near;
    }

    @Override
    public void keep(int number, int rows, long[] mask) {
        boxes.copy(number * ROWS, rows, block);
        for (int i = 0; i < WORDS; i++) {
            if (mask[i] != 0) {
                mask[i] &= meeting(i * Long.SIZE, Math.min(rows, (i + 1) * Long.SIZE));
            }
        }
    }

    private long meeting(int from, int to) {
        long bits = 0;
        for (int i = 0; i < asked.length; i += SIDES) {
            float west = asked[i];
            float south = asked[i + 1];
            float east = asked[i + 2];
            float north = asked[i + 3];
            for (int row = from; row < to; row++) {
                int at = row * SIDES;
                float rowWest = block[at];
                float rowEast = block[at + 2];
                boolean begins = rowWest <= east;
                boolean reaches = west <= rowEast;
                boolean wraps = rowWest > rowEast;
                // Without a box all sides are NaN, and every comparison is false.
                boolean meets = (begins & reaches | wraps & (begins | reaches))
                        & block[at + 1] <= north
                        & south <= block[at + 3];
                bits |= (meets ? 1L : 0L) << row;
            }
        }
        return bits;
    }
}
