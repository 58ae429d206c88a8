package org.almagest.internal.geo;

import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * Whether polygons share a position with those of a filter, exactly, without making objects; for one thread.
 *
 * <p>What JTS finds by a tree of edges over both is found here over arrays: footprints have few corners, and most edges
 * of a filter lie nowhere near. Signs of areas are those of JTS, and so are answers for valid
 * polygons. {@code ExactTestBenchmark} measures both.
 */
public final class PolygonTest {
    /** Edges that are passed over together where they lie elsewhere. */
    private static final int GROUP_EDGES = 8;

    /** Tests after which a grid over the filter has paid for itself; it costs about as much as thirty of them. */
    private static final int TESTS_BEFORE_GRID = 32;

    private static final int NEAR_AT_FIRST = 64;

    /** Part of the products by which a side is found that rounding surely does not reach. */
    private static final double CLEAR = 1e-12;

    private final Outline filter;

    /** By position that begins an edge, in groups: the box around the edges. */
    private final double[] groupWest;

    private final double[] groupSouth;
    private final double[] groupEast;
    private final double[] groupNorth;
    private final Outline taken = new Outline();

    /** The positions of what was taken at which its edges near the filter begin. */
    private int[] near = {};

    private int nearCount;
    private Outline other = taken;
    private int tests;

    /** Null as long as few were tested. Other threads may look, and see it late or never. */
    private @Nullable AreaGrid grid;

    private PolygonTest(Outline filter) {
        this.filter = filter;
        int groups = (filter.positions() + GROUP_EDGES - 1) / GROUP_EDGES;
        groupWest = new double[groups];
        groupSouth = new double[groups];
        groupEast = new double[groups];
        groupNorth = new double[groups];
        for (int group = 0; group < groups; group++) {
            groupWest[group] = Double.POSITIVE_INFINITY;
            groupSouth[group] = Double.POSITIVE_INFINITY;
            groupEast[group] = Double.NEGATIVE_INFINITY;
            groupNorth[group] = Double.NEGATIVE_INFINITY;
            // One position more than edges: the last edge of the group ends there.
            int end = Math.min(filter.positions(), (group + 1) * GROUP_EDGES + 1);
            for (int i = group * GROUP_EDGES; i < end; i++) {
                groupWest[group] = Math.min(groupWest[group], filter.x[i]);
                groupSouth[group] = Math.min(groupSouth[group], filter.y[i]);
                groupEast[group] = Math.max(groupEast[group], filter.x[i]);
                groupNorth[group] = Math.max(groupNorth[group], filter.y[i]);
            }
        }
    }

    /** Prepares a filter; null where it is not made of polygons alone, or of more than 512 positions. */
    public static @Nullable PolygonTest of(Geometry filter) {
        Outline edges = new Outline();
        return mayTake(filter) && edges.set(filter) ? new PolygonTest(edges) : null;
    }

    /** Takes a geometry to test next; false where it is not made of polygons alone, or of more than 512 positions. */
    public boolean take(Geometry geometry) {
        other = taken;
        return mayTake(geometry) && taken.set(geometry);
    }

    private static boolean mayTake(Geometry geometry) {
        return geometry.getNumPoints() <= Outline.POSITIONS_MAX;
    }

    /** Takes an outline to test next; it must not change before it is tested. */
    public void take(Outline outline) {
        other = outline;
    }

    /** Returns where the filter surely is and is not; null before it is worth its price. May be called by any thread. */
    public @Nullable AreaGrid grid() {
        return grid;
    }

    /** Tells whether what was taken last shares a position with the filter. */
    public boolean intersects() {
        if (filter.west > other.east
                || other.west > filter.east
                || filter.south > other.north
                || other.south > filter.north) {
            return false;
        }
        if (++tests == TESTS_BEFORE_GRID) {
            grid = AreaGrid.over(filter);
        }
        // A footprint that meets the box of a filter mostly begins inside the filter, or has it inside: that ends it.
        return filterHolds(other.x[0], other.y[0])
                || other.rings > 0
                        && (other.contains(filter.x[0], filter.y[0]) || edgesMeet() || oneContainsTheOther());
    }

    private boolean filterHolds(double x, double y) {
        AreaGrid known = grid;
        AreaGrid.Cell cell = known == null ? AreaGrid.Cell.BOUNDARY : known.cell(x, y);
        return cell == AreaGrid.Cell.INSIDE || cell == AreaGrid.Cell.BOUNDARY && filter.contains(x, y);
    }

