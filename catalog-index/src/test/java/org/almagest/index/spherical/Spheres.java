package org.almagest.index.spherical;

import org.almagest.geo.AntimeridianCut;
import org.almagest.geo.Footprint;
import org.almagest.geo.PlaceTest;
import org.almagest.geo.PlanarPredicate;
import org.almagest.geo.PreparedFilter;
import org.almagest.model.BoundingBox;
import org.almagest.model.Limits;
import org.almagest.testing.Fixtures;
import org.locationtech.jts.geom.Geometry;

/** Short ways to ask how geometries lie on the sphere. */
final class Spheres {
    private static final AntimeridianCut CUT = AntimeridianCut.of(Limits.defaults());

    private Spheres() {}

    static Footprint footprint(Geometry geometry) {
        return CUT.footprint(geometry);
    }

    static Footprint footprint(String wkt) {
        return footprint(Fixtures.wkt(wkt));
    }

    static Footprint box(double west, double south, double east, double north) {
        return Footprint.ofBox(BoundingBox.of(west, south, east, north));
    }

    static Footprint point(double longitude, double latitude) {
        return footprint(Fixtures.point(longitude, latitude));
    }

    static boolean intersects(Footprint one, Footprint other) {
        return Spherical.filter(one, PlanarPredicate.INTERSECTS).matches(other);
    }

    static boolean within(Footprint inner, Footprint outer) {
        return Spherical.filter(outer, PlanarPredicate.WITHIN).matches(inner);
    }

    static boolean planarIntersects(Footprint one, Footprint other) {
        PlaceTest test = PreparedFilter.of(one, PlanarPredicate.INTERSECTS);
        return test.matches(other);
    }
}
