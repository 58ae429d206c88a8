package org.almagest.index.spatial;

import java.util.List;
import org.almagest.model.BoundingBox;

/**
 * Roughly where a box is, in a number below 256: a cell of 15° by 18° that holds its south-western corner, for boxes that
 * end there or in the next cell; else the row of cells of its southern side; else that it may be anywhere.
 *
 * <p>Rounding does no harm: columns and rows never decrease with degrees, so boxes that meet have columns and rows that meet.
 */
final class PlaceCode {
    /** How many codes there are. */
    static final int COUNT = 256;

    private static final int COLUMNS = 24;
    private static final int ROWS = 10;
    private static final int FIRST_BAND = COLUMNS * ROWS;
    private static final int ANYWHERE = FIRST_BAND + ROWS;
    private static final int NOWHERE = ANYWHERE + 1;
    private static final double DEGREES_PER_COLUMN = 360.0 / COLUMNS;
    private static final double DEGREES_PER_ROW = 180.0 / ROWS;

    private PlaceCode() {}

    /** Returns the code of a box in degrees; a south that is NaN stands for none, west above east for one that wraps. */
    static int of(float west, float south, float east, float north) {
        if (Float.isNaN(south)) {
            return NOWHERE;
        }
        int row = row(south);
        if (row(north) > row + 1) {
            return ANYWHERE;
        }
        int low = column(west);
        int high = column(east) + (west > east ? COLUMNS : 0);
        return high <= low + 1 ? row * COLUMNS + low % COLUMNS : FIRST_BAND + row;
    }

    /** Returns for each code whether a row that has it may meet one of some boxes; longitude 180 equals -180. */
    static boolean[] near(List<BoundingBox> boxes) {
        boolean[] near = new boolean[COUNT];
        for (BoundingBox box : boxes) {
            int low = column(box.west()) - 1; // a box may begin in the cell before
            int high = column(box.east()) + (box.wraps() ? COLUMNS : 0);
            for (int row = Math.max(0, row(box.south()) - 1); row <= row(box.north()); row++) {
                near[FIRST_BAND + row] = true;
                for (int column = low; column <= high; column++) {
                    near[row * COLUMNS + Math.floorMod(column, COLUMNS)] = true;
                }
            }
            near[ANYWHERE] = true;
        }
        return near;
    }

    /** Returns the column of a longitude; one beyond the last for 180, which is the first one's western side. */
    private static int column(double longitude) {
        return Math.max(0, Math.min((int) ((longitude + 180) / DEGREES_PER_COLUMN), COLUMNS));
    }

    private static int row(double latitude) {
        return Math.max(0, Math.min((int) ((latitude + 90) / DEGREES_PER_ROW), ROWS - 1));
    }
}
