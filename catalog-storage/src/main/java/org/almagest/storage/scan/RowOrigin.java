package org.almagest.storage.scan;

import java.util.UUID;
import org.almagest.geo.AntimeridianCut;
import org.almagest.model.BoundingBox;
import org.almagest.model.FieldNames;
import org.locationtech.jts.geom.Geometry;

/**
 * The collection that rows are from.
 *
 * @param cutter makes footprints of stored geometries
 */
public record RowOrigin(UUID collectionId, AntimeridianCut cutter) implements FieldNames.Origin {
    @Override
    public BoundingBox box(Geometry geometry, int flags) {
        return cutter.restore(geometry, flags).indexBox();
    }
}
