package org.almagest.storage.page;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.InvalidRequestException;
import org.almagest.geo.Wkb;
import org.almagest.internal.geo.Outline;
import org.almagest.storage.encoding.ByteSink;
import org.almagest.storage.encoding.PageBytes;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/** A geometry without its positions, shared by all rows that have the like. Immutable. */
final class GeometryShape {
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final int POINT = 1;
    private static final int POLYGON = 3;
    private static final int MULTI_POLYGON = 6;
    private static final int RING_POSITIONS_MIN = 4;
    private static final int SMALL_BYTES_MAX = 512;
    private static final int OBJECT_BYTES = 128;
    /** Where the count of parts stands in WKB. */
    private static final int PARTS_AT = 1 + Integer.BYTES;
    /** The most positions of a geometry that is stored this way: a damaged count must not take all memory. */
    static final int POSITIONS_MAX = 1 << 22;

    private final byte[] bytes;
    private final int[] leads;
    private final int[] positions;
    private final boolean[] rings;
    private final boolean[] shells;
    private final int dimensions;
    private final int positionCount;
    private final int type;

    private GeometryShape(byte[] bytes, WkbPieces pieces) {
        this.bytes = bytes;
        this.leads = Arrays.copyOf(pieces.starts, pieces.count);
        this.positions = Arrays.copyOf(pieces.positions, pieces.count);
        this.rings = Arrays.copyOf(pieces.rings, pieces.count);
        this.shells = Arrays.copyOf(pieces.shells, pieces.count);
        this.dimensions = pieces.dimensions;
        this.positionCount = (int) pieces.positionCount;
        this.type = pieces.type;
    }

    /** Returns the shape of bytes that are WKB without its positions. */
    static GeometryShape of(byte[] bytes, int dimensions) throws CorruptSectionException {
        WkbPieces pieces = new WkbPieces();
        boolean whole = pieces.walkShape(bytes, 0, bytes.length);
        if (!whole || pieces.dimensions != dimensions || pieces.positionCount > POSITIONS_MAX) {
            throw PageBytes.corrupt("shape of a geometry: " + bytes.length + " bytes");
        }
        return new GeometryShape(bytes, pieces);
    }

    boolean isOf(byte[] other, int length) {
        return Arrays.equals(bytes, 0, bytes.length, other, 0, length);
    }

    /** Tells whether it may be kept without thinking of memory. */
    boolean isSmall() {
        return bytes.length <= SMALL_BYTES_MAX;
    }

    /** Returns about how many bytes of memory it takes. */
    int heldBytes() {
        return 2 * bytes.length + positions.length * 2 * Long.BYTES + OBJECT_BYTES;
    }

    /** Tells whether it may be a point, or polygons that are not too large for {@link #outline}. */
    boolean mayBeOutline() {
        return positionCount <= Outline.POSITIONS_MAX;
    }

    int pieceCount() {
        return positions.length;
    }

    int positions(int piece) {
        return positions[piece];
    }

    boolean isRing(int piece) {
        return rings[piece];
    }

    int ordinateCount() {
        return positionCount * dimensions;
    }

    int wkbBytes() {
        return bytes.length + positionCount * dimensions * Double.BYTES;
    }

    /** Appends the WKB of a geometry of this shape. */
    void put(double[] ordinates, ByteSink out) {
        int from = 0;
        int next = 0;
        for (int piece = 0; piece < positions.length; piece++) {
            out.put(bytes, from, leads[piece] - from);
            from = leads[piece];
            int end = next + positions[piece] * dimensions;
            while (next < end) {
                out.put64(Double.doubleToRawLongBits(ordinates[next++]));
            }
        }
        out.put(bytes, from, bytes.length - from);
    }

    /** Returns a new geometry of this shape; the array is kept and must not change. */
    Geometry build(double[] ordinates) throws CorruptSectionException {
        if (type == POINT) {
            return FACTORY.createPoint(new StoredPositions(ordinates, 0, 1, dimensions));
        }
        if (type == POLYGON && areRings(ordinates)) {
            return polygon(ordinates, 0, positions.length, 0);
        }
        if (type == MULTI_POLYGON && areRings(ordinates) && hasShells(ByteSink.get32(bytes, PARTS_AT))) {
            return multiPolygon(ordinates, ByteSink.get32(bytes, PARTS_AT));
        }
        ByteSink wkb = new ByteSink();
        put(ordinates, wkb);
        try {
            return Wkb.readCanonical(ByteBuffer.wrap(wkb.bytes(), 0, wkb.length()));
        } catch (InvalidRequestException e) {
            throw PageBytes.corrupt(e.getMessage());
        }
    }

    /** Fills in the positions of a point or of polygons; returns false where it is another geometry, or too large. */
    boolean outline(double[] ordinates, Outline into) {
        if (type == POINT) {
            into.point(ordinates[0], ordinates[1]);
            return true;
        }
        into.clear();
        if (type != POLYGON && type != MULTI_POLYGON) {
            return false;
        }
        int from = 0;
        for (int piece = 0; piece < positions.length; piece++) {
            boolean taken = shells[piece]
                    ? into.shell(ordinates, from, positions[piece], dimensions)
                    : into.hole(ordinates, from, positions[piece], dimensions);
            if (!taken) {
                return false;
            }
            from += positions[piece] * dimensions;
        }
        return from > 0;
    }

    private boolean areRings(double[] ordinates) {
        int from = 0;
        for (int count : positions) {
            int last = from + (count - 1) * dimensions;
            if (count < RING_POSITIONS_MIN
                    || ordinates[from] != ordinates[last]
                    || ordinates[from + 1] != ordinates[last + 1]) {
                return false;
            }
            from += count * dimensions;
        }
        return positions.length > 0;
    }

    /** Tells whether each part has a shell: polygons without positions are no pieces. */
    private boolean hasShells(int parts) {
        int count = 0;
        for (boolean shell : shells) {
            count += shell ? 1 : 0;
        }
        return count == parts;
    }

    private Geometry multiPolygon(double[] ordinates, int count) {
        Polygon[] parts = new Polygon[count];
        int piece = 0;
        int from = 0;
        for (int i = 0; i < count; i++) {
            int first = piece++;
            while (piece < shells.length && !shells[piece]) {
                piece++;
            }
            parts[i] = polygon(ordinates, first, piece, from);
            for (int ring = first; ring < piece; ring++) {
                from += positions[ring] * dimensions;
            }
        }
        return FACTORY.createMultiPolygon(parts);
    }

    /** Returns the polygon of some pieces, of which the ordinates begin at an index. */
    private Polygon polygon(double[] ordinates, int firstPiece, int endPiece, int start) {
        LinearRing shell = ring(ordinates, start, firstPiece);
        if (endPiece == firstPiece + 1) {
            return FACTORY.createPolygon(shell);
        }
        LinearRing[] holes = new LinearRing[endPiece - firstPiece - 1];
        int from = start;
        for (int i = 0; i < holes.length; i++) {
            from += positions[firstPiece + i] * dimensions;
            holes[i] = ring(ordinates, from, firstPiece + i + 1);
        }
        return FACTORY.createPolygon(shell, holes);
    }

    private LinearRing ring(double[] ordinates, int from, int piece) {
        return new StoredPositions(ordinates, from, positions[piece], dimensions).ring(FACTORY);
    }
}
