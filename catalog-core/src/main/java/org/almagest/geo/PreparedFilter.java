package org.almagest.geo;

import java.util.ArrayList;
import java.util.List;
import org.almagest.internal.geo.AreaGrid;
import org.almagest.internal.geo.Outline;
import org.almagest.internal.geo.PolygonTest;
import org.almagest.model.BoundingBox;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.geom.util.AffineTransformation;

/**
 * One spatial condition, made ready for many datapoints.
 *
 * <p>Edges are straight lines in longitude and latitude. Longitudes 180 and -180 are the same place. Boundaries count. An instance is for one thread at a time;
 * {@link #forAnotherThread()} is cheap. {@link #decide} and {@link #searchBoxes()} may be called by any thread.
 */
public final class PreparedFilter implements PlaceTest {
    private final Footprint filter;
    private final PlanarPredicate predicate;
    private final FilterBox box;
    private final List<PreparedGeometry> prepared;
    private final Covering covering;
    private final @Nullable PolygonTest polygons;

    private PreparedFilter(Footprint filter, PlanarPredicate predicate, List<PreparedGeometry> prepared) {
        this.filter = filter;
        this.predicate = predicate;
        this.box = filter.isBox() ? FilterBox.solid(filter.planarBox()) : FilterBox.around(filter.planarBox());
        this.prepared = prepared;
        this.covering = new Covering(filter.cut());
        // Polygons that may be invalid are left to JTS, so that all implementations say the same of them.
        this.polygons = filter.unchecked() ? null : PolygonTest.of(filter.cut());
    }

    /** Returns the condition that a datapoint lies to {@code filter} as {@code predicate} says. */
    public static PreparedFilter of(Footprint filter, PlanarPredicate predicate) {
        return new PreparedFilter(filter, predicate, prepare(filter.cut()));
    }

    @Override
    public PreparedFilter forAnotherThread() {
        return new PreparedFilter(filter, predicate, prepare(filter.cut()));
    }

    private static List<PreparedGeometry> prepare(Geometry cut) {
        List<PreparedGeometry> prepared = new ArrayList<>();
        for (Geometry part : uniform(cut)) {
            prepared.add(PreparedGeometryFactory.prepare(part));
        }
        return prepared;
    }

    /** Returns the parts that JTS predicates take: they refuse mixed collections. */
    private static List<Geometry> uniform(Geometry cut) {
        if (!(cut instanceof GeometryCollection) || GeometryChecks.isMulti(cut)) {
            return List.of(cut);
        }
        List<Geometry> parts = new ArrayList<>(cut.getNumGeometries());
        for (int i = 0; i < cut.getNumGeometries(); i++) {
            parts.add(cut.getGeometryN(i));
        }
        return parts;
    }

    /** Returns the geometry of the condition. */
    public Footprint filter() {
        return filter;
    }

    @Override
    public PlanarPredicate predicate() {
        return predicate;
    }

    @Override
    public List<BoundingBox> searchBoxes() {
        return predicate == PlanarPredicate.DISJOINT ? List.of(BoundingBox.GLOBE) : box.searchBoxes();
    }

    @Override
    public BoxAnswer decide(double west, double south, double east, double north) {
        if (!box.meets(west, south, east, north)) {
            return predicate == PlanarPredicate.DISJOINT ? BoxAnswer.YES : BoxAnswer.NO;
        }
        AreaGrid grid = polygons == null ? null : polygons.grid();
        if (grid != null && west <= east) {
            AreaGrid.Cell cell = grid.box(west, south, east, north);
            if (cell == AreaGrid.Cell.INSIDE && predicate != PlanarPredicate.CONTAINS) {
                return predicate == PlanarPredicate.DISJOINT ? BoxAnswer.NO : BoxAnswer.YES;
            }
            // A box that reaches the antimeridian may meet the filter from its other side.
            if (cell == AreaGrid.Cell.OUTSIDE && west > -Seam.LONGITUDE && east < Seam.LONGITUDE) {
                return predicate == PlanarPredicate.DISJOINT ? BoxAnswer.YES : BoxAnswer.NO;
            }
        }
        switch (predicate) {
            case INTERSECTS:
                return box.surelyCovers(west, south, east, north) ? BoxAnswer.YES : BoxAnswer.UNSURE;
            case WITHIN:
                return box.surelyCovers(west, south, east, north) ? BoxAnswer.YES : BoxAnswer.UNSURE;
            case CONTAINS:
                return box.liesWithin(west, south, east, north) ? BoxAnswer.UNSURE : BoxAnswer.NO;
            default:
                return box.surelyCovers(west, south, east, north) ? BoxAnswer.NO : BoxAnswer.UNSURE;
        }
    }

