package org.almagest.bench.data;

import java.util.List;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/**
 * Where a question asks.
 *
 * @param geometry cut at the antimeridian
 * @param boxes one box around each of its parts: two where it lies across the antimeridian
 * @param shape whether the boxes say all
 */
public record Area(Geometry geometry, List<Envelope> boxes, Shape shape) {
    /** What an area looks like. */
    public enum Shape {
        /** One box, or two that meet at the antimeridian. */
        BOX,
        /** Anything else. */
        POLYGON
    }

    /** Copies the list. */
    public Area {
        boxes = List.copyOf(boxes);
    }

    /** Tells whether the area lies on both sides of the antimeridian. */
    public boolean crossesAntimeridian() {
        return boxes.size() > 1;
    }
}
