package org.almagest.index.spatial;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.almagest.error.CorruptSectionException;
import org.almagest.index.posting.RowBuffer;
import org.almagest.internal.format.Presence;
import org.almagest.model.BoundingBox;

/**
 * A packed Hilbert R-tree over the boxes of rows: which rows may meet a box. Immutable, safe to share between threads; a
 * search allocates nothing but its own state.
 *
 * <p>Every node has up to 16 children, all but the last of a level exactly 16, so children are found by arithmetic. A
 * node holds its own box in full and those of its children in 128 × 128 cells of it; that admits a few rows whose boxes
 * only come near, which the caller drops by the boxes themselves, and never misses one.
 *
 * <p>Format, version 1: little-endian; {@code PackedTreeTest} holds a worked example and {@code docs/format/indexes.md}
 * the order of entries. What the boxes say is checked by {@link #findProblem}, not at open: wrong bytes give wrong rows,
 * but never one outside the range that was asked for.
 *
 * <pre>
 * offset    bytes  field        constraint
 * 0         4      row count    rows of the segment: 0..ROW_COUNT_MAX
 * 4         4      entry count  n: 0..2 × row count
 * 8         4      node count   m: follows from n
 * 12        4      reserved     zero
 * 16        80m    nodes        root first, level by level: float32 west, south, east, north; then u8 cells of the
 *                               lowest longitude of 16 children, the lowest latitude, the highest longitude, the highest
 *                               latitude; 0..127 each
 * 16 + 80m  64l    rows         i32 row of each entry, filled up with -1 to a multiple of 16; l nodes are leaves
 * </pre>
 */
public final class PackedTree {
    static final int ROW_COUNT_OFFSET = 0;
    static final int ENTRY_COUNT_OFFSET = 4;
    static final int NODE_COUNT_OFFSET = 8;
    static final int RESERVED_OFFSET = 12;
    static final int NODES_OFFSET = 16;

    /** The most rows of a tree. */
    public static final int ROW_COUNT_MAX = 1 << 26;

    static final int FAN_OUT = 16;
    static final int FAN_OUT_BITS = 4;
    static final int NODE_BYTES = 4 * Float.BYTES + 4 * FAN_OUT;
    static final int CELLS_OFFSET_IN_NODE = 4 * Float.BYTES;
    static final int SOUTH = Float.BYTES;
    static final int EAST = 2 * Float.BYTES;
    static final int NORTH = 3 * Float.BYTES;
    static final int LEAF_ROWS_BYTES = FAN_OUT * Integer.BYTES;

    /** Cells of a node along one axis. */
    static final int CELLS = 128;

    /** The row of a place behind the last entry. */
    static final int NO_ROW = -1;

    final ByteBuffer body;
    private final Presence presence;
    private final int rowCount;
    private final int entryCount;
    final TreeShape shape;

    private PackedTree(ByteBuffer body, Presence presence, int rowCount, TreeShape shape) {
        this.body = body;
        this.presence = presence;
        this.rowCount = rowCount;
        this.entryCount = body.getInt(ENTRY_COUNT_OFFSET);
        this.shape = shape;
    }

    /**
     * Opens a body without copying it; the bytes must not change while the result is in use.
     *
     * @param resource named in a failure
     * @throws CorruptSectionException if the counts do not fit each other and the length
     */
    public static PackedTree open(ByteBuffer section, String resource) throws CorruptSectionException {
        return open(section, Presence.ALWAYS, resource);
    }

