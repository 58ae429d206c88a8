package org.almagest.query;

import java.util.Optional;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.BoundingBox;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** A condition on the geometry of a datapoint: a box or a geometry, and how the two must lie. */
public final class SpatialFilter {
    private final @Nullable BoundingBox box;
    private final @Nullable Geometry geometry;
    private final SpatialPredicate predicate;
    private final CoordinateSystem coordinates;
    private final AntimeridianRule antimeridian;

    private SpatialFilter(
            @Nullable BoundingBox box,
            @Nullable Geometry geometry,
            SpatialPredicate predicate,
            CoordinateSystem coordinates,
            AntimeridianRule antimeridian) {
        this.box = box;
        this.geometry = geometry;
        this.predicate = predicate;
        this.coordinates = coordinates;
        this.antimeridian = antimeridian;
    }

    /** Returns the condition against a geometry in degrees, WGS 84, planar. */
    public static SpatialFilter of(SpatialPredicate predicate, Geometry geometry) {
        return new SpatialFilter(null, geometry, predicate, CoordinateSystem.PLANAR, AntimeridianRule.SHORT_WAY);
    }

    /** Returns the condition against a box; sides along parallels and meridians, west above east wraps. */
    public static SpatialFilter of(SpatialPredicate predicate, BoundingBox box) {
        return new SpatialFilter(box, null, predicate, CoordinateSystem.PLANAR, AntimeridianRule.SHORT_WAY);
    }

    /** Returns the same condition with edges that run otherwise. */
    public SpatialFilter in(CoordinateSystem system) {
        return new SpatialFilter(box, geometry, predicate, system, antimeridian);
    }

    /** Returns the same condition with wide edges of its geometry read otherwise. */
    public SpatialFilter reading(AntimeridianRule rule) {
        return new SpatialFilter(box, geometry, predicate, coordinates, rule);
    }

    /** Returns the box; empty where the filter is a geometry. */
    public Optional<BoundingBox> box() {
        return Optional.ofNullable(box);
    }

    /** Returns the geometry; empty where the filter is a box. */
    public Optional<Geometry> geometry() {
        return Optional.ofNullable(geometry);
    }

    /** Returns how the datapoint must lie to the box or geometry. */
    public SpatialPredicate predicate() {
        return predicate;
    }

    /** Returns how edges run. */
    public CoordinateSystem coordinates() {
        return coordinates;
    }

    /** Returns how wide edges of the geometry are read. */
    public AntimeridianRule antimeridian() {
        return antimeridian;
    }

    @Override
    public String toString() {
        return predicate + " " + (box != null ? box : geometry) + " " + coordinates;
    }
}
