package org.almagest.index.spatial;

import java.util.ArrayList;
import java.util.List;
import org.almagest.index.posting.RowBuffer;
import org.almagest.model.BoundingBox;

/**
 * A look into one tree for boxes: first about how many rows there are, then which. For one thread.
 *
 * <p>Where the first way through the tree met every node that counts, the second is not gone again.
 */
public final class TreeLook {
    private final PackedTree tree;
    private final List<Strips> strips;
    private final TreeEstimate estimate;
    private final double rows;

    TreeLook(PackedTree tree, List<BoundingBox> boxes) {
        this.tree = tree;
        this.strips = new ArrayList<>(boxes.size());
        this.estimate = new TreeEstimate(tree);
        double sum = 0;
        for (BoundingBox box : boxes) {
            Strips one = Strips.of(box);
            strips.add(one);
            sum += tree.entryCount() == 0 ? 0 : Math.min(tree.rowCount(), estimate.of(one));
        }
        this.rows = sum;
    }

    /** Returns about how many rows have a box that meets one of the boxes; see {@link PackedTree#estimate}. */
    public double rows() {
        return rows;
    }

    /** Appends the rows of [firstRow, endRow) whose box may meet one of the boxes, as {@link PackedTree#search} does. */
    public int search(int firstRow, int endRow, RowBuffer out) {
        int from = out.count();
        int first = Math.max(0, firstRow);
        int end = Math.min(tree.rowCount(), endRow);
        if (tree.entryCount() > 0 && first < end) {
            if (estimate.sawAll()) {
                estimate.append(first, end, out);
            } else {
                TreeSearch search = new TreeSearch(tree, first, end, out);
                strips.forEach(search::run);
            }
            out.sortDistinct(from, first, end);
        }
        return out.count() - from;
    }
}