    /** Where no edges meet, a ring lies wholly inside or outside of the other polygons. */
    private boolean oneContainsTheOther() {
        for (int ring = 1; ring < other.rings; ring++) {
            if (other.shells[ring] && filterHolds(other.x[other.start(ring)], other.y[other.start(ring)])) {
                return true;
            }
        }
        for (int ring = 1; ring < filter.rings; ring++) {
            if (filter.shells[ring] && other.contains(filter.x[filter.start(ring)], filter.y[filter.start(ring)])) {
                return true;
            }
        }
        return false;
    }

    private boolean edgesMeet() {
        findNear();
        if (nearCount == 0) {
            return false;
        }
        for (int group = 0; group < groupWest.length; group++) {
            if (groupWest[group] <= other.east
                    && other.west <= groupEast[group]
                    && groupSouth[group] <= other.north
                    && other.south <= groupNorth[group]
                    && groupMeets(group)) {
                return true;
            }
        }
        return false;
    }

    /** Finds the edges of the other that may meet the box around the filter: of most footprints none, or few. */
    private void findNear() {
        double[] x = other.x;
        double[] y = other.y;
        if (near.length < other.positions()) {
            near = new int[Math.max(other.positions(), NEAR_AT_FIRST)];
        }
        // Of what is smaller than the filter most edges are near.
        boolean isLarge = other.east - other.west > filter.east - filter.west;
        int count = 0;
        int from = 0;
        for (int ring = 0; ring < other.rings; ring++) {
            int end = other.ends[ring];
            for (int i = from + 1; i < end; i++) {
                boolean meets = !isLarge
                        || Math.min(x[i - 1], x[i]) <= filter.east
                                && filter.west <= Math.max(x[i - 1], x[i])
                                && Math.min(y[i - 1], y[i]) <= filter.north
                                && filter.south <= Math.max(y[i - 1], y[i])
                                && !passesBeside(i - 1);
                if (meets) {
                    near[count++] = i - 1;
                }
            }
            from = end;
        }
        nearCount = count;
    }

    /** Tells whether all corners of the box around the filter lie clearly on one side of an edge of the other. */
    private boolean passesBeside(int edge) {
        if (other.crosses()) {
            return false; // whether a side is in doubt counts there
        }
        double dx = other.x[edge + 1] - other.x[edge];
        double dy = other.y[edge + 1] - other.y[edge];
        double west = dy * (filter.west - other.x[edge]);
        double east = dy * (filter.east - other.x[edge]);
        double south = dx * (filter.south - other.y[edge]);
        double north = dx * (filter.north - other.y[edge]);
        double doubt = CLEAR * (Math.max(Math.abs(west), Math.abs(east)) + Math.max(Math.abs(south), Math.abs(north)));
        return Math.min(south, north) - Math.max(west, east) > doubt
                || Math.max(south, north) - Math.min(west, east) < -doubt;
    }

    private boolean groupMeets(int group) {
        int end = Math.min(filter.positions() - 1, (group + 1) * GROUP_EDGES);
        int ring = ringOf(group * GROUP_EDGES);
        for (int i = group * GROUP_EDGES; i < end; i++) {
            if (i + 1 == filter.ends[ring]) {
                ring++; // from the last position of a ring no edge leads to the next ring
            } else if (edgeMeets(i)) {
                return true;
            }
        }
        return false;
    }

    private int ringOf(int position) {
        int ring = 0;
        while (filter.ends[ring] <= position) {
            ring++;
        }
        return ring;
    }

    /** Tells whether the segment that begins at a position of the filter meets the other. */
    private boolean edgeMeets(int at) {
        double west = Math.min(filter.x[at], filter.x[at + 1]);
        double east = Math.max(filter.x[at], filter.x[at + 1]);
        double south = Math.min(filter.y[at], filter.y[at + 1]);
        double north = Math.max(filter.y[at], filter.y[at + 1]);
        if (west > other.east || other.west > east || south > other.north || other.south > north) {
            return false;
        }
        double[] x = other.x;
        double[] y = other.y;
        for (int k = 0; k < nearCount; k++) {
            int edge = near[k];
            boolean meets = Math.min(x[edge], x[edge + 1]) <= east
                    && west <= Math.max(x[edge], x[edge + 1])
                    && Math.min(y[edge], y[edge + 1]) <= north
                    && south <= Math.max(y[edge], y[edge + 1]);
            if (meets && segmentsMeet(at, edge)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether the segment from one position of the filter meets one of the other; their boxes meet. */
    private boolean segmentsMeet(int i, int k) {
        int begins = filter.side(i, other.x[k], other.y[k]);
        if (begins * filter.side(i, other.x[k + 1], other.y[k + 1]) > 0) {
            return false;
        }
        // On one line the boxes meet as the segments do.
        return other.side(k, filter.x[i], filter.y[i]) * other.side(k, filter.x[i + 1], filter.y[i + 1]) <= 0;
    }
}
