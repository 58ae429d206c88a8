package org.almagest.index.spatial;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Lays the boxes of rows out as a {@link PackedTree}. Takes 8 bytes of memory for each entry besides the boxes
 * themselves. One thread.
 */
public final class PackedTreeBuilder {
    /** Bytes of the box of one row. */
    public static final int ROW_BYTES = 4 * Float.BYTES;

    private static final float LONGITUDE_MAX = 180;

    // A key is the code on the curve, then the row, then which part of its box, so that sorting keys sorts entries.
    private static final int PART_BITS = 2;
    private static final int ROW_BITS = 26;
    private static final int WHOLE = 0;
    private static final int TO_ANTIMERIDIAN = 1;
    private static final int FROM_ANTIMERIDIAN = 2;

    private final ByteBuffer boxes;
    private final int rowCount;
    private final long[] keys;
    private final TreeShape shape;

    private PackedTreeBuilder(ByteBuffer boxes, int rowCount, long[] keys) {
        this.boxes = boxes;
        this.rowCount = rowCount;
        this.keys = keys;
        this.shape = TreeShape.of(keys.length);
    }

    /**
     * Takes the boxes of all rows, in row order.
     *
     * @param boxes from position to limit: float32 west, south, east, north of each row, in the buffer's byte order; a
     *     south that is NaN stands for a row without geometry, west above east for a box that wraps
     */
    public static PackedTreeBuilder of(ByteBuffer boxes) {
        ByteBuffer view = boxes.slice().order(boxes.order());
        int rows = view.limit() / ROW_BYTES;
        if (view.limit() % ROW_BYTES != 0 || rows > PackedTree.ROW_COUNT_MAX) {
            throw new IllegalArgumentException("tree: " + view.limit() + " bytes of boxes (expected 16 a row, at most "
                    + PackedTree.ROW_COUNT_MAX + " rows)");
        }
        long[] keys = new long[entries(view, rows)];
        int next = 0;
        for (int row = 0; row < rows; row++) {
            next = addKeys(view, row, keys, next);
        }
        Arrays.sort(keys);
        return new PackedTreeBuilder(view, rows, keys);
    }

    private static int entries(ByteBuffer boxes, int rows) {
        int entries = 0;
        for (int row = 0; row < rows; row++) {
            int at = row * ROW_BYTES;
            boolean wraps = boxes.getFloat(at) > boxes.getFloat(at + PackedTree.EAST);
            entries += Float.isNaN(boxes.getFloat(at + PackedTree.SOUTH)) ? 0 : wraps ? 2 : 1;
        }
        return entries;
    }

    private static int addKeys(ByteBuffer boxes, int row, long[] keys, int next) {
        int at = row * ROW_BYTES;
        float west = boxes.getFloat(at);
        float south = boxes.getFloat(at + PackedTree.SOUTH);
        float east = boxes.getFloat(at + PackedTree.EAST);
        if (Float.isNaN(south)) {
            return next;
        }
        double latitude = ((double) south + boxes.getFloat(at + PackedTree.NORTH)) / 2;
        if (west > east) {
            keys[next] = key(Hilbert.code(((double) west + LONGITUDE_MAX) / 2, latitude), row, TO_ANTIMERIDIAN);
            keys[next + 1] = key(Hilbert.code(((double) east - LONGITUDE_MAX) / 2, latitude), row, FROM_ANTIMERIDIAN);
            return next + 2;
        }
        keys[next] = key(Hilbert.code(((double) west + east) / 2, latitude), row, WHOLE);
        return next + 1;
    }

    private static long key(long code, int row, int part) {
        return (code << ROW_BITS | row) << PART_BITS | part;
    }

    /** Returns how many bytes {@link #write} needs. */
    public int bodyBytes() {
        return Math.toIntExact(shape.bodyBytes());
    }

    /** Writes the body at the position of a buffer. */
    public void write(ByteBuffer target) {
        ByteBuffer body = target.slice(target.position(), bodyBytes()).order(ByteOrder.LITTLE_ENDIAN);
        body.putInt(PackedTree.ROW_COUNT_OFFSET, rowCount);
        body.putInt(PackedTree.ENTRY_COUNT_OFFSET, keys.length);
        body.putInt(PackedTree.NODE_COUNT_OFFSET, shape.nodeCount());
        body.putInt(PackedTree.RESERVED_OFFSET, 0);
        for (int entry = 0; entry < shape.leafCount() * PackedTree.FAN_OUT; entry++) {
            int row = entry < keys.length ? row(entry) : PackedTree.NO_ROW;
            body.putInt(shape.rowsOffset() + entry * Integer.BYTES, row);
        }
        NodeWriter writer = new NodeWriter(body);
        int level = shape.levelCount() - 1;
        for (int leaf = 0; leaf < shape.leafCount(); leaf++) {
            int first = leaf * PackedTree.FAN_OUT;
            writer.begin();
            for (int entry = first; entry < Math.min(first + PackedTree.FAN_OUT, keys.length); entry++) {
                addEntry(writer, entry);
            }
            writer.write(shape.first(level) + leaf);
        }
        for (level--; level >= 0; level--) {
            writeInner(writer, level);
        }
        target.position(target.position() + bodyBytes());
    }

    private void writeInner(NodeWriter writer, int level) {
        int firstChild = shape.first(level + 1);
        int childEnd = shape.first(level + 2);
        for (int node = shape.first(level); node < shape.first(level + 1); node++) {
            writer.begin();
            int child = firstChild + (node - shape.first(level) << PackedTree.FAN_OUT_BITS);
            int end = Math.min(child + PackedTree.FAN_OUT, childEnd);
            for (; child < end; child++) {
                writer.addNode(child);
            }
            writer.write(node);
        }
    }

    private int row(int entry) {
        return (int) (keys[entry] >>> PART_BITS) & PackedTree.ROW_COUNT_MAX - 1;
    }

    private void addEntry(NodeWriter writer, int entry) {
        int at = row(entry) * ROW_BYTES;
        int part = (int) keys[entry] & (1 << PART_BITS) - 1;
        float west = part == FROM_ANTIMERIDIAN ? -LONGITUDE_MAX : boxes.getFloat(at);
        float east = part == TO_ANTIMERIDIAN ? LONGITUDE_MAX : boxes.getFloat(at + PackedTree.EAST);
        writer.add(west, boxes.getFloat(at + PackedTree.SOUTH), east, boxes.getFloat(at + PackedTree.NORTH));
    }
}
