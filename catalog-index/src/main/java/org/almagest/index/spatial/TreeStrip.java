package org.almagest.index.spatial;

import java.nio.ByteBuffer;

/** A box that does not wrap, to be compared with the nodes of one tree. */
final class TreeStrip {
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long ONES = 0x0101010101010101L;

    /** Brings the highest bit of each byte, moved to the lowest, together in the top byte. */
    private static final long GATHER = 0x0102040810204080L;

    private final ByteBuffer body;
    private final float west;
    private final float south;
    private final float east;
    private final float north;

    private TreeStrip(ByteBuffer body, Strips strips, float west, float east) {
        this.body = body;
        this.south = strips.south();
        this.north = strips.north();
        this.west = west;
        this.east = east;
    }

    static TreeStrip first(PackedTree tree, Strips strips) {
        return new TreeStrip(tree.body, strips, strips.west(), strips.east());
    }

    static TreeStrip second(PackedTree tree, Strips strips) {
        return new TreeStrip(tree.body, strips, strips.secondWest(), strips.secondEast());
    }

    boolean meets(int node) {
        int at = PackedTree.offset(node);
        return body.getFloat(at) <= east
                && body.getFloat(at + PackedTree.EAST) >= west
                && body.getFloat(at + PackedTree.SOUTH) <= north
                && body.getFloat(at + PackedTree.NORTH) >= south;
    }

    boolean contains(int node) {
        int at = PackedTree.offset(node);
        return body.getFloat(at) >= west
                && body.getFloat(at + PackedTree.EAST) <= east
                && body.getFloat(at + PackedTree.SOUTH) >= south
                && body.getFloat(at + PackedTree.NORTH) <= north;
    }

    /** Returns which of 16 children may meet the strip, the first as bit 0; bits without a child may be set. */
    int childrenMet(int node) {
        int at = PackedTree.offset(node);
        float nodeWest = body.getFloat(at);
        float nodeSouth = body.getFloat(at + PackedTree.SOUTH);
        float perX = PackedTree.cellsPerDegree(nodeWest, body.getFloat(at + PackedTree.EAST));
        float perY = PackedTree.cellsPerDegree(nodeSouth, body.getFloat(at + PackedTree.NORTH));
        long lowX = PackedTree.cell(west, nodeWest, perX) * ONES;
        long lowY = PackedTree.cell(south, nodeSouth, perY) * ONES;
        long highX = PackedTree.cell(east, nodeWest, perX) * ONES | HIGH_BITS;
        long highY = PackedTree.cell(north, nodeSouth, perY) * ONES | HIGH_BITS;
        int cells = at + PackedTree.CELLS_OFFSET_IN_NODE;
        return met(cells, lowX, lowY, highX, highY) | met(cells + Long.BYTES, lowX, lowY, highX, highY) << Long.BYTES;
    }

    /**
     * Compares eight children in one step: cells need seven bits of their byte, so the eighth of a difference shows
     * which is greater, and no byte borrows from its neighbour.
     */
    private int met(int at, long lowX, long lowY, long highX, long highY) {
        long met = highX - body.getLong(at)
                & highY - body.getLong(at + PackedTree.FAN_OUT)
                & (body.getLong(at + 2 * PackedTree.FAN_OUT) | HIGH_BITS) - lowX
                & (body.getLong(at + 3 * PackedTree.FAN_OUT) | HIGH_BITS) - lowY
                & HIGH_BITS;
        return (int) ((met >>> 7) * GATHER >>> 56);
    }
}
