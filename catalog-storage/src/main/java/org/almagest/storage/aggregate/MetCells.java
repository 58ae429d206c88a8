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
 * The geohash cells that a cut form meets, found by halving the cell around it where it meets the halves; for one thread.
 *
 * <p>A cell ends at the last double below its eastern and northern side, except at longitude 180 and latitude 90; so
 * what meets a cell meets every cell around it, and work is bounded by the cells that are met. Where few cells meet the
 * box of the cut form, only these are tested.
 */
final class MetCells {
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final int CHARACTER_BITS = 5;
    private static final int TESTS_PER_DEADLINE_CHECK = 256;
    private static final double FEW_CELLS = 16;

    private final List<Geometry> parts = new ArrayList<>();
    private final List<PreparedGeometry> prepared = new ArrayList<>();
    private final Envelope bounds;
    private final int precision;
    private final int bits;
    private final Runnable deadline;
    private int untilCheck = TESTS_PER_DEADLINE_CHECK;

    MetCells(Geometry cut, int precision, Runnable deadline) {
        // Prepared geometries take no mixed collection.
        boolean collection = cut.getClass() == GeometryCollection.class;
        for (int i = 0; i < (collection ? cut.getNumGeometries() : 1); i++) {
            parts.add(collection ? cut.getGeometryN(i) : cut);
        }
        this.bounds = cut.getEnvelopeInternal();
        this.precision = precision;
        this.bits = CHARACTER_BITS * precision;
        this.deadline = deadline;
    }

    /** Hands on each cell once. */
    void forEach(LongConsumer cells) {
        long around = Geohash.cell(bounds.getMinX(), bounds.getMinY(), precision);
        long last = Geohash.cell(bounds.getMaxX(), bounds.getMaxY(), precision);
        int depth = bits;
        BoundingBox side = Geohash.box(around, depth);
        double columns = bounds.getWidth() / side.widthDegrees() + 2;
        double rows = bounds.getHeight() / (side.north() - side.south()) + 2;
        for (; around != last; depth--) {
            around >>= 1;
            last >>= 1;
        }
        if (columns * rows > FEW_CELLS) {
            parts.forEach(part -> prepared.add(PreparedGeometryFactory.prepare(part)));
        }
        visit(around, depth, cells);
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
        if (depth == bits) {
            if (held.contains(bounds) || meets(held)) {
                cells.accept(cell);
            }
        } else if (prepared.isEmpty() || held.contains(bounds)) {
            visitHalves(cell, depth, cells);
        } else if (covers(held)) {
            for (long i = 0; i < 1L << (bits - depth); i++) {
                cells.accept(cell << (bits - depth) | i);
            }
        } else if (meets(held)) {
            visitHalves(cell, depth, cells);
        }
    }

    private void visitHalves(long cell, int depth, LongConsumer cells) {
        visit(cell << 1, depth + 1, cells);
        visit(cell << 1 | 1, depth + 1, cells);
    }

    private boolean meets(Envelope held) {
        Geometry rectangle = FACTORY.toGeometry(held);
        for (int i = 0; i < parts.size(); i++) {
            boolean met = prepared.isEmpty()
                    ? rectangle.intersects(parts.get(i))
                    : prepared.get(i).intersects(rectangle);
            if (met) {
                return true;
            }
        }
        return false;
    }

    private boolean covers(Envelope held) {
        Geometry rectangle = FACTORY.toGeometry(held);
        return prepared.stream().anyMatch(part -> part.containsProperly(rectangle));
    }

    private static Envelope held(BoundingBox side) {
        double east = side.east() < BoundingBox.GLOBE.east() ? Math.nextDown(side.east()) : side.east();
        double north = side.north() < BoundingBox.GLOBE.north() ? Math.nextDown(side.north()) : side.north();
        return new Envelope(side.west(), east, side.south(), north);
    }
}
