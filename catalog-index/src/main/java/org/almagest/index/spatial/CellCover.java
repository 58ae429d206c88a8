package org.almagest.index.spatial;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.almagest.error.CorruptSectionException;
import org.almagest.model.BoundingBox;

/**
 * Which of the 32 × 32 geohash cells of two characters, 11.25° by 5.625°, the boxes of some rows meet: enough to pass over
 * a segment that has nothing in an area. Rows without geometry meet none. Immutable, safe to share between threads.
 *
 * <p>Format, version 1: little-endian; {@code CellCoverTest} holds a worked example. A cell's number is 32 × its row from
 * the south plus its column from the west. Everything is checked at open.
 *
 * <pre>
 * offset  bytes  field  constraint
 * 0       2      count  cells: 0..1024
 * 2       c      cells  for fewer than 64 cells u16 numbers, ascending; else 128 bytes of bits, cell 0 first and lowest
 * </pre>
 */
public final class CellCover {
    /** Characters of the cells. */
    public static final int PRECISION = 2;

    static final int COUNT_OFFSET = 0;
    static final int CELLS_OFFSET = 2;
    static final int SIDE = 32;
    private static final int BITS_BYTES = SIDE * SIDE / Byte.SIZE;
    private static final int LISTED_MAX = BITS_BYTES / Short.BYTES - 1;

    /** For each row of cells from the south, its columns as bits. */
    private final int[] rows;

    private CellCover(int[] rows) {
        this.rows = rows;
    }

    /**
     * Reads a body.
     *
     * @param resource named in a failure
     * @throws CorruptSectionException if it is not what {@link #write} writes
     */
    public static CellCover open(ByteBuffer section, String resource) throws CorruptSectionException {
        ByteBuffer body = section.slice().order(ByteOrder.LITTLE_ENDIAN);
        int count = body.limit() < CELLS_OFFSET ? -1 : Short.toUnsignedInt(body.getShort(COUNT_OFFSET));
        if (count < 0 || count > SIDE * SIDE || body.limit() != bytes(count)) {
            throw new CorruptSectionException(
                    "cell cover: " + count + " cells in a body of " + body.limit() + " bytes", resource);
        }
        CellCover cover = new CellCover(new int[SIDE]);
        int last = -1;
        for (int i = 0; count <= LISTED_MAX && i < count; i++) {
            int cell = Short.toUnsignedInt(body.getShort(CELLS_OFFSET + i * Short.BYTES));
            if (cell <= last || cell >= SIDE * SIDE) {
                throw new CorruptSectionException(
                        "cell cover: cell " + cell + " after " + last + " (expected ascending below " + SIDE * SIDE
                                + ")",
                        resource);
            }
            cover.rows[cell / SIDE] |= 1 << cell % SIDE;
            last = cell;
        }
        for (int row = 0; count > LISTED_MAX && row < SIDE; row++) {
            cover.rows[row] = body.getInt(CELLS_OFFSET + row * Integer.BYTES);
        }
        if (cover.count() != count) {
            throw new CorruptSectionException(
                    "cell cover: " + cover.count() + " cells (expected " + count + ")", resource);
        }
        return cover;
    }

    private static int bytes(int count) {
        return CELLS_OFFSET + (count <= LISTED_MAX ? count * Short.BYTES : BITS_BYTES);
    }

    /** Returns how many cells there are. */
    public int count() {
        int count = 0;
        for (int row : rows) {
            count += Integer.bitCount(row);
        }
        return count;
    }

    /** Returns whether a row may have a box that meets this box; longitude 180 equals -180. */
    public boolean mayMeet(BoundingBox box) {
        CellWindow window = CellWindow.of(box, PRECISION);
        int columns = columns(window);
        int met = 0;
        for (int row = window.lowRow(); row <= window.highRow(); row++) {
            met |= rows[row] & columns;
        }
        return met != 0;
    }

    /** Returns the columns of a window of cells as bits. */
    static int columns(CellWindow window) {
        return bits(window.first()) | bits(window.second());
    }

    /** Copies the columns of each row of cells, as bits, to a place of the array of that row. */
    void copyTo(int[][] target, int index) {
        for (int row = 0; row < SIDE; row++) {
            target[row][index] = rows[row];
        }
    }

    private static int bits(CellWindow.Columns columns) {
        return columns.count() == 0 ? 0 : -1 >>> SIDE - columns.count() << columns.low();
    }

    /** Returns the cells of both. */
    public CellCover union(CellCover other) {
        return new Builder().add(this).add(other).build();
    }

    /** Returns how many bytes {@link #write} needs. */
    public int bodyBytes() {
        return bytes(count());
    }

    /** Writes the body at the position of a buffer. */
    public void write(ByteBuffer target) {
        ByteBuffer body = target.slice(target.position(), bodyBytes()).order(ByteOrder.LITTLE_ENDIAN);
        int count = count();
        body.putShort((short) count);
        for (int row = 0; row < SIDE; row++) {
            if (count > LISTED_MAX) {
                body.putInt(rows[row]);
                continue;
            }
            for (int bits = rows[row]; bits != 0; bits &= bits - 1) {
                body.putShort((short) (row * SIDE + Integer.numberOfTrailingZeros(bits)));
            }
        }
        target.position(target.position() + bodyBytes());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CellCover cover && Arrays.equals(rows, cover.rows);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(rows);
    }

    /** Returns the number of cells, for messages. */
    @Override
    public String toString() {
        return count() + " cells";
    }

    /** Collects the boxes of rows, one after the other. One thread. */
    public static final class Builder {
        private final int[] rows = new int[SIDE];

        /** Adds a box in degrees; a south that is NaN stands for none, west above east for one that wraps. */
        public Builder add(float west, float south, float east, float north) {
            if (!Float.isNaN(south)) {
                CellWindow window = CellWindow.ofSides(west, south, east, north, PRECISION);
                int columns = bits(window.first()) | bits(window.second());
                for (int row = window.lowRow(); row <= window.highRow(); row++) {
                    rows[row] |= columns;
                }
            }
            return this;
        }

        /** Adds the cells of another cover. */
        public Builder add(CellCover other) {
            for (int row = 0; row < SIDE; row++) {
                rows[row] |= other.rows[row];
            }
            return this;
        }

        /** Returns the cover of what was added so far. */
        public CellCover build() {
            return new CellCover(rows.clone());
        }
    }
}
