package org.almagest.index.spatial;

import java.util.List;
import org.almagest.model.BoundingBox;

/**
 * Roughly where a box is, in a number below 4,096: the cell that holds its south-western corner, for boxes that are small
 * enough for the cell; else a large cell; else the row of large cells of its southern side; else that it may be anywhere.
 *
 * <p>Cells are 3° high, and 4.5° wide at the equator, of as many more degrees as a degree of longitude is shorter: a box in
 * one ends at most in the next column and two rows above. Large cells are 18° by 15°, and a box in one ends at most in the
 * next column and row.
 *
 * <p>Rounding does no harm: columns and rows never decrease with degrees, so boxes that meet have columns and rows that meet.
 */
final class PlaceCode {
    /** How many bits a code has. */
    static final int BITS = 12;

    private static final Grid SMALL = Grid.narrowing(60, 80);
    private static final Grid LARGE = Grid.equal(10, 24);

    /** How many rows above that of its southern side a box may end in. */
    private static final int SMALL_RISE = 2;

    private static final int LARGE_RISE = 1;

    private static final int FIRST_LARGE = SMALL.count();
    private static final int FIRST_BAND = FIRST_LARGE + LARGE.count();
    private static final int ANYWHERE = FIRST_BAND + LARGE.rows();
    private static final int NOWHERE = ANYWHERE + 1;

    /** How many codes there are. */
    static final int COUNT = NOWHERE + 1;

    private PlaceCode() {}

    /**
     * Rows of cells, each of a number of equal columns.
     *
     * @param firsts the number of the first cell of each row, and of all cells
     */
    private record Grid(int[] firsts) {
        static Grid narrowing(int rows, int columns) {
            int[] firsts = new int[rows + 1];
            for (int row = 0; row < rows; row++) {
                double latitude = Math.toRadians((row + 0.5) * 180 / rows - 90);
                firsts[row + 1] = firsts[row] + Math.max(1, (int) (columns * Math.cos(latitude)));
            }
            return new Grid(firsts);
        }

        static Grid equal(int rows, int columns) {
            int[] firsts = new int[rows + 1];
            for (int row = 0; row < rows; row++) {
                firsts[row + 1] = firsts[row] + columns;
            }
            return new Grid(firsts);
        }

        int rows() {
            return firsts.length - 1;
        }

        int count() {
            return firsts[rows()];
        }

        int columns(int row) {
            return firsts[row + 1] - firsts[row];
        }

        int row(double latitude) {
            return Math.max(0, Math.min((int) ((latitude + 90) / 180 * rows()), rows() - 1));
        }

        /** Returns the column of a longitude; one beyond the last for 180, which is the first one's western side. */
        static int column(double longitude, int columns) {
            return Math.max(0, Math.min((int) ((longitude + 180) / 360 * columns), columns));
        }

        /** Returns the cell of the south-western corner of a box that ends in the next column and not too high; else -1. */
        int cell(float west, float south, float east, float north, int rise) {
            int row = row(south);
            int columns = columns(row);
            int low = column(west, columns);
            int high = column(east, columns) + (west > east ? columns : 0);
            return row(north) <= row + rise && high <= low + 1 ? firsts[row] + low % columns : -1;
        }

        /** Marks the cells of boxes that may meet a box. */
        void mark(BoundingBox box, int rise, boolean[] near, int first) {
            for (int row = Math.max(0, row(box.south()) - rise); row <= row(box.north()); row++) {
                int columns = columns(row);
                int high = column(box.east(), columns) + (box.wraps() ? columns : 0);
                for (int column = column(box.west(), columns) - 1; column <= high; column++) {
                    near[first + firsts[row] + Math.floorMod(column, columns)] = true;
                }
            }
        }
    }

    /** Returns the code of a box in degrees; a south that is NaN stands for none, west above east for one that wraps. */
    static int of(float west, float south, float east, float north) {
        if (Float.isNaN(south)) {
            return NOWHERE;
        }
        int small = SMALL.cell(west, south, east, north, SMALL_RISE);
        if (small >= 0) {
            return small;
        }
        int large = LARGE.cell(west, south, east, north, LARGE_RISE);
        if (large >= 0) {
            return FIRST_LARGE + large;
        }
        int row = LARGE.row(south);
        return LARGE.row(north) <= row + LARGE_RISE ? FIRST_BAND + row : ANYWHERE;
    }

    /** Returns for each code whether a row that has it may meet one of some boxes; longitude 180 equals -180. */
    static boolean[] near(List<BoundingBox> boxes) {
        boolean[] near = new boolean[COUNT];
        for (BoundingBox box : boxes) {
            SMALL.mark(box, SMALL_RISE, near, 0);
            LARGE.mark(box, LARGE_RISE, near, FIRST_LARGE);
            for (int row = Math.max(0, LARGE.row(box.south()) - LARGE_RISE); row <= LARGE.row(box.north()); row++) {
                near[FIRST_BAND + row] = true;
            }
            near[ANYWHERE] = true;
        }
        return near;
    }
}
