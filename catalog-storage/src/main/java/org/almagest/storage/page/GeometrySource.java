package org.almagest.storage.page;

import java.util.function.Supplier;
import org.almagest.error.CorruptSectionException;
import org.locationtech.jts.geom.Geometry;

/** Reads geometries whose objects may be built later, or never. */
interface GeometrySource {
    /** Returns what builds the geometry of a row, after the page is gone too. */
    Supplier<Geometry> later(int row) throws CorruptSectionException;
}
