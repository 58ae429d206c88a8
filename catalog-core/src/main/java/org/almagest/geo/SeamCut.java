package org.almagest.geo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.Area;
import org.locationtech.jts.algorithm.PointLocation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/**
 * Cuts the rings of one polygon at the antimeridian and puts the pieces together between -180 and 180.
 *
 * <p>Each ring falls into chains between antimeridians. A vertical line enters and leaves the interior in turn, so
 * along each side of the map the chain ends, sorted by latitude, are joined in pairs; following chains and joints
 * gives the rings of the pieces. A pole in the interior is one more chain, along it. Vertices are never moved, nothing
 * is computed but the latitude of a crossing, and the cost is O(n log n) for any input, valid or not.
 */
final class SeamCut {
    /** Square degrees below which a piece is a sliver without area; a thousandth of a square metre. */
    private static final double AREA_MIN = 1e-13;

    private static final Comparator<End> SOUTH_TO_NORTH =
            Comparator.<End>comparingDouble(end -> end.latitude).thenComparingDouble(end -> end.slope);

    private final List<Chain> chains = new ArrayList<>();
    private final List<Coordinate[]> outers = new ArrayList<>();
    private final List<Coordinate[]> holes = new ArrayList<>();
    private boolean north;
    private boolean south;
    private int lowestStrip = Integer.MAX_VALUE;
    private int highestStrip = Integer.MIN_VALUE;

    void add(UnwrappedRing ring, boolean isHole) {
        north ^= ring.enclosesNorth();
        south ^= ring.enclosesSouth();
        boolean outside = ring.turns() == 0 && ring.enclosesNorth();
        List<Vertex> vertices = withSeamVertices(ring);
        int start = 0;
        while (start < vertices.size() && !vertices.get(start).onSeam()) {
            start++;
        }
        if (start == vertices.size()) {
            see(Seam.strip(ring.longitude(0)));
            (isHole != outside ? holes : outers).add(closed(vertices));
        } else {
            addChains(vertices, start, Seam.TURN * ring.turns());
        }
    }

    boolean closedAtPole() {
        return north || south;
    }

    /** Tells whether ground on both sides of an antimeridian was found. */
    boolean spansStrips() {
        return highestStrip > lowestStrip;
    }

    int lowestStrip() {
        return lowestStrip;
    }

    int highestStrip() {
        return highestStrip;
    }

    /** Returns the pieces; those of one strip alone when a number is given. */
    List<Polygon> polygons(@Nullable Integer onlyStrip) {
        List<Chain> used = new ArrayList<>();
        for (Chain chain : chains) {
            if (onlyStrip == null || chain.strip == onlyStrip) {
                used.add(chain);
            }
        }
        addPole(used, north, PositionChecks.LATITUDE_MAX);
        addPole(used, south, -PositionChecks.LATITUDE_MAX);
        List<Coordinate[]> shells = new ArrayList<>(outers);
        for (Coordinate[] ring : join(used)) {
            if (ring.length >= PositionChecks.RING_POSITIONS_MIN && Area.ofRing(ring) > AREA_MIN) {
                shells.add(ring);
            }
        }
        return assemble(shells);
    }

    private static void addPole(List<Chain> used, boolean enclosed, double latitude) {
        if (enclosed) {
            Chain pole = new Chain(0);
            pole.points.add(new Coordinate(-Seam.LONGITUDE, latitude));
            pole.points.add(new Coordinate(Seam.LONGITUDE, latitude));
            used.add(pole);
        }
    }

    private void see(int strip) {
        lowestStrip = Math.min(lowestStrip, strip);
        highestStrip = Math.max(highestStrip, strip);
    }

