package org.almagest.storage.scan;

import java.util.Optional;
import java.util.Set;
import org.almagest.geo.AntimeridianCut;
import org.almagest.geo.Footprint;
import org.almagest.geo.PlanarPredicate;
import org.almagest.geo.PreparedFilter;
import org.almagest.model.Limits;
import org.almagest.query.Filter;
import org.almagest.query.Query;
import org.almagest.query.SpatialFilter;
import org.almagest.query.SpatialPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a query asks of a row beside its id, prepared once; for one thread.
 *
 * @param filter the condition on the fields
 * @param place the condition on the geometry; null where place does not matter
 * @param cutter makes footprints of stored geometries
 * @param selection the fields that results carry; null for all
 */
record QueryTests(
        Optional<Filter> filter,
        @Nullable PreparedFilter place,
        AntimeridianCut cutter,
        @Nullable Set<String> selection) {
    static QueryTests of(Query query, Limits limits) {
        AntimeridianCut cutter = AntimeridianCut.of(limits);
        PreparedFilter place =
                query.spatial().map(spatial -> place(spatial, cutter)).orElse(null);
        return new QueryTests(query.filter(), place, cutter, query.selection().orElse(null));
    }

    private static PreparedFilter place(SpatialFilter spatial, AntimeridianCut cutter) {
        Footprint footprint = spatial.box()
                .map(Footprint::ofBox)
                .orElseGet(() -> cutter.reading(spatial.antimeridian())
                        .footprint(spatial.geometry().orElseThrow()));
        return PreparedFilter.of(footprint, planar(spatial.predicate()));
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
