package org.almagest.storage.encoding;

import java.util.Arrays;
import org.almagest.error.CorruptSectionException;
import org.jspecify.annotations.Nullable;

/**
 * What a text consists of, in one line: bytes that all rows have, and between them columns in which rows differ.
 *
 * <p>Texts of hundreds of pieces are put together from it without asking each what it consists of. One thread.
 */
final class ContentPieces {
    private final ByteSink literals = new ByteSink();
    private @Nullable ContentReader[] columns = new @Nullable ContentReader[16];

    /** By column, the index after the bytes that precede it. */
    private int[] ends = new int[16];

    private int count;

    void clear() {
        literals.clear();
        count = 0;
    }

    /** Adds bytes that describe columns, which all rows have. */
    void literal(PageBytes page, int from, int length) {
        page.put(from, length, literals);
    }

    /** Adds what differs from row to row. */
    void column(ContentReader column) {
        if (count == columns.length) {
            columns = Arrays.copyOf(columns, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        columns[count] = column;
        ends[count++] = literals.length();
    }

    /** Appends the text of a row. */
    void put(int row, ByteSink out) throws CorruptSectionException {
        byte[] bytes = literals.bytes();
        int from = 0;
        for (int i = 0; i < count; i++) {
            int end = ends[i];
            if (end > from) {
                out.put(bytes, from, end - from);
            }
            ContentReader column = columns[i];
            assert column != null : i;
            putColumn(column, row, out);
            from = end;
        }
        if (from < literals.length()) {
            out.put(bytes, from, literals.length() - from);
        }
    }

    /** What short texts mostly consist of is told apart here, since a call of whatever a column is takes as long as it. */
    private static void putColumn(ContentReader column, int row, ByteSink out) throws CorruptSectionException {
        if (column instanceof DigitsContent) {
            ((DigitsContent) column).put(row, out);
        } else if (column instanceof DictionaryContent) {
            ((DictionaryContent) column).put(row, out);
        } else {
            column.put(row, out);
        }
    }
}