    /** Returns the vertices of one round, with one more wherever an edge passes an antimeridian. */
    private static List<Vertex> withSeamVertices(UnwrappedRing ring) {
        List<Vertex> vertices = new ArrayList<>(ring.size() + 8);
        for (int i = 0; i < ring.size(); i++) {
            double from = ring.longitude(i);
            double to = ring.longitude(i + 1);
            double fromLatitude = ring.latitude(i);
            double toLatitude = ring.latitude((i + 1) % ring.size());
            vertices.add(new Vertex(from, ring.wrappedLongitude(i), fromLatitude));
            for (double seam : seamsBetween(from, to)) {
                double latitude = fromLatitude + (toLatitude - fromLatitude) * ((seam - from) / (to - from));
                vertices.add(new Vertex(seam, Seam.LONGITUDE, latitude));
            }
        }
        return vertices;
    }

    /** Returns the antimeridians strictly between two longitudes, in the order they are passed. */
    static double[] seamsBetween(double from, double to) {
        double low = Math.min(from, to);
        double high = Math.max(from, to);
        double first = Seam.LONGITUDE + Seam.TURN * (Math.floor((low - Seam.LONGITUDE) / Seam.TURN) + 1);
        int count = high > first ? (int) Math.ceil((high - first) / Seam.TURN) : 0;
        double[] seams = new double[count];
        for (int i = 0; i < count; i++) {
            seams[from < to ? i : count - 1 - i] = first + Seam.TURN * i;
        }
        return seams;
    }

    private void addChains(List<Vertex> vertices, int start, double turned) {
        int size = vertices.size();
        List<Vertex> run = new ArrayList<>();
        run.add(vertices.get(start));
        for (int i = 1; i <= size; i++) {
            Vertex next = vertices.get((start + i) % size);
            if (start + i >= size) {
                next = next.turned(turned);
            }
            run.add(next);
            if (next.onSeam()) {
                addChain(run);
                run.clear();
                run.add(next);
            }
        }
    }

    private void addChain(List<Vertex> run) {
        Vertex first = run.get(0);
        Vertex last = run.get(run.size() - 1);
        if (run.size() == 2 && first.unwrapped == last.unwrapped) {
            return; // along the antimeridian: the joints say what is interior there
        }
        double inside = run.size() > 2 ? run.get(1).unwrapped : (first.unwrapped + last.unwrapped) / 2;
        Chain chain = new Chain(Seam.strip(inside));
        see(chain.strip);
        double middle = Seam.TURN * chain.strip;
        for (Vertex vertex : run) {
            double longitude =
                    vertex.onSeam() ? Math.copySign(Seam.LONGITUDE, vertex.unwrapped - middle) : vertex.wrapped;
            chain.points.add(new Coordinate(longitude, vertex.latitude));
        }
        chains.add(chain);
    }

    private static List<Coordinate[]> join(List<Chain> used) {
        List<End> west = new ArrayList<>();
        List<End> east = new ArrayList<>();
        for (Chain chain : used) {
            for (End end : chain.ends()) {
                (end.at().x < 0 ? west : east).add(end);
            }
        }
        pair(west);
        pair(east);
        List<Coordinate[]> rings = new ArrayList<>();
        for (Chain chain : used) {
            if (!chain.joined) {
                rings.add(follow(chain));
            }
        }
        return rings;
    }

    private static void pair(List<End> ends) {
        assert ends.size() % 2 == 0 : ends.size();
        ends.sort(SOUTH_TO_NORTH);
        for (int i = 0; i + 1 < ends.size(); i += 2) {
            ends.get(i).partner = ends.get(i + 1);
            ends.get(i + 1).partner = ends.get(i);
        }
    }

    private static Coordinate[] follow(Chain first) {
        List<Coordinate> ring = new ArrayList<>();
        End leaving = first.end;
        do {
            assert leaving != null : "a chain has both ends";
            leaving.chain().joined = true;
            leaving.chain().appendTowards(leaving, ring);
            End entering = leaving.partner;
            leaving = entering == null ? first.end : entering.other();
        } while (leaving != first.end);
        return closedWithoutRepeats(ring);
    }

    private static Coordinate[] closed(List<Vertex> vertices) {
        List<Coordinate> ring = new ArrayList<>(vertices.size() + 1);
        for (Vertex vertex : vertices) {
            ring.add(new Coordinate(vertex.wrapped, vertex.latitude));
        }
        return closedWithoutRepeats(ring);
    }