    /** Tells whether a datapoint matches; looks at its planar box first, which is tighter than that of the index. */
    @Override
    public boolean matches(Footprint datapoint) {
        BoundingBox box = datapoint.planarBox();
        BoxAnswer answer = decide(box.west(), box.south(), box.east(), box.north());
        return answer == BoxAnswer.YES || answer == BoxAnswer.UNSURE && matchesExactly(datapoint);
    }

    @Override
    public BoxAnswer decide(Outline outline) {
        boolean negates = predicate == PlanarPredicate.DISJOINT;
        if (polygons == null || !negates && predicate != PlanarPredicate.INTERSECTS) {
            return BoxAnswer.UNSURE;
        }
        polygons.take(outline);
        if (outline.crosses()) {
            return decideCrossing(polygons, outline, negates);
        }
        if (outline.isPoint() && outline.reachesLongitude(Seam.LONGITUDE)) {
            return BoxAnswer.UNSURE;
        }
        boolean meets =
                polygons.intersects() || outline.reachesLongitude(Seam.LONGITUDE) && meetsOverSeam(polygons, outline);
        return answer(meets != negates);
    }

    private static BoxAnswer decideCrossing(PolygonTest polygons, Outline outline, boolean negates) {
        if (!outline.unwrap(Seam.SNAP)) {
            return BoxAnswer.UNSURE;
        }
        boolean meets = meetsInEitherTurn(polygons, outline);
        return outline.takeDoubt() ? BoxAnswer.UNSURE : answer(meets != negates);
    }

    /** What ends at the antimeridian touches a filter that ends there on the other side. */
    private boolean meetsOverSeam(PolygonTest polygons, Outline outline) {
        boolean fromWest = outline.reachesWest(Seam.LONGITUDE) && box.touchesEast();
        boolean fromEast = outline.reachesEast(Seam.LONGITUDE) && box.touchesWest();
        outline.keep();
        if (fromWest) {
            outline.turn(Seam.TURN);
            if (polygons.intersects()) {
                return true;
            }
        }
        if (fromEast) {
            outline.turn(-Seam.TURN);
            return polygons.intersects();
        }
        return false;
    }

    private static BoxAnswer answer(boolean matches) {
        return matches ? BoxAnswer.YES : BoxAnswer.NO;
    }

    /** A filter lies between -180 and 180, so what is unwrapped meets it here or a turn further. */
    private static boolean meetsInEitherTurn(PolygonTest polygons, Outline outline) {
        if (polygons.intersects()) {
            return true;
        }
        outline.turnWest();
        return polygons.intersects();
    }

    @Override
    public boolean matchesExactly(Footprint datapoint) {
        Geometry cut = datapoint.cut();
        return switch (predicate) {
            case INTERSECTS -> intersects(datapoint);
            case WITHIN -> covering.covers(cut);
            case CONTAINS -> new Covering(cut).covers(filter.cut());
            case DISJOINT -> !intersects(datapoint);
        };
    }

    private boolean intersects(Footprint datapoint) {
        Geometry cut = datapoint.cut();
        boolean inPlace = polygons != null && !datapoint.unchecked() && polygons.take(cut)
                ? polygons.intersects()
                : intersectsInPlace(cut);
        if (inPlace) {
            return true;
        }
        Envelope bounds = cut.getEnvelopeInternal();
        if (bounds.getMinX() <= -Seam.LONGITUDE && box.touchesEast() && intersectsInPlace(shifted(cut, Seam.TURN))) {
            return true;
        }
        return bounds.getMaxX() >= Seam.LONGITUDE && box.touchesWest() && intersectsInPlace(shifted(cut, -Seam.TURN));
    }

    private boolean intersectsInPlace(Geometry cut) {
        for (PreparedGeometry part : prepared) {
            for (Geometry other : uniform(cut)) {
                if (part.intersects(other)) {
                    return true;
                }
            }
        }
        return false;
    }

    static Geometry shifted(Geometry geometry, double degrees) {
        return AffineTransformation.translationInstance(degrees, 0).transform(geometry);
    }
}
