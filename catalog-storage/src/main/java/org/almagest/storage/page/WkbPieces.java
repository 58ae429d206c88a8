package org.almagest.storage.page;

import java.util.Arrays;
import org.almagest.storage.encoding.ByteSink;

/**
 * Where the positions lie in canonical WKB, or where they would lie in WKB without its positions. One thread.
 *
 * <p>A piece is a point, a line or a ring: the bytes that lead to it and its positions.
 */
final class WkbPieces {
    private static final int HEADER_BYTES = 1 + Integer.BYTES;
    private static final int LITTLE_ENDIAN = 1;
    private static final int Z = 1000;
    private static final int POINT = 1;
    private static final int LINE_STRING = 2;
    private static final int POLYGON = 3;
    private static final int COLLECTION = 7;
    private static final int DEPTH_MAX = 64;
    private static final int FAILED = -1;

    int count;
    /** Where the positions of a piece begin, or would begin. */
    int[] starts = new int[4];
    /** How many positions a piece has. */
    int[] positions = new int[4];
    /** Whether a piece is a ring. */
    boolean[] rings = new boolean[4];
    /** Whether a piece is the outer ring of a polygon. */
    boolean[] shells = new boolean[4];
    /** How many ordinates a position has. */
    int dimensions;
    /** The type code of the whole, without the sign of z. */
    int type;

    long positionCount;

    private byte[] bytes = {};
    private int end;
    private boolean whole;

    /** Walks through WKB; false where the bytes are not one geometry in the form that is stored. */
    boolean walk(byte[] wkb, int from, int to) {
        return walk(wkb, from, to, true);
    }

    /** Walks through WKB that lacks its positions. */
    boolean walkShape(byte[] shape, int from, int to) {
        return walk(shape, from, to, false);
    }

    private boolean walk(byte[] wkb, int from, int to, boolean withPositions) {
        bytes = wkb;
        end = to;
        whole = withPositions;
        count = 0;
        positionCount = 0;
        dimensions = 0;
        type = from <= to - HEADER_BYTES ? ByteSink.get32(wkb, from + 1) % Z : 0;
        return geometry(from, 0) == to;
    }

    private int geometry(int at, int depth) {
        if (at < 0 || end - at < HEADER_BYTES || bytes[at] != LITTLE_ENDIAN || depth > DEPTH_MAX) {
            return FAILED;
        }
        int code = ByteSink.get32(bytes, at + 1);
        int own = code > Z ? 3 : 2;
        int kind = own == 3 ? code - Z : code;
        if (kind < POINT || kind > COLLECTION || dimensions != 0 && dimensions != own) {
            return FAILED;
        }
        dimensions = own;
        int next = at + HEADER_BYTES;
        if (kind == POINT) {
            return piece(next, 1);
        }
        if (end - next < Integer.BYTES) {
            return FAILED;
        }
        int parts = ByteSink.get32(bytes, next);
        next += Integer.BYTES;
        if (kind == LINE_STRING) {
            return piece(next, parts);
        }
        if (parts < 0 || parts > end - next) {
            return FAILED;
        }
        for (int i = 0; i < parts && next >= 0; i++) {
            next = kind == POLYGON ? ring(next, i == 0) : geometry(next, depth + 1);
        }
        return next;
    }

    private int ring(int at, boolean isShell) {
        if (end - at < Integer.BYTES) {
            return FAILED;
        }
        int next = piece(at + Integer.BYTES, ByteSink.get32(bytes, at));
        if (next >= 0) {
            rings[count - 1] = true;
            shells[count - 1] = isShell;
        }
        return next;
    }

    private int piece(int at, int length) {
        long bytesOf = whole ? (long) length * dimensions * Double.BYTES : 0;
        if (length < 0 || bytesOf > end - at) {
            return FAILED;
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            positions = Arrays.copyOf(positions, 2 * count);
            rings = Arrays.copyOf(rings, 2 * count);
            shells = Arrays.copyOf(shells, 2 * count);
        }
        starts[count] = at;
        positions[count] = length;
        rings[count] = false;
        shells[count++] = false;
        positionCount += length;
        return at + (int) bytesOf;
    }
}
