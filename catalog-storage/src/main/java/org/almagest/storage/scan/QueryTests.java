package org.almagest.storage.scan;

import java.util.Set;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.geo.AntimeridianCut;
import org.almagest.geo.Footprint;
import org.almagest.geo.GeometryChecks;
import org.almagest.geo.PlaceTest;
import org.almagest.geo.PlanarPredicate;
import org.almagest.geo.PreparedFilter;
import org.almagest.index.spherical.Spherical;
import org.almagest.model.Limits;
import org.almagest.model.TimeInterval;
import org.almagest.query.CoordinateSystem;
import org.almagest.query.Query;
import org.almagest.query.SpatialFilter;
import org.almagest.query.SpatialPredicate;
import org.almagest.query.TimeMatch;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.plan.Shortcut;
import org.almagest.storage.run.Run;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * What a query asks of a row beside its id, prepared once; for one thread.
 *
 * @param query the query itself
 * @param place the condition on the geometry; null where place does not matter
 * @param meeting the interval that extents must meet; null where time is not asked by extent
 * @param cutter makes footprints of stored geometries
 * @param shortcuts what may be made use of
 * @param cursors those that the rows are read with
 */
record QueryTests(
        Query query,
        @Nullable PlaceTest place,
        @Nullable TimeInterval meeting,
        AntimeridianCut cutter,
        Set<Shortcut> shortcuts,
        OpenCursors cursors) {
    static QueryTests of(Query query, Scan.Bounds bounds) {
        AntimeridianCut cutter = AntimeridianCut.of(bounds.limits());
        PlaceTest place = bounds.place().of(query, bounds);
        TimeInterval meeting =
                query.timeMatch() == TimeMatch.EXTENT ? query.interval().orElse(null) : null;
        return new QueryTests(query, place, meeting, cutter, bounds.shortcuts(), new OpenCursors());
    }

    /** Tells whether a row of a run may match as far as its extent goes. */
    boolean mayMatch(DatasetSchema schema, Run run) {
        return meeting == null || schema.extent().isEmpty() || ExtentTest.mayMatch(meeting, run);
    }

    /** Returns the condition on the extent of rows; null where their time decides, which their ids have. */
    @Nullable
    ExtentTest extent(DatasetSchema schema) {
        return meeting == null || schema.extent().isEmpty()
                ? null
                : new ExtentTest(meeting, schema.extent().get());
    }

    /** Prepares a condition whose geometry is known to be sound. */
    static PlaceTest place(SpatialFilter spatial, AntimeridianCut cutter) {
        Footprint filter = footprint(spatial, cutter);
        PlanarPredicate predicate = planar(spatial.predicate());
        return spatial.coordinates() == CoordinateSystem.SPHERICAL
                ? Spherical.filter(filter, predicate)
                : PreparedFilter.of(filter, predicate);
    }

    /** Prepares a condition, or refuses its geometry. */
    static PlaceTest place(SpatialFilter spatial, AntimeridianCut cutter, Limits limits) {
        try {
            if (spatial.geometry().isPresent()) {
                GeometryChecks.check(spatial.geometry().get(), limits);
            }
            return place(spatial, cutter);
        } catch (InvalidRequestException e) {
            throw e.within("query: spatial");
        } catch (LimitExceededException e) {
            throw e.within("query: spatial");
        }
    }

    private static Footprint footprint(SpatialFilter spatial, AntimeridianCut cutter) {
        if (spatial.box().isPresent()) {
            return Footprint.ofBox(spatial.box().get());
        }
        Geometry geometry = spatial.geometry().orElseThrow();
        return cutter.reading(spatial.antimeridian()).footprint(geometry);
    }

    private static PlanarPredicate planar(SpatialPredicate predicate) {
        return switch (predicate) {
            case INTERSECTS -> PlanarPredicate.INTERSECTS;
            case WITHIN -> PlanarPredicate.WITHIN;
            case CONTAINS -> PlanarPredicate.CONTAINS;
            case DISJOINT -> PlanarPredicate.DISJOINT;
        };
    }
}
