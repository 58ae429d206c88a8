package org.almagest.internal.geo;

import org.jspecify.annotations.Nullable;

/**
 * Which cells of a grid lie wholly inside of polygons, and which wholly outside; the others hold a part of an edge.
 *
 * <p>A cell is the set of positions that {@link #column} and {@link #row} give the same numbers, so cells leave no gaps,
 * whatever is rounded. Edges are noted in more cells than they pass, never in fewer. Immutable.
 */
public final class AreaGrid {
    private static final int SIZE = 64;

    /** By how much of a cell an edge is taken to be wider, against rounding: 500 times what is lost of 180 degrees. */
    private static final double MARGIN = 1e-6;

    private static final double DEGREES_MIN = 1e-3;

    private final double west;
    private final double south;
    private final double east;
    private final double north;
    private final double columnsPerDegree;
    private final double rowsPerDegree;

    /** By row, a bit for each column whose cell is wholly inside. */
    private final long[] inside = new long[SIZE];

    /** By row, a bit for each column whose cell may hold a part of an edge. */
    private final long[] edges = new long[SIZE];

    /** Where a position or a box lies. */
    public enum Cell {
        /** In the polygons with all that it holds. */
        INSIDE,
        /** Away from the polygons with all that it holds. */
        OUTSIDE,
        /** At an edge, or too near to tell. */
        BOUNDARY
    }

    private AreaGrid(Outline area) {
        west = area.west;
        south = area.south;
        east = area.east;
        north = area.north;
        columnsPerDegree = SIZE / (east - west);
        rowsPerDegree = SIZE / (north - south);
        for (int ring = 0; ring < area.rings; ring++) {
            for (int i = area.start(ring) + 1; i < area.ends[ring]; i++) {
                note(area.x[i - 1], area.y[i - 1], area.x[i], area.y[i]);
            }
        }
        for (int row = 0; row < SIZE; row++) {
            fill(row, area);
        }
    }

    /** Returns the grid over polygons; null where they are too narrow for one. */
    static @Nullable AreaGrid over(Outline area) {
        double width = area.east - area.west;
        double height = area.north - area.south;
        return width > DEGREES_MIN && height > DEGREES_MIN ? new AreaGrid(area) : null;
    }

    private int column(double longitude) {
        return Math.max(0, Math.min(SIZE - 1, (int) ((longitude - west) * columnsPerDegree)));
    }

    private int row(double latitude) {
        return Math.max(0, Math.min(SIZE - 1, (int) ((latitude - south) * rowsPerDegree)));
    }

    private static long columns(int first, int last) {
        return -1L << first & -1L >>> SIZE - 1 - last;
    }

    /** Notes the cells that an edge passes: row by row those of the part that lies in the row, or near it. */
    private void note(double x0, double y0, double x1, double y1) {
        double left = Math.min(x0, x1);
        double right = Math.max(x0, x1);
        int last = row(Math.max(y0, y1));
        for (int row = row(Math.min(y0, y1)); row <= last; row++) {
            double low = within(y0, y1, south + (row - MARGIN) / rowsPerDegree);
            double high = within(y0, y1, south + (row + 1 + MARGIN) / rowsPerDegree);
            double lowX = y0 == y1 ? x0 : x0 + (x1 - x0) * ((low - y0) / (y1 - y0));
            double highX = y0 == y1 ? x1 : x0 + (x1 - x0) * ((high - y0) / (y1 - y0));
            double margin = MARGIN / columnsPerDegree;
            int from = column(Math.max(left, Math.min(lowX, highX) - margin));
            int to = column(Math.min(right, Math.max(lowX, highX) + margin));
            edges[row] |= columns(Math.min(from, to), Math.max(from, to));
        }
    }

    private static double within(double one, double other, double latitude) {
        return Math.max(Math.min(one, other), Math.min(latitude, Math.max(one, other)));
    }

    /** Decides each run of cells without edges by the run below it, or else by one position in it. */
    private void fill(int row, Outline area) {
        long left = ~edges[row];
        while (left != 0) {
            int first = Long.numberOfTrailingZeros(left);
            int length = Long.numberOfTrailingZeros(~(left >>> first));
            long run = columns(first, Math.min(SIZE, first + length) - 1);
            long free = row == 0 ? 0 : ~edges[row - 1] & run;
            boolean isInside = free != 0
                    ? (inside[row - 1] & free) != 0
                    : area.contains(west + (first + 0.5) / columnsPerDegree, south + (row + 0.5) / rowsPerDegree);
            inside[row] |= isInside ? run : 0;
            left &= ~run;
        }
    }

    /** Returns where a position lies. */
    public Cell cell(double longitude, double latitude) {
        return box(longitude, latitude, longitude, latitude);
    }

    /** Returns where a box lies that does not wrap. */
    public Cell box(double boxWest, double boxSouth, double boxEast, double boxNorth) {
        if (boxWest > east || boxEast < west || boxSouth > north || boxNorth < south) {
            return Cell.OUTSIDE;
        }
        long asked = columns(column(boxWest), column(boxEast));
        long any = 0;
        long all = asked;
        int last = row(boxNorth);
        for (int row = row(boxSouth); row <= last; row++) {
            any |= inside[row] | edges[row];
            all &= inside[row];
        }
        if ((any & asked) == 0) {
            return Cell.OUTSIDE;
        }
        boolean whole = boxWest >= west && boxEast <= east && boxSouth >= south && boxNorth <= north;
        return whole && all == asked ? Cell.INSIDE : Cell.BOUNDARY;
    }
}
