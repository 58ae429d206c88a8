package org.almagest.index.spatial;

import java.util.List;
import org.almagest.model.BoundingBox;

/**
 * The covers of many segments side by side: those that meet a box are found in one pass over one or two arrays, where
 * looking into each cover would wait for memory each time. Immutable, safe to share between threads.
 */
public final class CellCovers {
    private final int count;

    /** For each row of cells from the south, the columns of each cover as bits. */
    private final int[][] rows;

    /** Copies the cells of some covers. */
    public CellCovers(List<CellCover> covers) {
        count = covers.size();
        rows = new int[CellCover.SIDE][count];
        for (int i = 0; i < count; i++) {
            covers.get(i).copyTo(rows, i);
        }
    }

    /** Returns how many covers there are. */
    public int count() {
        return count;
    }

    /**
     * Marks the covers that {@link CellCover#mayMeet} a box.
     *
     * @param marks a bit for each cover, the first one lowest in the first number
     */
    public void mark(BoundingBox box, long[] marks) {
        CellWindow window = CellWindow.of(box, CellCover.PRECISION);
        int columns = CellCover.columns(window);
        for (int row = window.lowRow(); row <= window.highRow(); row++) {
            int[] cells = rows[row];
            for (int i = 0; i < count; i++) {
                if ((cells[i] & columns) != 0) {
                    marks[i >>> 6] |= 1L << i;
                }
            }
        }
    }
}