    /** As {@link #open(ByteBuffer, String)}, for a body of which {@code presence} is told what is read here and there. */
    public static PackedTree open(ByteBuffer section, Presence presence, String resource)
            throws CorruptSectionException {
        ByteBuffer body = section.slice().order(ByteOrder.LITTLE_ENDIAN);
        int length = body.limit();
        int rows = length < NODES_OFFSET ? -1 : body.getInt(ROW_COUNT_OFFSET);
        int entries = rows < 0 ? -1 : body.getInt(ENTRY_COUNT_OFFSET);
        if (rows < 0 || rows > ROW_COUNT_MAX || entries < 0 || entries > 2L * rows) {
            throw new CorruptSectionException(
                    "tree: " + rows + " rows, " + entries + " entries in a body of " + length + " bytes", resource);
        }
        TreeShape shape = TreeShape.of(entries);
        if (length != shape.bodyBytes() || body.getInt(NODE_COUNT_OFFSET) != shape.nodeCount()) {
            throw new CorruptSectionException(
                    "tree: " + body.getInt(NODE_COUNT_OFFSET) + " nodes in a body of " + length + " bytes (expected "
                            + shape.nodeCount() + " in " + shape.bodyBytes() + ")",
                    resource);
        }
        if (body.getInt(RESERVED_OFFSET) != 0) {
            throw new CorruptSectionException(
                    "tree: reserved: " + body.getInt(RESERVED_OFFSET) + " (expected 0)", resource);
        }
        return new PackedTree(body, presence, rows, shape);
    }

    /** Returns how many rows the segment has, those without a box included. */
    public int rowCount() {
        return rowCount;
    }

    /** Returns how many entries there are: one for each row with a box, two where it wraps. */
    public int entryCount() {
        return entryCount;
    }

    /**
     * Appends the rows of [firstRow, endRow) whose box may meet a box, ascending and each once; returns how many.
     *
     * @param box sides inclusive; it may wrap, and longitude 180 equals -180
     */
    public int search(BoundingBox box, int firstRow, int endRow, RowBuffer out) {
        return search(List.of(box), firstRow, endRow, out);
    }

    /** Appends the rows of [firstRow, endRow) whose box may meet one of the boxes, ascending and each once; returns how many. */
    public int search(List<BoundingBox> boxes, int firstRow, int endRow, RowBuffer out) {
        int from = out.count();
        int first = Math.max(0, firstRow);
        int end = Math.min(rowCount, endRow);
        if (entryCount > 0 && first < end) {
            TreeSearch search = new TreeSearch(this, first, end, out);
            for (BoundingBox box : boxes) {
                search.run(Strips.of(box));
            }
            out.sortDistinct(from, first, end);
        }
        return out.count() - from;
    }

    /**
     * Returns about how many rows have a box that meets a box; looks at 32 nodes a level at most.
     *
     * <p>Exact up to the coarseness of the cells while no more nodes than that are cut by the sides of the box; else an
     * even choice of them stands for all.
     */
    public int estimate(BoundingBox box) {
        return entryCount == 0 ? 0 : (int) Math.min(rowCount, new TreeEstimate(this).of(Strips.of(box)));
    }

    /** Looks for boxes, about how many rows there are at first, and then which. */
    public TreeLook look(List<BoundingBox> boxes) {
        return new TreeLook(this, boxes);
    }

    /** Returns what is wrong with rows or boxes, or an empty text; reads everything. */
    public String findProblem() {
        return new TreeCheck(this).findProblem();
    }

    static int offset(int node) {
        return NODES_OFFSET + node * NODE_BYTES;
    }

    /** Says that nodes of a level, next to each other, are going to be looked at. */
    void needNodes(int first, int end) {
        presence.need(offset(first), (end - first) * NODE_BYTES);
    }

    /** Says that rows of entries next to each other are going to be read. */
    void needRows(int first, int end) {
        presence.need(shape.rowsOffset() + first * Integer.BYTES, (end - first) * Integer.BYTES);
    }

    int row(int entry) {
        return body.getInt(shape.rowsOffset() + entry * Integer.BYTES);
    }

    /** Returns how many cells of a node lie in one degree; not negative. */
    static float cellsPerDegree(float low, float high) {
        return high > low ? CELLS / (high - low) : 0;
    }

    /**
     * Returns the cell of a coordinate, from 0 to 127, those outside the node in its outermost cells. It never falls
     * where the coordinate rises, whatever is rounded, which is why comparing cells never misses.
     */
    static int cell(float degrees, float low, float cellsPerDegree) {
        return Math.max(0, Math.min((int) ((degrees - low) * cellsPerDegree), CELLS - 1));
    }
}
