package org.almagest.index.spatial;

import java.nio.ByteBuffer;

/** Reads a whole tree and says what does not hold. */
final class TreeCheck {
    private final PackedTree tree;
    private final TreeShape shape;
    private final ByteBuffer body;

    TreeCheck(PackedTree tree) {
        this.tree = tree;
        this.shape = tree.shape;
        this.body = tree.body;
    }

    String findProblem() {
        String rows = findRowProblem();
        if (!rows.isEmpty()) {
            return rows;
        }
        for (int level = 0; level < shape.levelCount(); level++) {
            for (int node = shape.first(level); node < shape.first(level + 1); node++) {
                String problem = findNodeProblem(node, level);
                if (!problem.isEmpty()) {
                    return "node " + node + ": " + problem;
                }
            }
        }
        return "";
    }

    private String findRowProblem() {
        byte[] seen = new byte[tree.rowCount()];
        int places = shape.leafCount() * PackedTree.FAN_OUT;
        for (int entry = 0; entry < places; entry++) {
            int row = tree.row(entry);
            if (entry >= tree.entryCount()) {
                if (row != PackedTree.NO_ROW) {
                    return "entry " + entry + ": row " + row + " (expected -1 behind the last)";
                }
            } else if (row < 0 || row >= tree.rowCount()) {
                return "entry " + entry + ": row " + row + " (at most " + (tree.rowCount() - 1) + ")";
            } else if (++seen[row] > 2) {
                return "entry " + entry + ": row " + row + " (named three times)";
            }
        }
        return "";
    }

    private String findNodeProblem(int node, int level) {
        int at = PackedTree.offset(node);
        boolean ordered = body.getFloat(at) <= body.getFloat(at + PackedTree.EAST)
                && body.getFloat(at + PackedTree.SOUTH) <= body.getFloat(at + PackedTree.NORTH);
        if (!ordered) {
            return "sides out of order";
        }
        int cells = at + PackedTree.CELLS_OFFSET_IN_NODE;
        for (int i = 0; i < 4 * PackedTree.FAN_OUT; i++) {
            if (body.get(cells + i) < 0) {
                return "cell " + Byte.toUnsignedInt(body.get(cells + i)) + " (at most " + (PackedTree.CELLS - 1) + ")";
            }
        }
        return level + 1 < shape.levelCount() ? findChildProblem(node, level) : "";
    }

    private String findChildProblem(int node, int level) {
        int at = PackedTree.offset(node);
        int first = shape.first(level + 1) + (node - shape.first(level) << PackedTree.FAN_OUT_BITS);
        int end = Math.min(first + PackedTree.FAN_OUT, shape.first(level + 2));
        for (int child = first; child < end; child++) {
            int childAt = PackedTree.offset(child);
            boolean inside = body.getFloat(childAt) >= body.getFloat(at)
                    && body.getFloat(childAt + PackedTree.SOUTH) >= body.getFloat(at + PackedTree.SOUTH)
                    && body.getFloat(childAt + PackedTree.EAST) <= body.getFloat(at + PackedTree.EAST)
                    && body.getFloat(childAt + PackedTree.NORTH) <= body.getFloat(at + PackedTree.NORTH);
            if (!inside) {
                return "node " + child + " below reaches out of it";
            }
        }
        return "";
    }
}
