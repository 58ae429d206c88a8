package org.almagest.storage.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.page.PageBuilder;

/** Gathers rows into pages and notes where each begins. One thread. */
final class PageWriter {
    private final SegmentOutput output;
    private final SegmentIdentity identity;
    private final PageBuilder builder;
    private final SectionBuffer directory = new SectionBuffer(ByteOrder.LITTLE_ENDIAN);
    private int firstRow;
    private int pageCount;

    PageWriter(SegmentOutput output, SegmentIdentity identity, DatasetSchema schema) {
        this.output = output;
        this.identity = identity;
        this.builder = new PageBuilder(schema);
    }

    /** Returns how many pages were written. */
    int pageCount() {
        return pageCount;
    }

    /** Returns the directory of all pages written. */
    SectionBuffer directory() {
        return directory;
    }

    /** Returns how many bytes the page that fills will have at most. */
    int pendingBytes() {
        return builder.bytesMax();
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
        directory.room(2 * Integer.BYTES).putInt(firstRow).putInt((int) output.position());
        builder.<IOException>finish(
                firstRow,
                identity.place(output.start() + output.position()),
                (bytes, length) -> output.append(ByteBuffer.wrap(bytes, 0, length)));
        pageCount++;
        firstRow += rows;
    }
}
