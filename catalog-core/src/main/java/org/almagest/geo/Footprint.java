package org.almagest.geo;

import java.util.ArrayList;
import java.util.List;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.BoundingBox;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

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
     * <p>Of the parts of the highest dimension, weighted by area, by length, or by number; z is not set.
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
        double longitude = centroid.getX();
        return new Coordinate(longitude > Seam.LONGITUDE ? longitude - Seam.TURN : longitude, centroid.getY());
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
}
