package org.almagest.storage.segment;

import java.nio.ByteBuffer;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.format.Presence;
import org.almagest.storage.encoding.PageFormat;

/**
 * Which page holds a row, and where it lies. Safe to share between threads.
 *
 * <p>Little-endian. Pages follow each other without gaps, from the end of the header to the end that the footer tells;
 * rows and offsets ascend, the first row is 0.
 *
 * <pre>
 * offset  bytes  field  constraint
 * 0       8n     pages  u32 first row, then u32 offset in the segment
 * </pre>
 */
final class PageDirectory {
    /** Bytes of one entry. */
    static final int ROW_BYTES = 2 * Integer.BYTES;

    private final ByteBuffer body;
    private final Presence presence;
    private final int count;
    private final int rowCount;
    private final int pagesEnd;

    private PageDirectory(ByteBuffer body, Presence presence, SegmentFooter footer) {
        this.body = body;
        this.presence = presence;
        this.count = footer.pageCount();
        this.rowCount = footer.rowCount();
        this.pagesEnd = SegmentHeader.FRAME_BYTES + (int) footer.pageBytes();
    }

    /** Opens a body and checks every entry: a few thousand for a million rows. */
    static PageDirectory open(ByteBuffer body, Presence presence, SegmentFooter footer, String resource)
            throws CorruptSectionException {
        if (body.limit() != (long) footer.pageCount() * ROW_BYTES) {
            throw new CorruptSectionException(
                    "page directory: " + body.limit() + " bytes (expected " + footer.pageCount() + " × " + ROW_BYTES
                            + ")",
                    resource);
        }
        PageDirectory directory = new PageDirectory(body, presence, footer);
        if (directory.firstRow(0) != 0 || directory.offset(0) != SegmentHeader.FRAME_BYTES) {
            throw new CorruptSectionException("page directory: begins after the first row or page", resource);
        }
        for (int page = 0; page < directory.count; page++) {
            // In long, so that offsets above Integer.MAX_VALUE are below the one before: all ascend to the end of
            // pages.
            long rows = (long) directory.firstRow(page + 1) - directory.firstRow(page);
            long bytes = (long) directory.offset(page + 1) - directory.offset(page);
            if (rows < 1 || rows > PageFormat.ROWS_MAX || bytes < PageFormat.BYTES_MIN) {
                throw new CorruptSectionException(
                        "page directory: page " + page + ": " + rows + " rows in " + bytes + " bytes", resource);
            }
        }
        return directory;
    }

    int count() {
        return count;
    }

    /** Returns the first row of a page; of the page after the last one, the number of rows. */
    int firstRow(int page) {
        return page == count ? rowCount : body.getInt(page * ROW_BYTES);
    }

    /** Returns where a page begins in the segment; of the page after the last one, where pages end. */
    int offset(int page) {
        return page == count ? pagesEnd : body.getInt(page * ROW_BYTES + Integer.BYTES);
    }

    /** Returns the page that holds a row. */
    int pageOf(int row) {
        assert row >= 0 && row < rowCount : row;
        // Most pages are full: then the page follows from the row.
        int guess = Math.min(row / PageFormat.ROWS_MAX, count - 1);
        presence.need(guess * ROW_BYTES, ROW_BYTES);
        if (firstRow(guess) <= row && row < firstRow(guess + 1)) {
            return guess;
        }
        int from = guess;
        int to = count;
        while (to - from > 1) {
            int middle = (from + to) >>> 1;
            if (firstRow(middle) <= row) {
                from = middle;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
