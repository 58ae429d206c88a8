package org.almagest.index.spatial;

import java.nio.ByteBuffer;

/** Collects the boxes of up to 16 children and writes the node around them. */
final class NodeWriter {
    private final ByteBuffer body;
    private final float[] sides = new float[4 * PackedTree.FAN_OUT];
    private int count;

    NodeWriter(ByteBuffer body) {
        this.body = body;
    }

    void begin() {
        count = 0;
    }

    void add(float west, float south, float east, float north) {
        sides[count] = west;
        sides[PackedTree.FAN_OUT + count] = south;
        sides[2 * PackedTree.FAN_OUT + count] = east;
        sides[3 * PackedTree.FAN_OUT + count] = north;
        count++;
    }

    /** Adds the box of a node that was written. */
    void addNode(int node) {
        int at = PackedTree.offset(node);
        add(
                body.getFloat(at),
                body.getFloat(at + PackedTree.SOUTH),
                body.getFloat(at + PackedTree.EAST),
                body.getFloat(at + PackedTree.NORTH));
    }

    void write(int node) {
        float west = lowest(0);
        float south = lowest(PackedTree.FAN_OUT);
        float east = highest(2 * PackedTree.FAN_OUT);
        float north = highest(3 * PackedTree.FAN_OUT);
        int at = PackedTree.offset(node);
        body.putFloat(at, west);
        body.putFloat(at + PackedTree.SOUTH, south);
        body.putFloat(at + PackedTree.EAST, east);
        body.putFloat(at + PackedTree.NORTH, north);
        float perX = PackedTree.cellsPerDegree(west, east);
        float perY = PackedTree.cellsPerDegree(south, north);
        int cells = at + PackedTree.CELLS_OFFSET_IN_NODE;
        for (int side = 0; side < sides.length; side++) {
            boolean longitude = (side >>> PackedTree.FAN_OUT_BITS & 1) == 0;
            int child = side & PackedTree.FAN_OUT - 1;
            int cell = child >= count
                    ? 0
                    : longitude ? PackedTree.cell(sides[side], west, perX) : PackedTree.cell(sides[side], south, perY);
            body.put(cells + side, (byte) cell);
        }
    }

    private float lowest(int from) {
        float lowest = sides[from];
        for (int i = from + 1; i < from + count; i++) {
            lowest = Math.min(lowest, sides[i]);
        }
        return lowest;
    }

    private float highest(int from) {
        float highest = sides[from];
        for (int i = from + 1; i < from + count; i++) {
            highest = Math.max(highest, sides[i]);
        }
        return highest;
    }
}
