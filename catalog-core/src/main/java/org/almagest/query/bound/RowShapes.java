package org.almagest.query.bound;

import org.almagest.geo.AntimeridianCut;
import org.almagest.geo.Footprint;
import org.almagest.model.Limits;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** The footprints of geometries that were stored without them. */
final class RowShapes {
    private static final AntimeridianCut CUT = AntimeridianCut.of(Limits.defaults());

    private RowShapes() {}

    /** Returns the footprint of a geometry; null for anything else, and for EMPTY, which is unset. */
    static @Nullable Footprint footprint(@Nullable Object value) {
        if (value instanceof Footprint footprint) {
            return footprint;
        }
        return value instanceof Geometry geometry && !geometry.isEmpty() ? CUT.footprint(geometry) : null;
    }
}
