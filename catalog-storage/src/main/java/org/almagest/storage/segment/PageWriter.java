package org.almagest.storage.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.almagest.error.CorruptSectionException;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.column.ColumnSet;
import org.almagest.storage.column.ColumnWriter;
import org.almagest.storage.encoding.Slices;
import org.almagest.storage.page.PageBuilder;
import org.jspecify.annotations.Nullable;

/** Gathers rows into pages and notes where each begins. One thread. */
final class PageWriter {
    /** What a column keeps of a row beside its bytes. */
    private static final int COLUMN_VALUE_BYTES_MAX = 3 * Long.BYTES;

    private final SegmentOutput output;
    private final SegmentIdentity identity;
    private final PageBuilder builder;
    private final @Nullable ColumnSet columns;
    private final SectionBuffer directory = new SectionBuffer(ByteOrder.LITTLE_ENDIAN);
    private int firstRow;
    private int pageCount;

    /**
     * Begins without rows.
     *
     * @param columns gets the values of each page before it is written
     */
    PageWriter(SegmentOutput output, SegmentIdentity identity, DatasetSchema schema, @Nullable ColumnSet columns) {
        this.output = output;
        this.identity = identity;
        this.builder = new PageBuilder(schema);
        this.columns = columns;
    }

    /** Returns how many pages were written. */
    int pageCount() {
        return pageCount;
    }

    /** Returns the directory of all pages written. */
    SectionBuffer directory() {
        return directory;
    }

    /** Returns how many bytes the page that fills, and what it adds to columns, will have at most. */
    long pendingBytes() {
        int fields = columns == null ? 0 : columns.columns().size();
        return builder.bytesMax()
                + (fields == 0 ? 0 : builder.bodyBytes())
                + (long) builder.rows() * fields * COLUMN_VALUE_BYTES_MAX;
    }

    void add(int commitOrdinal, SegmentRow row) throws IOException {
        if (builder.isFull(row.bodyLength)) {
            flush();
        }
        builder.add(commitOrdinal, row.body, row.bodyOffset, row.bodyLength);
    }

    /** Writes the rows that wait as a page; does nothing when there are none. */
    void flush() throws IOException {
        int rows = builder.rows();
        if (rows == 0) {
            return;
        }
        addColumns();
        directory.room(2 * Integer.BYTES).putInt(firstRow).putInt((int) output.position());
        builder.<IOException>finish(
                firstRow,
                identity.place(output.start() + output.position()),
                (bytes, length) -> output.append(ByteBuffer.wrap(bytes, 0, length)));
        pageCount++;
        firstRow += rows;
    }

    private void addColumns() {
        if (columns == null) {
            return;
        }
        try {
            if (builder.hasOddBodies()) {
                Slices bodies = builder.bodies(); // row by row, which tells what is wrong with them
                for (int row = 0; row < bodies.rows; row++) {
                    columns.add(bodies.bytes, bodies.starts[row], bodies.length(row));
                }
                return;
            }
            for (ColumnWriter column : columns.columns()) {
                Slices values = builder.values(column.fieldNumber());
                column.addAll(values.bytes, values.starts, values.ends, values.rows);
            }
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }
}
