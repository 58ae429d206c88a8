package org.almagest.storage.scan;

import org.almagest.geo.AntimeridianCut;
import org.almagest.geo.PlaceTest;
import org.almagest.query.Query;
import org.almagest.query.SpatialFilter;
import org.jspecify.annotations.Nullable;

/**
 * The condition of one query on places, prepared when it is asked for first: which segments are looked into, the rows, and
 * each part of a sorted answer ask for it. For one thread.
 */
final class PlaceOnce {
    private @Nullable SpatialFilter prepared;
    private @Nullable PlaceTest test;

    /** Returns the condition, or refuses its geometry; null where place does not matter. */
    @Nullable
    PlaceTest of(Query query, Scan.Bounds bounds) {
        SpatialFilter spatial = query.spatial().orElse(null);
        if (spatial != prepared) {
            test = spatial == null
                    ? null
                    : QueryTests.place(spatial, AntimeridianCut.of(bounds.limits()), bounds.limits());
            prepared = spatial;
        }
        return test;
    }
}
