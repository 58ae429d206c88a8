package org.almagest.internal.geo;

import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.algorithm.LineIntersector;
import org.locationtech.jts.algorithm.RobustLineIntersector;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.util.LinearComponentExtracter;
import org.locationtech.jts.noding.BasicSegmentString;
import org.locationtech.jts.noding.MCIndexNoder;
import org.locationtech.jts.noding.MCIndexSegmentSetMutualIntersector;
import org.locationtech.jts.noding.SegmentIntersector;
import org.locationtech.jts.noding.SegmentString;

/**
 * Counts edges that come close and edges that meet, up to a bound of each.
 *
 * <p>What JTS does with polygons costs time with the first number and memory with the second, and either may grow with
 * the square of the positions; so this looks before JTS does.
 */
public final class EdgeMeetings implements SegmentIntersector {
    /** Pairs of edges to look at; a few tenths of a second. */
    private static final long PAIRS_MAX = 2_000_000;

    /** Bound of meetings that are not to be counted. */
    private static final long UNCOUNTED = Long.MAX_VALUE;

    private final LineIntersector intersector = new RobustLineIntersector();
    private final long meetingsMax;
    private final boolean untilTheyCross;
    private long pairs;
    private long meetings;
    private boolean cross;

    private EdgeMeetings(long meetingsMax, boolean untilTheyCross) {
        this.meetingsMax = meetingsMax;
        this.untilTheyCross = untilTheyCross;
    }

    /** Counts pairs of close edges of one geometry only, which is much cheaper than to see whether they meet. */
    public static EdgeMeetings pairsWithin(Geometry geometry) {
        return within(geometry, UNCOUNTED);
    }

    /** Looks at the edges of one geometry against each other; counts meetings that are not just shared ends. */
    public static EdgeMeetings within(Geometry geometry, long meetingsMax) {
        EdgeMeetings found = new EdgeMeetings(meetingsMax, false);
        new MCIndexNoder(found).computeNodes(edges(geometry));
        return found;
    }

    /** Looks at the edges of two geometries against each other until two cross. */
    public static EdgeMeetings between(Geometry one, Geometry other, long meetingsMax) {
        EdgeMeetings found = new EdgeMeetings(meetingsMax, true);
        new MCIndexSegmentSetMutualIntersector(edges(one)).process(edges(other), found);
        return found;
    }

    private static List<SegmentString> edges(Geometry geometry) {
        List<SegmentString> edges = new ArrayList<>();
        for (Object line : LinearComponentExtracter.getLines(geometry)) {
            edges.add(new BasicSegmentString(((LineString) line).getCoordinates(), null));
        }
        return edges;
    }

    /** Tells whether there are more pairs of close edges than can be looked at in bounded time. */
    public boolean tooManyPairs() {
        return pairs > PAIRS_MAX;
    }

    /** Tells whether more edges meet than the bound. */
    public boolean tooManyMeetings() {
        return meetings > meetingsMax;
    }

    /** Tells whether two edges cross in the middle of both. */
    public boolean cross() {
        return cross;
    }

    @Override
    public void processIntersections(SegmentString one, int oneIndex, SegmentString other, int otherIndex) {
        if (one == other && oneIndex == otherIndex) {
            return;
        }
        pairs++;
        if (meetingsMax == UNCOUNTED) {
            return;
        }
        intersector.computeIntersection(
                one.getCoordinate(oneIndex),
                one.getCoordinate(oneIndex + 1),
                other.getCoordinate(otherIndex),
                other.getCoordinate(otherIndex + 1));
        if (intersector.hasIntersection() && (untilTheyCross || intersector.isInteriorIntersection())) {
            meetings++;
            cross |= intersector.isProper();
        }
    }

    @Override
    public boolean isDone() {
        return tooManyPairs() || tooManyMeetings() || untilTheyCross && cross;
    }
}
