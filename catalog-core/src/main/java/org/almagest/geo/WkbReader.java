package org.almagest.geo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.internal.geo.GeometryBudget;
import org.almagest.internal.geo.Place;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.impl.CoordinateArraySequence;

/** Reads one geometry from WKB; a count is compared with the bytes left and the limits before it is believed. */
final class WkbReader {
    private static final int EWKB_Z = 0x8000_0000;
    private static final int EWKB_M = 0x4000_0000;
    private static final int EWKB_SRID = 0x2000_0000;
    private static final int EWKB_FLAGS = EWKB_Z | EWKB_M | EWKB_SRID;
    private static final int ISO_Z = 1000;
    private static final int SRID_WGS84 = 4326;

    /** Byte order and type: the least a nested geometry takes, but that it also has a count or a position. */
    private static final int HEADER_BYTES = 1 + Integer.BYTES;

    private final ByteBuffer bytes;
    private final int start;
    private final GeometryBudget budget;
    private final GeometryBuilder builder = new GeometryBuilder();

    WkbReader(ByteBuffer bytes, GeometryBudget budget) {
        this.bytes = bytes.duplicate();
        this.start = bytes.position();
        this.budget = budget;
    }

    Geometry readAll() {
        Geometry geometry = readGeometry(null, Place.GEOMETRY);
        if (bytes.hasRemaining()) {
            throw refused("bytes after the geometry: " + bytes.remaining() + " (expected none)", offset());
        }
        return geometry;
    }

    private Geometry readGeometry(@Nullable GeometryType expected, Place place) {
        require(HEADER_BYTES, "a byte order and a type");
        int order = bytes.get();
        if (order != 0 && order != 1) {
            throw refused("byte order: " + (order & 0xFF) + " (expected 0 or 1)", offset() - 1);
        }
        bytes.order(order == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int word = bytes.getInt();
        long code = (word & ~EWKB_FLAGS) & 0xFFFF_FFFFL;
        boolean withZ = (word & EWKB_Z) != 0 || code / ISO_Z == 1;
        GeometryType type = code / ISO_Z <= 1 ? GeometryType.ofCode(code % ISO_Z) : null;
        if ((word & EWKB_M) != 0 || code / ISO_Z == 2 || code / ISO_Z == 3) {
            throw refused("measures: type " + code + " (expected 1 to 7 or 1001 to 1007)", offset() - Integer.BYTES);
        }
        if (type == null || expected != null && type != expected) {
            String wanted = expected == null ? "1 to 7 or 1001 to 1007" : expected.code() + ", a " + expected.text();
            throw refused("geometry type: " + code + " (expected " + wanted + ")", offset() - Integer.BYTES);
        }
        if ((word & EWKB_SRID) != 0) {
            readReferenceSystem();
        }
        return readBody(type, withZ ? 3 : 2, place);
    }

    private void readReferenceSystem() {
        require(Integer.BYTES, "a reference system");
        int srid = bytes.getInt();
        if (srid != SRID_WGS84) {
            throw refused("reference system: " + srid + " (expected " + SRID_WGS84 + ")", offset() - Integer.BYTES);
        }
    }

    private Geometry readBody(GeometryType type, int dimensions, Place place) {
        switch (type) {
            case POINT:
                return readPoint(dimensions, place);
            case LINE_STRING:
                return builder.line(readPositions(dimensions), place);
            case POLYGON:
                return readPolygon(dimensions, place);
            default:
                return readParts(type, place);
        }
    }

    private Geometry readPoint(int dimensions, Place place) {
        CoordinateSequence position = readPositions(1, dimensions);
        boolean empty = Double.isNaN(position.getX(0)) && Double.isNaN(position.getY(0));
        return builder.point(empty ? null : position, place);
    }

    private Geometry readPolygon(int dimensions, Place place) {
        int count = readCount("rings", Integer.BYTES);
        budget.addParts(count);
        List<CoordinateSequence> rings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rings.add(readPositions(dimensions));
        }
        return builder.polygon(rings, place);
    }

    private Geometry readParts(GeometryType type, Place place) {
        boolean nests = type == GeometryType.GEOMETRY_COLLECTION;
        if (nests) {
            budget.enterCollection();
        }
        int count = readCount("parts", HEADER_BYTES + Integer.BYTES);
        budget.addParts(count);
        List<Geometry> parts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            parts.add(readGeometry(type.partType(), place.at(type.partWord(), i)));
        }
        if (nests) {
            budget.leaveCollection();
        }
        return builder.collection(type, parts, place);
    }

    private CoordinateSequence readPositions(int dimensions) {
        return readPositions(readCount("positions", dimensions * Double.BYTES), dimensions);
    }

    private CoordinateSequence readPositions(int count, int dimensions) {
        require((long) count * dimensions * Double.BYTES, "positions");
        budget.addPositions(count);
        Coordinate[] positions = new Coordinate[count];
        for (int i = 0; i < count; i++) {
            double x = bytes.getDouble();
            double y = bytes.getDouble();
            positions[i] = new Coordinate(x, y, dimensions == 3 ? bytes.getDouble() : Double.NaN);
        }
        return new CoordinateArraySequence(positions, 3);
    }

    /** Reads a count of things that take at least {@code bytesEach}. */
    private int readCount(String things, int bytesEach) {
        require(Integer.BYTES, "a count of " + things);
        long count = bytes.getInt() & 0xFFFF_FFFFL;
        if (count > bytes.remaining() / bytesEach) {
            throw refused(
                    "count of " + things + ": " + count + " (at most " + bytes.remaining() / bytesEach
                            + " in the bytes left)",
                    offset() - Integer.BYTES);
        }
        return (int) count;
    }

    private void require(long needed, String what) {
        if (bytes.remaining() < needed) {
            throw refused("ends early: " + bytes.remaining() + " bytes left (expected " + what + ")", offset());
        }
    }

    private int offset() {
        return bytes.position() - start;
    }

    private static InvalidRequestException refused(String problem, int offset) {
        return new InvalidRequestException("geometry: wkb", problem + " [byte " + offset + "]");
    }
}
