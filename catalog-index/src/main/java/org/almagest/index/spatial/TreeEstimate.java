package org.almagest.index.spatial;

import java.util.Arrays;
import org.almagest.index.posting.RowBuffer;

/**
 * Counts about how many entries meet a box, level by level; where there are many nodes, some stand for all.
 *
 * <p>Mostly there are few: then all entries that meet the boxes so far were seen and are known.
 */
final class TreeEstimate {
    /** Nodes of one level that are looked into. */
    private static final int NODES_MAX = 32;

    private final PackedTree tree;
    private final TreeShape shape;
    private int[] nodes = new int[NODES_MAX * PackedTree.FAN_OUT];
    private int[] children = new int[NODES_MAX * PackedTree.FAN_OUT];
    private int childCount;
    private int[] found = {};
    private int foundCount;
    private boolean sawAll = true;

    TreeEstimate(PackedTree tree) {
        this.tree = tree;
        this.shape = tree.shape;
    }

    long of(Strips strips) {
        double entries = of(TreeStrip.first(tree, strips));
        if (strips.hasSecond()) {
            entries += of(TreeStrip.second(tree, strips));
        }
        return (long) Math.ceil(entries);
    }

    private double of(TreeStrip strip) {
        tree.needNodes(0, 1);
        double entries = 0;
        double weight = 1;
        int count = 1;
        nodes[0] = 0;
        for (int level = 0; level < shape.levelCount(); level++) {
            int looked = Math.min(count, NODES_MAX);
            weight *= looked == 0 ? 0 : (double) count / looked;
            sawAll &= looked == count;
            childCount = 0;
            for (int i = 0; i < looked; i++) {
                int node = nodes[i * count / looked];
                if (strip.contains(node)) {
                    sawAll = false;
                    entries += weight * entriesBelow(node, level);
                } else if (strip.meets(node)) {
                    lookInto(strip, node, level);
                }
            }
            int[] done = nodes;
            nodes = children;
            children = done;
            count = childCount;
        }
        if (sawAll) {
            keep(count);
        }
        return entries + weight * count;
    }

    private void keep(int count) {
        int behind = shape.nodeCount();
        if (found.length < foundCount + count) {
            found = Arrays.copyOf(found, foundCount + Math.max(count, PackedTree.FAN_OUT));
        }
        for (int i = 0; i < count; i++) {
            found[foundCount++] = nodes[i] - behind;
        }
    }

    /** Tells whether every entry that may meet one of the boxes so far was seen. */
    boolean sawAll() {
        return sawAll;
    }

    /** Appends the rows of all entries that were seen, as far as they are in a range; they may repeat. */
    void append(int firstRow, int endRow, RowBuffer out) {
        int[] rows = out.reserve(foundCount);
        int count = out.count();
        for (int i = 0; i < foundCount; i++) {
            tree.needRows(found[i], found[i] + 1);
            int row = tree.row(found[i]);
            rows[count] = row;
            count += row >= firstRow & row < endRow ? 1 : 0;
        }
        out.advanceTo(count);
    }

    /** Collects the children that may meet the box; those of a leaf are entries, of which only the number counts. */
    private void lookInto(TreeStrip strip, int node, int level) {
        int first = shape.first(level + 1) + (node - shape.first(level) << PackedTree.FAN_OUT_BITS);
        int end = level + 1 < shape.levelCount() ? shape.first(level + 2) : first + PackedTree.FAN_OUT;
        int met = strip.childrenMet(node);
        if (met != 0 && level + 1 < shape.levelCount()) {
            tree.needNodes(first, Math.min(first + PackedTree.FAN_OUT, end));
        }
        for (int bits = met; bits != 0; bits &= bits - 1) {
            int child = first + Integer.numberOfTrailingZeros(bits);
            children[childCount] = child;
            childCount += child < end ? 1 : 0;
        }
    }

    private int entriesBelow(int node, int level) {
        return Math.min(shape.firstEntry(node + 1, level), tree.entryCount()) - shape.firstEntry(node, level);
    }
}
