package org.almagest.geo;

import java.util.ArrayList;
import java.util.List;
import org.almagest.model.BoundingBox;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** Makes the geometry of a box: one rectangle, two where it wraps, a line or a point where it has no area. */
final class BoxShape {
    private BoxShape() {}

    static Geometry of(BoundingBox box) {
        List<Geometry> parts = new ArrayList<>(2);
        for (BoundingBox half : halves(box)) {
            parts.add(rectangle(half));
        }
        return GeometryBuilder.FACTORY.buildGeometry(parts);
    }

    /** Returns the box, or for one that wraps its parts west and east of the antimeridian. */
    static List<BoundingBox> halves(BoundingBox box) {
        if (!box.wraps()) {
            return List.of(box);
        }
        return List.of(
                BoundingBox.of(box.west(), box.south(), Seam.LONGITUDE, box.north()),
                BoundingBox.of(-Seam.LONGITUDE, box.south(), box.east(), box.north()));
    }

    private static Geometry rectangle(BoundingBox box) {
        GeometryFactory factory = GeometryBuilder.FACTORY;
        Coordinate southWest = new Coordinate(box.west(), box.south());
        Coordinate northEast = new Coordinate(box.east(), box.north());
        if (southWest.equals2D(northEast)) {
            return factory.createPoint(southWest);
        }
        if (box.west() == box.east() || box.south() == box.north()) {
            return factory.createLineString(new Coordinate[] {southWest, northEast});
        }
        return factory.createPolygon(new Coordinate[] {
            southWest,
            new Coordinate(box.east(), box.south()),
            northEast,
            new Coordinate(box.west(), box.north()),
            southWest.copy()
        });
    }
}