    private static Coordinate[] closedWithoutRepeats(List<Coordinate> ring) {
        List<Coordinate> distinct = new ArrayList<>(ring.size() + 1);
        for (Coordinate coordinate : ring) {
            if (distinct.isEmpty() || !distinct.get(distinct.size() - 1).equals2D(coordinate)) {
                distinct.add(coordinate);
            }
        }
        while (distinct.size() > 1 && distinct.get(distinct.size() - 1).equals2D(distinct.get(0))) {
            distinct.remove(distinct.size() - 1);
        }
        distinct.add(distinct.get(0).copy());
        return distinct.toArray(new Coordinate[0]);
    }

    private List<Polygon> assemble(List<Coordinate[]> shells) {
        if (shells.isEmpty()) {
            return List.of();
        }
        List<List<LinearRing>> holesOf = new ArrayList<>();
        List<Envelope> bounds = new ArrayList<>();
        for (Coordinate[] shell : shells) {
            holesOf.add(new ArrayList<>());
            Envelope bound = new Envelope();
            for (Coordinate coordinate : shell) {
                bound.expandToInclude(coordinate);
            }
            bounds.add(bound);
        }
        for (Coordinate[] hole : holes) {
            int owner = 0; // one outside of every shell makes the polygon invalid, which is seen later
            for (int i = 0; i < shells.size() && shells.size() > 1; i++) {
                if (bounds.get(i).covers(hole[0]) && PointLocation.isInRing(hole[0], shells.get(i))) {
                    owner = i;
                }
            }
            if (hole.length >= PositionChecks.RING_POSITIONS_MIN) {
                holesOf.get(owner).add(GeometryBuilder.FACTORY.createLinearRing(hole));
            }
        }
        List<Polygon> polygons = new ArrayList<>();
        for (int i = 0; i < shells.size(); i++) {
            LinearRing shell = GeometryBuilder.FACTORY.createLinearRing(shells.get(i));
            polygons.add(
                    GeometryBuilder.FACTORY.createPolygon(shell, holesOf.get(i).toArray(new LinearRing[0])));
        }
        return polygons;
    }

    /** A vertex of the ring or of a crossing: unwrapped and wrapped longitude, latitude. */
    private record Vertex(double unwrapped, double wrapped, double latitude) {
        boolean onSeam() {
            return Seam.isSeam(unwrapped);
        }

        Vertex turned(double degrees) {
            return degrees == 0 ? this : new Vertex(unwrapped + degrees, wrapped, latitude);
        }
    }

    /** A run of the ring between two visits to an antimeridian, inside one strip. */
    private static final class Chain {
        private final int strip;
        private final List<Coordinate> points = new ArrayList<>();
        private @Nullable End start;
        private @Nullable End end;
        private boolean joined;

        Chain(int strip) {
            this.strip = strip;
        }

        End[] ends() {
            int last = points.size() - 1;
            joined = false;
            start = new End(this, points.get(0), points.get(1));
            end = new End(this, points.get(last), points.get(last - 1));
            return new End[] {start, end};
        }

        void appendTowards(End leaving, List<Coordinate> ring) {
            for (int i = 0; i < points.size(); i++) {
                ring.add(points.get(leaving == end ? i : points.size() - 1 - i));
            }
        }
    }

    /** One end of a chain, on a side of the map. */
    private static final class End {
        private final Chain chain;
        private final Coordinate at;
        private final double latitude;

        /** Degrees of latitude per degree inwards: which of two ends at one latitude comes first just inside. */
        private final double slope;

        private @Nullable End partner;

        End(Chain chain, Coordinate at, Coordinate inner) {
            this.chain = chain;
            this.at = at;
            this.latitude = at.y;
            this.slope = (inner.y - at.y) / Math.abs(inner.x - at.x);
        }

        Chain chain() {
            return chain;
        }

        Coordinate at() {
            return at;
        }

        @Nullable
        End other() {
            return this == chain.start ? chain.end : chain.start;
        }
    }
}
