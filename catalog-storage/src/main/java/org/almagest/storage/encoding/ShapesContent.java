package org.almagest.storage.encoding;

import java.util.Arrays;
import org.almagest.error.CorruptSectionException;

/**
 * {@link Encoding#SHAPES}: texts of which many are equal but for their leaves.
 *
 * <p>Packed shapes; u16 count of shapes; for each u32 bytes that describe it, which are u16 leaves, u32 end of each of
 * the literals between them (one more than leaves), the literals, then each leaf as a column of its own.
 */
final class ShapesContent extends ContentReader {
    private final int depth;
    private final Packed shapes = new Packed();
    private PageBytes page = new PageBytes();
    private Shape[] known = {};
    private int count;

    ShapesContent(int depth) {
        this.depth = depth;
    }

    @Override
    public int open(PageBytes opened, int at) throws CorruptSectionException {
        page = opened;
        int next = shapes.open(opened, at);
        count = opened.u16(next);
        next += Short.BYTES;
        if (known.length < count) {
            int before = known.length;
            known = Arrays.copyOf(known, count);
            for (int i = before; i < count; i++) {
                known[i] = new Shape(depth);
            }
        }
        for (int i = 0; i < count; i++) {
            int bytes = opened.i32(next);
            next += Integer.BYTES;
            opened.checkHead(next, bytes);
            known[i].place(next);
            next += bytes;
        }
        return next;
    }

    @Override
    public void put(int row, ByteSink out) throws CorruptSectionException {
        long shape = shapes.get(row);
        if (shape < 0 || shape >= count) {
            throw PageBytes.corrupt("shape " + shape + " of " + count);
        }
        known[(int) shape].put(page, row, out);
    }

    /** One shape; opened when a row of it is read. */
    private static final class Shape {
        private static final int OPEN = -1;

        private final ContentPieces pieces;
        private int at;

        Shape(int depth) {
            this.pieces = new ContentPieces(depth);
        }

        void place(int start) {
            at = start;
        }

        private void open(PageBytes page) throws CorruptSectionException {
            int leafCount = page.u16(at);
            int ends = at + Short.BYTES;
            int literals = ends + (leafCount + 1) * Integer.BYTES;
            int length = page.i32(literals - Integer.BYTES);
            page.checkHead(literals, length);
            int next = literals + length;
            pieces.clear(page);
            int from = 0;
            for (int i = 0; i <= leafCount; i++) {
                int to = page.i32(ends + i * Integer.BYTES);
                if (to < from || to > length) {
                    throw PageBytes.corrupt("literal from " + from + " to " + to);
                }
                pieces.literal(literals + from, to - from);
                from = to;
                if (i < leafCount) {
                    next = pieces.column(next);
                }
            }
            at = OPEN;
        }

        void put(PageBytes page, int row, ByteSink out) throws CorruptSectionException {
            if (at != OPEN) {
                open(page);
            }
            pieces.put(row, out);
        }
    }
}
