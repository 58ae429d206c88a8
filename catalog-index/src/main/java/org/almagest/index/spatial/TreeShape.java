package org.almagest.index.spatial;

/** Where the levels of a tree of so many entries lie; level 0 is the root, the last one the leaves. */
final class TreeShape {
    private final int[] firsts;
    private final int leafCount;

    private TreeShape(int[] firsts, int leafCount) {
        this.firsts = firsts;
        this.leafCount = leafCount;
    }

    static TreeShape of(int entries) {
        int levels = 0;
        for (int below = entries; below > 1 || below == 1 && levels == 0; levels++) {
            below = parents(below);
        }
        int[] counts = new int[levels];
        int below = entries;
        for (int level = levels - 1; level >= 0; level--) {
            below = parents(below);
            counts[level] = below;
        }
        int[] firsts = new int[levels + 1];
        for (int level = 0; level < levels; level++) {
            firsts[level + 1] = firsts[level] + counts[level];
        }
        return new TreeShape(firsts, levels == 0 ? 0 : counts[levels - 1]);
    }

    private static int parents(int count) {
        return (count + PackedTree.FAN_OUT - 1) >>> PackedTree.FAN_OUT_BITS;
    }

    int levelCount() {
        return firsts.length - 1;
    }

    /** Returns the first node of a level, or the number of nodes one past the last. */
    int first(int level) {
        return firsts[level];
    }

    int nodeCount() {
        return firsts[firsts.length - 1];
    }

    /** Returns the first entry below a node of a level; for the node behind the last, one at or behind the end. */
    int firstEntry(int node, int level) {
        long inLevel = (long) node - firsts[level];
        return (int) Math.min(inLevel << PackedTree.FAN_OUT_BITS * (levelCount() - level), Integer.MAX_VALUE);
    }

    int leafCount() {
        return leafCount;
    }

    int rowsOffset() {
        return PackedTree.NODES_OFFSET + nodeCount() * PackedTree.NODE_BYTES;
    }

    long bodyBytes() {
        return rowsOffset() + (long) leafCount * PackedTree.LEAF_ROWS_BYTES;
    }
}
