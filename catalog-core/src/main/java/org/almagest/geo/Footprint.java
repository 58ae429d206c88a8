package org.almagest.geo;

import java.util.ArrayList;
import java.util.List;
import org.almagest.internal.geo.EdgeMeetings;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.BoundingBox;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.TopologyException;
import org.locationtech.jts.operation.relateng.RelateNG;
import org.locationtech.jts.operation.relateng.RelatePredicate;
import org.locationtech.jts.operation.relateng.TopologyPredicate;

/**
 * A geometry as it was given, and its cut form, which is indexed and tested.
 *
 * <p>The cut form is what the geometry covers on a flat map from -180 to 180.
 *
 * <p>Made by {@link AntimeridianCut}. Immutable as long as nobody changes the JTS objects; safe between threads.
 */
public final class Footprint {
    /** Bit of {@link #flags()}: cut at the antimeridian. */
    public static final int FLAG_CUT = 1;

    /** Bit of {@link #flags()}: closed along a pole. */
    public static final int FLAG_CLOSED_AT_POLE = 2;

    /** Bit of {@link #flags()}: invalid as given, the cut form repaired. */
    public static final int FLAG_REPAIRED = 4;

    /** Bit of {@link #flags()}: too many positions to check whether it is valid. */
    public static final int FLAG_UNCHECKED = 8;

    /** Bit of {@link #flags()}: the cut form is another geometry than the original, for any reason. */
    public static final int FLAG_DIFFERS = 16;

    /** Bit of {@link #flags()}: read with {@link AntimeridianRule#AS_DRAWN}. */
    public static final int FLAG_AS_DRAWN = 32;

    /** Bit of {@link #flags()}: read with {@link AntimeridianRule#CROSSING}. */
    public static final int FLAG_CROSSING = 64;

    /** Bit of {@link #flags()}: a box, whose sides run along parallels and meridians. */
    public static final int FLAG_BOX = 128;

    private final Geometry original;
    private final Geometry cut;
    private final int flags;

    // Computed when asked for; two threads may both do it, with the same result.
    private @Nullable BoundingBox planarBox;
    private @Nullable BoundingBox indexBox;

    Footprint(Geometry original, Geometry cut, int flags) {
        this.original = original;
        this.cut = cut;
        this.flags = flags;
    }

    /** Returns the footprint of a box, whose sides run along parallels and meridians. */
    public static Footprint ofBox(BoundingBox box) {
        List<Geometry> parts = new ArrayList<>(2);
        for (BoundingBox half : FilterBox.halves(box)) {
            parts.add(rectangle(half));
        }
        Geometry geometry = GeometryBuilder.FACTORY.buildGeometry(parts);
        return new Footprint(geometry, geometry, FLAG_BOX);
    }

    /** Returns the geometry of a box; a line or a point where it has no area. */
    private static Geometry rectangle(BoundingBox box) {
        GeometryFactory factory = GeometryBuilder.FACTORY;
        Coordinate southWest = new Coordinate(box.west(), box.south());
        Coordinate northEast = new Coordinate(box.east(), box.north());
        if (southWest.equals2D(northEast)) {
            return factory.createPoint(southWest);
        }
        if (box.west() == box.east() || box.south() == box.north()) {
            return factory.createLineString(new Coordinate[] {southWest, northEast});
        }
        return factory.createPolygon(new Coordinate[] {
            southWest,
            new Coordinate(box.east(), box.south()),
            northEast,
            new Coordinate(box.west(), box.north()),
            southWest.copy()
        });
    }

    /** Returns the geometry as it was given. */
    public Geometry original() {
        return original;
    }

    /**
     * Returns the cut form: longitudes -180 to 180, and no part crosses the antimeridian.
     *
     * <p>Has no z where it differs from the original. A single geometry, a Multi type, or one flat collection of single geometries.
     */
    public Geometry cut() {
        return cut;
    }

