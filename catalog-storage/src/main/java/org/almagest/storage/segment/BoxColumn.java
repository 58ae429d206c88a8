package org.almagest.storage.segment;

import java.nio.ByteBuffer;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.format.Presence;

/**
 * The boxes of a segment's rows, in degrees. Safe to share between threads; lookups allocate nothing.
 *
 * <p>Little-endian. A row without geometry has {@link Box#NONE}; otherwise all four are finite, longitudes within ±180,
 * -90 ≤ south ≤ north ≤ 90, and west of more than east crosses the antimeridian.
 *
 * <pre>
 * offset  bytes  field  constraint
 * 0       16n    boxes  float32 west, south, east, north of each row
 * </pre>
 */
public final class BoxColumn {
    /** Bytes of one box. */
    static final int ROW_BYTES = 4 * Float.BYTES;

    private static final int SOUTH = Float.BYTES;
    private static final int EAST = 2 * Float.BYTES;
    private static final int NORTH = 3 * Float.BYTES;

    private static final int SIDES = 4;

    private final ByteBuffer body;
    private final Presence presence;

    private BoxColumn(ByteBuffer body, Presence presence) {
        this.body = body;
        this.presence = presence;
    }

    static BoxColumn open(ByteBuffer body, Presence presence, int count, String resource)
            throws CorruptSectionException {
        if (body.limit() != (long) count * ROW_BYTES) {
            throw new CorruptSectionException(
                    "box column: " + body.limit() + " bytes (expected " + count + " × " + ROW_BYTES + ")", resource);
        }
        return new BoxColumn(body, presence);
    }

    /** Returns how many rows there are. */
    public int count() {
        return body.limit() / ROW_BYTES;
    }

    /** Returns whether a row has a geometry. */
    public boolean hasBox(int row) {
        return !Float.isNaN(west(row));
    }

    /** Returns the western bound of a row; NaN without geometry. */
    public float west(int row) {
        presence.need(row * ROW_BYTES, ROW_BYTES);
        return body.getFloat(row * ROW_BYTES);
    }

    /** Returns the southern bound of a row; NaN without geometry. */
    public float south(int row) {
        presence.need(row * ROW_BYTES, ROW_BYTES);
        return body.getFloat(row * ROW_BYTES + SOUTH);
    }

    /** Returns the eastern bound of a row, less than the western one where it crosses; NaN without geometry. */
    public float east(int row) {
        return body.getFloat(row * ROW_BYTES + EAST);
    }

    /** Returns the northern bound of a row; NaN without geometry. */
    public float north(int row) {
        return body.getFloat(row * ROW_BYTES + NORTH);
    }

    /** Copies the bounds of consecutive rows, each as west, south, east, north. */
    public void copy(int first, int count, float[] into) {
        if (count > 0) {
            presence.need(first * ROW_BYTES, count * ROW_BYTES);
        }
        body.asFloatBuffer().get(first * SIDES, into, 0, count * SIDES);
    }

    /** Returns the box of a row as a value. */
    public Box box(int row) {
        return new Box(west(row), south(row), east(row), north(row));
    }
}
