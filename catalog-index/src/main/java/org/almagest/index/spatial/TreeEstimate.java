package org.almagest.index.spatial;

/** Counts about how many entries meet a box, level by level; where there are many nodes, some stand for all. */
final class TreeEstimate {
    /** Nodes of one level that are looked into. */
    private static final int NODES_MAX = 32;

    private final PackedTree tree;
    private final TreeShape shape;
    private int[] nodes = new int[NODES_MAX * PackedTree.FAN_OUT];
    private int[] children = new int[NODES_MAX * PackedTree.FAN_OUT];
    private int childCount;

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
            childCount = 0;
            for (int i = 0; i < looked; i++) {
                int node = nodes[i * count / looked];
                if (strip.contains(node)) {
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
        return entries + weight * count;
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