    /**
     * Returns the box of the index, west above east where it wraps.
     *
     * <p>Sides are float32 values rounded outwards. Latitudes cover the great circles between the positions and an enclosed pole, so it serves planar and
     * spherical tests.
     */
    public BoundingBox indexBox() {
        BoundingBox box = indexBox;
        if (box == null) {
            BoundingBox planar = planarBox();
            boolean isBox = (flags & FLAG_BOX) != 0;
            box = isBox ? IndexBox.rounded(planar, planar.south(), planar.north()) : IndexBox.of(this, rule());
            indexBox = box;
        }
        return box;
    }

    /** Returns the smallest box around the cut form, not rounded; west above east where it wraps. */
    public BoundingBox planarBox() {
        BoundingBox box = planarBox;
        if (box == null) {
            box = IndexBox.planar(cut);
            planarBox = box;
        }
        return box;
    }

    /**
     * Returns the centroid of the cut form, planar, with parts beyond the antimeridian brought together.
     *
     * <p>Of the parts of the highest dimension, weighted by area, by length, or by number; z is not set. It lies in
     * {@link #planarBox}, of an invalid polygon that was not checked too.
     */
    public Coordinate centroid() {
        if (cut instanceof Point) {
            return new Coordinate(((Point) cut).getX(), ((Point) cut).getY());
        }
        BoundingBox box = planarBox();
        Geometry together = cut;
        if (box.wraps()) {
            List<Geometry> parts = new ArrayList<>(cut.getNumGeometries());
            for (int i = 0; i < cut.getNumGeometries(); i++) {
                Geometry part = cut.getGeometryN(i);
                boolean beyond = part.getEnvelopeInternal().getMinX() < box.west();
                parts.add(beyond ? PreparedFilter.shifted(part, Seam.TURN) : part);
            }
            together = GeometryBuilder.FACTORY.buildGeometry(parts);
        }
        Point centroid = together.getCentroid();
        // A centroid lies in the convex hull; rounding, or areas of an invalid polygon that cancel, may say otherwise.
        double latitude = within(box.south(), centroid.getY(), box.north());
        double end = box.wraps() ? box.east() + Seam.TURN : box.east();
        double longitude = within(box.west(), centroid.getX(), end);
        boolean beyond = longitude > Seam.LONGITUDE;
        return new Coordinate(beyond ? Math.min(longitude - Seam.TURN, box.east()) : longitude, latitude);
    }

    private static double within(double low, double value, double high) {
        return Math.max(low, Math.min(value, high));
    }

    /** Tells whether the geometry lay on both sides of the antimeridian and was cut there. */
    public boolean wasCut() {
        return (flags & FLAG_CUT) != 0;
    }

    /** Tells whether a ring around a pole was closed along it. */
    public boolean closedAtPole() {
        return (flags & FLAG_CLOSED_AT_POLE) != 0;
    }

    /** Tells whether a polygon was invalid and the cut form is a repair of it. */
    public boolean repaired() {
        return (flags & FLAG_REPAIRED) != 0;
    }

    /** Tells whether a polygon is too large for a check of its validity, and so taken as it is. */
    public boolean unchecked() {
        return (flags & FLAG_UNCHECKED) != 0;
    }

    /** Tells whether the footprint is one box, so that its planar box says all about it. */
    public boolean isBox() {
        return (flags & FLAG_BOX) != 0 || cut instanceof Polygon && ((Polygon) cut).isRectangle();
    }

    /** Returns how wide edges were read. */
    public AntimeridianRule rule() {
        if ((flags & FLAG_AS_DRAWN) != 0) {
            return AntimeridianRule.AS_DRAWN;
        }
        return (flags & FLAG_CROSSING) != 0 ? AntimeridianRule.CROSSING : AntimeridianRule.SHORT_WAY;
    }

    /**
     * Returns the bits {@code FLAG_…}: one byte, and mostly 0.
     *
     * <p>Enough for {@link AntimeridianCut#restore} to make the same footprint from the original alone.
     */
    public int flags() {
        return flags;
    }

    /** Returns the type of the original, its flags and its box. */
    @Override
    public String toString() {
        return GeometryChecks.typeName(original) + " flags " + flags + " " + planarBox();
    }

