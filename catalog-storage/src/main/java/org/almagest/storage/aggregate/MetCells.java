package org.almagest.storage.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.almagest.model.BoundingBox;
import org.almagest.model.Geohash;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;

/**
 * The geohash cells that a cut form meets, found by halving the world where it meets it; for one thread.
 *
 * <p>A cell ends at the last double below its eastern and northern side, except at longitude 180 and latitude 90; so a
 * cell that is met has no half that is not of a cell that may be, and work is bounded by the cells that are met.
 */
final class MetCells {
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final int CHARACTER_BITS = 5;
    private static final int TESTS_PER_DEADLINE_CHECK = 256;

    private final List<PreparedGeometry> parts = new ArrayList<>();
    private final Envelope bounds;
    private final int bits;
    private final Runnable deadline;
    private int untilCheck = TESTS_PER_DEADLINE_CHECK;

    MetCells(Geometry cut, int precision, Runnable deadline) {
        // Prepared geometries take no mixed collection.
        boolean collection = cut.getClass() == GeometryCollection.class;
        for (int i = 0; i < (collection ? cut.getNumGeometries() : 1); i++) {
            parts.add(PreparedGeometryFactory.prepare(collection ? cut.getGeometryN(i) : cut));
        }
        this.bounds = cut.getEnvelopeInternal();
        this.bits = CHARACTER_BITS * precision;
        this.deadline = deadline;
    }

    /** Hands on each cell once. */
    void forEach(LongConsumer cells) {
        visit(0, 0, cells);
    }

    private void visit(long cell, int depth, LongConsumer cells) {
        if (--untilCheck == 0) {
            deadline.run();
            untilCheck = TESTS_PER_DEADLINE_CHECK;
        }
        Envelope held = held(Geohash.box(cell, depth));
        if (!held.intersects(bounds)) {
            return;
        }
        Geometry rectangle = FACTORY.toGeometry(held);
        boolean met = false;
        boolean whole = false;
        for (PreparedGeometry part : parts) {
            met |= met || part.intersects(rectangle);
            whole |= met && (whole || part.containsProperly(rectangle));
        }
        if (whole) {
            for (long i = 0; i < 1L << (bits - depth); i++) {
                cells.accept(cell << (bits - depth) | i);
            }
        } else if (met && depth == bits) {
            cells.accept(cell);
        } else if (met) {
            visit(cell << 1, depth + 1, cells);
            visit(cell << 1 | 1, depth + 1, cells);
        }
    }

    private static Envelope held(BoundingBox side) {
        double east = side.east() < BoundingBox.GLOBE.east() ? Math.nextDown(side.east()) : side.east();
        double north = side.north() < BoundingBox.GLOBE.north() ? Math.nextDown(side.north()) : side.north();
        return new Envelope(side.west(), east, side.south(), north);
    }
}
