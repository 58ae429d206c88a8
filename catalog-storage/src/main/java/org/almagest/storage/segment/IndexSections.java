package org.almagest.storage.segment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.almagest.index.posting.ValuePostingsBuilder;
import org.almagest.index.spatial.PackedTreeBuilder;
import org.almagest.storage.column.ColumnReader;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sections of a segment that follow from others, so that who writes one and who verifies it agree byte by
 * byte. Each is left out where it is not worth its bytes.
 */
final class IndexSections {
    /** Fewer rows than these are looked at one by one in less time than an index saves. */
    static final int ROWS_MIN = 1 << 10;

    /** A field with more values has no postings. */
    static final long POSTINGS_CODE_MAX = 256;

    /** The most bytes of a row in the tree, per entry: a box that wraps has two. */
    static final int TREE_ENTRY_BYTES_MAX = 11;

    private static final int BLOCK = 1 << 10;

    private IndexSections() {}

    /** Returns the tree over some boxes, as the box column has them; null for few rows. */
    static @Nullable SectionBuffer tree(ByteBuffer boxes) {
        if (boxes.limit() < ROWS_MIN * BoxColumn.ROW_BYTES) {
            return null;
        }
        PackedTreeBuilder builder = PackedTreeBuilder.of(boxes);
        SectionBuffer section = new SectionBuffer(ByteOrder.LITTLE_ENDIAN);
        builder.write(section.room(builder.bodyBytes()));
        return section;
    }

    /** Returns the rows of each value of a column; null for few rows, and where there are many values. */
    static @Nullable SectionBuffer postings(ColumnReader column) {
        int rows = column.codes().rowCount();
        if (rows < ROWS_MIN || column.maxCode() > POSTINGS_CODE_MAX) {
            return null;
        }
        ValuePostingsBuilder builder = new ValuePostingsBuilder();
        long[] codes = new long[BLOCK];
        for (int first = 0; first < rows; first += BLOCK) {
            int count = column.codes().codes(first, Math.min(BLOCK, rows - first), codes);
            for (int i = 0; i < count; i++) {
                builder.add(codes[i]);
            }
        }
        if (builder.bodyBytes() > postingsBytesMax(rows)) {
            return null;
        }
        SectionBuffer section = new SectionBuffer(ByteOrder.LITTLE_ENDIAN);
        builder.write(section.room(builder.bodyBytes()));
        return section;
    }

    /** Returns the most bytes that the postings of a field of so many rows have. */
    static int postingsBytesMax(int rows) {
        return rows; // with more, a scan of the codes reads less
    }
}