    /**
     * How two footprints lie to each other beyond {@link PlanarPredicate}, by where insides meet.
     *
     * <p>Edges are straight lines in longitude and latitude. Longitudes 180 and -180 are the same place as long as both
     * footprints together leave a gap in longitude.
     */
    public enum Relation {
        /** They cover the same positions. */
        EQUALS,
        /** They share positions of their boundaries, none of their interiors. */
        TOUCHES,
        /** Interiors meet in the dimension that both have, and each has more. */
        OVERLAPS,
        /** Interiors meet in a lower dimension than the higher of both, and each has more. */
        CROSSES;

        /** Positions of one times those of the other up to which nothing can grow too large. */
        private static final long UNGUARDED_PAIRS_MAX = 1_000_000;

        /** Meetings of edges up to which the exact answer is computed. */
        private static final long MEETINGS_MAX = 200_000;

        /** Tells whether two footprints lie so; null where they are too entangled or broken to say. */
        public @Nullable Boolean holds(Footprint left, Footprint right) {
            Geometry first = left.cut();
            Geometry second = right.cut();
            if (!reachesSeam(first) && !reachesSeam(second)) {
                return mayHold(first.getEnvelopeInternal(), second.getEnvelopeInternal())
                        ? relate(first, second)
                        : Boolean.FALSE;
            }
            try {
                List<Geometry> parts = new ArrayList<>();
                addParts(first, parts);
                addParts(second, parts);
                BoundingBox box = IndexBox.planar(GeometryBuilder.FACTORY.buildGeometry(parts));
                return box.wraps()
                        ? relate(together(first, box.west()), together(second, box.west()))
                        : relate(first, second);
            } catch (TopologyException e) {
                return null;
            }
        }

        private boolean mayHold(Envelope first, Envelope second) {
            return this == EQUALS ? first.equals(second) : first.intersects(second);
        }

        private @Nullable Boolean relate(Geometry first, Geometry second) {
            long pairs = (long) first.getNumPoints() * second.getNumPoints();
            if (pairs > UNGUARDED_PAIRS_MAX) {
                EdgeMeetings meetings = EdgeMeetings.between(first, second, MEETINGS_MAX);
                if (meetings.tooManyPairs() || meetings.tooManyMeetings()) {
                    return null;
                }
            }
            try {
                return RelateNG.relate(first, second, predicate());
            } catch (TopologyException | IllegalArgumentException e) {
                return null; // an unchecked polygon too broken to relate to anything
            }
        }

        private TopologyPredicate predicate() {
            return switch (this) {
                case EQUALS -> RelatePredicate.equalsTopo();
                case TOUCHES -> RelatePredicate.touches();
                case OVERLAPS -> RelatePredicate.overlaps();
                case CROSSES -> RelatePredicate.crosses();
            };
        }

        private static boolean reachesSeam(Geometry cut) {
            Envelope bounds = cut.getEnvelopeInternal();
            return bounds.getMinX() <= -Seam.LONGITUDE || bounds.getMaxX() >= Seam.LONGITUDE;
        }

        private static void addParts(Geometry geometry, List<Geometry> parts) {
            for (int i = 0; i < geometry.getNumGeometries(); i++) {
                parts.add(geometry.getGeometryN(i));
            }
        }

        /** Moves the parts that lie beyond the antimeridian beside the others; what meets there is united. */
        private static Geometry together(Geometry cut, double west) {
            List<Geometry> parts = new ArrayList<>(cut.getNumGeometries());
            boolean moved = false;
            for (int i = 0; i < cut.getNumGeometries(); i++) {
                Geometry part = cut.getGeometryN(i);
                boolean beyond = part.getEnvelopeInternal().getMinX() < west;
                parts.add(beyond ? PreparedFilter.shifted(part, Seam.TURN) : part);
                moved |= beyond;
            }
            if (!moved) {
                return cut;
            }
            Geometry all = GeometryBuilder.FACTORY.buildGeometry(parts);
            return parts.size() > 1 ? all.union() : all;
        }
    }
}
