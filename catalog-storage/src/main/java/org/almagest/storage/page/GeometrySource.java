package org.almagest.storage.page;

import org.almagest.error.CorruptSectionException;
import org.almagest.internal.geo.Outline;
import org.almagest.model.FieldNames.StoredGeometry;

/** Reads geometries whose objects may be built later, or never. */
interface GeometrySource {
    /** Returns what builds the geometry of a row, which has these flags, after the page is gone too. */
    StoredGeometry later(int row, int flags) throws CorruptSectionException;

    /** Reads where the positions of a row begin, so that they are on the way while its other fields are read. */
    void touch(int row);

    /** Fills in the positions of a row whose geometry is a point or a polygon; else returns false. */
    boolean outline(int row, Outline into) throws CorruptSectionException;
}
