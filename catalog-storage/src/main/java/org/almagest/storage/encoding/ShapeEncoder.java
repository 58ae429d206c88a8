package org.almagest.storage.encoding;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Describes texts as {@link Encoding#SHAPES}, where few shapes serve many rows. One thread.
 *
 * <p>The leaves of JSON are what stands in quotes and is no name, numbers, true, false and null; those of other texts are
 * words, which are letters and digits.
 */
public final class ShapeEncoder {
    private static final int SHAPES_MAX = 16;
    private static final int LEAVES_MAX = 8_192;
    private static final int WORDS_MAX = 64;
    private static final int WORDS_BYTES_MAX = 1_024;
    /** A shape is described once; fewer rows than these for each would not pay for it. */
    private static final int ROWS_PER_SHAPE_MIN = 2;

    private static final boolean[] WORD_BYTES = new boolean[256];

    static {
        for (int b = 0; b < WORD_BYTES.length; b++) {
            WORD_BYTES[b] = b >= 0x80 || b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z';
        }
    }

    private final ContentEncoder contents;
    private final Split split;
    /** Leaves of texts without repeats, used again for each. */
    private @Nullable Slices[] pool = {};

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

    private ShapeEncoder(ContentEncoder contents, Split split) {
        this.contents = contents;
        this.split = split;
    }

    /** Makes an encoder of JSON. */
    public static ShapeEncoder ofJson(ContentEncoder contents) {
        return new ShapeEncoder(contents, Split.JSON);
    }

    /** Makes an encoder of texts; it must not be used for their words again. */
    static ShapeEncoder ofWords(ContentEncoder contents) {
        return new ShapeEncoder(contents, Split.WORDS);
    }

    private enum Split {
        JSON,
        WORDS
    }

    /**
     * Describes the texts of the rows that have one; false, having described nothing, where they have no shapes in common.
     *
     * @param depth how deep their leaves are
     */
    public boolean encode(Slices texts, PageImage page, int depth) {
        int set = 0;
        for (int row = 0; row < texts.rows; row++) {
            set += texts.isSet(row) ? 1 : 0;
        }
        if (set < ROWS_PER_SHAPE_MIN || texts.isConstant() || !findShapes(texts, set)) {
            return false;
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
            write(texts, shape, page, depth);
            most = Math.max(most, page.recordBits());
        }
        page.recordBits(most);
        return true;
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
            if (to - from != otherTo - otherFrom || !Slices.areEqual(texts.bytes, from, otherFrom, to - from)) {
                return false;
            }
            from = i == leaves ? to : leafEnds[leaf];
            otherFrom = i == leaves ? otherTo : leafEnds[otherLeaf];
        }
        return true;
    }

    private boolean findLeaves(byte[] bytes, int start, int end) {
        return split == Split.JSON ? findJsonLeaves(bytes, start, end) : findWords(bytes, start, end);
    }

    /** Notes where the words of a text lie; false where they are one or many. */
    private boolean findWords(byte[] bytes, int start, int end) {
        int before = leafCount;
        int at = start;
        while (at < end && end - start <= WORDS_BYTES_MAX) {
            if (isWord(bytes[at])) {
                int from = at;
                while (at < end && isWord(bytes[at])) {
                    at++;
                }
                addLeaf(from, at);
            } else {
                at++;
            }
        }
        return at == end && leafCount - before > 1 && leafCount - before <= WORDS_MAX;
    }

    private static boolean isWord(byte b) {
        return WORD_BYTES[b & 0xFF];
    }

    private boolean findJsonLeaves(byte[] bytes, int start, int end) {
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

    private void write(Slices texts, int shape, PageImage page, int depth) {
        int model = shapeRow[shape];
        int leaves = firstLeaf[model + 1] - firstLeaf[model];
        Slices[] varying = new Slices[leaves];
        int count = 0;
        literals.clear();
        literalEnds.clear();
        int from = texts.starts[model];
        for (int i = 0; i < leaves; i++) {
            Slices leaf = leaf(texts, shape, i, page);
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
            contents.encode(varying[i], page, depth);
        }
        columns.set32(lengthAt, columns.length() - lengthAt - Integer.BYTES);
    }

    private Slices leaf(Slices texts, int shape, int index, PageImage page) {
        Slices leaf = page.repeats().isEnabled() ? texts.unset() : pooled(texts, index);
        for (int row = 0; row < texts.rows; row++) {
            if (texts.isSet(row) && shapeOfRow[row] == shape) {
                leaf.starts[row] = leafStarts[firstLeaf[row] + index];
                leaf.ends[row] = leafEnds[firstLeaf[row] + index];
            }
        }
        return leaf;
    }

    /** Returns slices that are unset; those of one index are not used any more when the next shape is described. */
    private Slices pooled(Slices texts, int index) {
        if (index >= pool.length) {
            pool = Arrays.copyOf(pool, Math.max(index + 1, 2 * pool.length));
        }
        Slices known = pool[index];
        int[] starts = known == null ? new int[PageFormat.ROWS_MAX] : known.starts;
        int[] ends = known == null ? new int[PageFormat.ROWS_MAX] : known.ends;
        Arrays.fill(starts, 0, texts.rows, Slices.UNSET);
        Slices unset = new Slices(texts.bytes, starts, ends, texts.rows);
        pool[index] = unset;
        return unset;
    }
}
