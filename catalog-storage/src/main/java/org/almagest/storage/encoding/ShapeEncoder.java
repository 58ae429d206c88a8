package org.almagest.storage.encoding;

import java.util.Arrays;

/** Describes JSON texts as {@link Encoding#SHAPES}, where few shapes serve many rows. One thread. */
public final class ShapeEncoder {
    private static final int SHAPES_MAX = 16;
    private static final int LEAVES_MAX = 8_192;
    /** A shape is described once; fewer rows than these for each would not pay for it. */
    private static final int ROWS_PER_SHAPE_MIN = 2;

    private final ContentEncoder contents;
    private final int[] shapeRow = new int[SHAPES_MAX];
    private final int[] shapeOfRow = new int[PageFormat.ROWS_MAX];
    // The leaves of all rows, one after the other, and where those of each row begin.
    private int[] leafStarts = new int[1_024];
    private int[] leafEnds = new int[1_024];
    private final int[] firstLeaf = new int[PageFormat.ROWS_MAX + 1];
    private final ByteSink literals = new ByteSink();
    private final ByteSink literalEnds = new ByteSink();
    private int leafCount;
    private int shapeCount;

    public ShapeEncoder(ContentEncoder contents) {
        this.contents = contents;
    }

    /** Describes the texts of the rows that have one; in another way where they have no shapes in common. */
    public void encode(Slices texts, PageImage page) {
        int set = 0;
        for (int row = 0; row < texts.rows; row++) {
            set += texts.isSet(row) ? 1 : 0;
        }
        if (set < ROWS_PER_SHAPE_MIN || texts.isConstant() || !findShapes(texts, set)) {
            contents.encode(texts, page);
            return;
        }
        page.columns().put8(Encoding.SHAPES);
        long[] codes = page.borrow();
        for (int row = 0; row < texts.rows; row++) {
            codes[row] = texts.isSet(row) ? shapeOfRow[row] : 0;
        }
        page.pack(codes, texts.starts);
        page.columns().put16(shapeCount);
        int from = page.recordBits();
        int most = from;
        for (int shape = 0; shape < shapeCount; shape++) {
            page.recordBits(from);
            write(texts, shape, page);
            most = Math.max(most, page.recordBits());
        }
        page.recordBits(most);
    }

    private boolean findShapes(Slices texts, int set) {
        leafCount = 0;
        shapeCount = 0;
        for (int row = 0; row < texts.rows; row++) {
            firstLeaf[row] = leafCount;
            if (texts.isSet(row) && !findLeaves(texts.bytes, texts.starts[row], texts.ends[row])) {
                return false;
            }
            firstLeaf[row + 1] = leafCount;
            if (texts.isSet(row)) {
                shapeOfRow[row] = shapeOf(texts, row);
                if (shapeOfRow[row] == SHAPES_MAX || shapeCount * ROWS_PER_SHAPE_MIN > set) {
                    return false;
                }
            }
        }
        return true;
    }

    private int shapeOf(Slices texts, int row) {
        int shape = 0;
        while (shape < shapeCount && !haveOneShape(texts, shapeRow[shape], row)) {
            shape++;
        }
        if (shape == shapeCount && shape < SHAPES_MAX) {
            shapeRow[shapeCount++] = row;
        }
        return shape;
    }

    private boolean haveOneShape(Slices texts, int row, int other) {
        int leaves = firstLeaf[row + 1] - firstLeaf[row];
        if (leaves != firstLeaf[other + 1] - firstLeaf[other]) {
            return false;
        }
        int from = texts.starts[row];
        int otherFrom = texts.starts[other];
        for (int i = 0; i <= leaves; i++) {
            int leaf = firstLeaf[row] + i;
            int otherLeaf = firstLeaf[other] + i;
            int to = i == leaves ? texts.ends[row] : leafStarts[leaf];
            int otherTo = i == leaves ? texts.ends[other] : leafStarts[otherLeaf];
            if (!Arrays.equals(texts.bytes, from, to, texts.bytes, otherFrom, otherTo)) {
                return false;
            }
            from = i == leaves ? to : leafEnds[leaf];
            otherFrom = i == leaves ? otherTo : leafEnds[otherLeaf];
        }
        return true;
    }

    /** Notes where the leaves of a text lie: what stands in quotes and is no name, numbers, true, false and null. */
    private boolean findLeaves(byte[] bytes, int start, int end) {
        int before = leafCount;
        int at = start;
        while (at < end) {
            byte b = bytes[at];
            if (b == '"') {
                int close = closingQuote(bytes, at + 1, end);
                if (close + 1 >= end || bytes[close + 1] != ':') {
                    addLeaf(at + 1, Math.min(close, end));
                }
                at = close + 1;
            } else if (b == '{' || b == '}' || b == '[' || b == ']' || b == ',' || b == ':') {
                at++;
            } else {
                int from = at;
                while (at < end && bytes[at] != ',' && bytes[at] != '}' && bytes[at] != ']') {
                    at++;
                }
                addLeaf(from, at);
            }
            if (leafCount - before > LEAVES_MAX) {
                return false;
            }
        }
        return true;
    }

    private static int closingQuote(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        return at;
    }

    private void addLeaf(int start, int end) {
        if (leafCount == leafStarts.length) {
            leafStarts = Arrays.copyOf(leafStarts, 2 * leafCount);
            leafEnds = Arrays.copyOf(leafEnds, 2 * leafCount);
        }
        leafStarts[leafCount] = start;
        leafEnds[leafCount++] = end;
    }

    private void write(Slices texts, int shape, PageImage page) {
        int model = shapeRow[shape];
        int leaves = firstLeaf[model + 1] - firstLeaf[model];
        Slices[] varying = new Slices[leaves];
        int count = 0;
        literals.clear();
        literalEnds.clear();
        int from = texts.starts[model];
        for (int i = 0; i < leaves; i++) {
            Slices leaf = leaf(texts, shape, i);
            if (!leaf.isConstant()) {
                literals.put(texts.bytes, from, leaf.starts[model] - from);
                literalEnds.put32(literals.length());
                from = leaf.ends[model];
                varying[count++] = leaf;
            }
        }
        literals.put(texts.bytes, from, texts.ends[model] - from);
        literalEnds.put32(literals.length());
        ByteSink columns = page.columns();
        int lengthAt = columns.length();
        columns.put32(0);
        columns.put16(count);
        columns.put(literalEnds.bytes(), 0, literalEnds.length());
        columns.put(literals.bytes(), 0, literals.length());
        for (int i = 0; i < count; i++) {
            contents.encode(varying[i], page, 1);
        }
        columns.set32(lengthAt, columns.length() - lengthAt - Integer.BYTES);
    }

    private Slices leaf(Slices texts, int shape, int index) {
        Slices leaf = texts.unset();
        for (int row = 0; row < texts.rows; row++) {
            if (texts.isSet(row) && shapeOfRow[row] == shape) {
                leaf.starts[row] = leafStarts[firstLeaf[row] + index];
                leaf.ends[row] = leafEnds[firstLeaf[row] + index];
            }
        }
        return leaf;
    }
}
