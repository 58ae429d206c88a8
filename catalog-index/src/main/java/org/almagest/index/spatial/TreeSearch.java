package org.almagest.index.spatial;

import org.almagest.index.posting.RowBuffer;

/** One walk from the root to the rows that may meet a box; rows come in the order of the curve and may repeat. */
final class TreeSearch {
    private final PackedTree tree;
    private final TreeShape shape;
    private final int firstRow;
    private final int endRow;
    private final RowBuffer out;
    private final int leafLevel;

    TreeSearch(PackedTree tree, int firstRow, int endRow, RowBuffer out) {
        this.tree = tree;
        this.shape = tree.shape;
        this.firstRow = firstRow;
        this.endRow = endRow;
        this.out = out;
        this.leafLevel = shape.levelCount() - 1;
    }

    void run(Strips strips) {
        tree.needNodes(0, 1);
        visit(TreeStrip.first(tree, strips), 0, 0);
        if (strips.hasSecond()) {
            visit(TreeStrip.second(tree, strips), 0, 0);
        }
    }

    /** Goes at most as deep as there are levels, seven. */
    private void visit(TreeStrip strip, int node, int level) {
        if (!strip.meets(node)) {
            return;
        }
        if (strip.contains(node)) {
            appendAllBelow(node, level);
            return;
        }
        int met = strip.childrenMet(node);
        int child = node - shape.first(level) << PackedTree.FAN_OUT_BITS;
        if (level == leafLevel) {
            append(met, child);
            return;
        }
        int first = shape.first(level + 1) + child;
        int end = shape.first(level + 2);
        if (met != 0) {
            tree.needNodes(first, Math.min(first + PackedTree.FAN_OUT, end));
        }
        for (int bits = met; bits != 0; bits &= bits - 1) {
            int next = first + Integer.numberOfTrailingZeros(bits);
            if (next < end) {
                visit(strip, next, level + 1);
            }
        }
    }

    private void append(int met, int entry) {
        if (met != 0) {
            tree.needRows(entry, entry + PackedTree.FAN_OUT);
        }
        int[] rows = out.reserve(PackedTree.FAN_OUT);
        int count = out.count();
        for (int bits = met; bits != 0; bits &= bits - 1) {
            int row = tree.row(entry + Integer.numberOfTrailingZeros(bits));
            rows[count] = row;
            count += row >= firstRow & row < endRow ? 1 : 0;
        }
        out.advanceTo(count);
    }

    private void appendAllBelow(int node, int level) {
        int first = shape.firstEntry(node, level);
        int end = Math.min(shape.firstEntry(node + 1, level), tree.entryCount());
        tree.needRows(first, end);
        int[] rows = out.reserve(end - first);
        int count = out.count();
        for (int entry = first; entry < end; entry++) {
            int row = tree.row(entry);
            rows[count] = row;
            count += row >= firstRow & row < endRow ? 1 : 0;
        }
        out.advanceTo(count);
    }
}
