package org.almagest.storage.segment;

import java.nio.ByteBuffer;
import org.almagest.storage.encoding.PageFormat;

/**
 * Reads a little of each place that the rows to come are going to be read from. One thread.
 *
 * <p>A row somewhere in a segment waits for memory four times, one after the other: for the entry of its page in the
 * directory, for the first bytes of the page, for what describes its columns, and for its record. Rows that are known
 * together wait for each of these together. Nothing depends on what is read. Pages that are not in memory are brought in.
 */
final class PagesAhead {
    private static final int LINE_BYTES = 64;
    private static final int NO_PAGE = -1;

    private final SegmentPages pages;
    private final PageDirectory directory;
    private final ByteBuffer bytes;
    private int[] starts = {};
    private int[] records = {};
    private int[] ends = {};

    /** Offset and length of each page. */
    private int[] parts = {};

    /** Takes what is read, so that it is not left out. */
    @SuppressWarnings("UnusedVariable")
    private int touched;

    PagesAhead(SegmentPages pages) {
        this.pages = pages;
        this.directory = pages.directory();
        this.bytes = pages.segment().bytes();
    }

    /** Reads ahead for some rows, as far as their pages were checked before: others are read in full at first. */
    void touch(int[] rows, int count) {
        if (starts.length < count) {
            starts = new int[count];
            records = new int[count];
            ends = new int[count];
            parts = new int[2 * count];
        }
        int before = NO_PAGE;
        int needed = 0;
        for (int i = 0; i < count; i++) {
            int page = directory.pageOf(rows[i]);
            if (page != before) {
                parts[needed++] = directory.offset(page);
                parts[needed++] = pages.neededBytes(page);
            }
            boolean isNew = page != before && pages.isChecked(page);
            starts[i] = isNew ? directory.offset(page) : NO_PAGE;
            records[i] = rows[i] - directory.firstRow(page);
            before = page;
        }
        pages.segment().needPages(parts, needed);
        for (int i = 0; i < count; i++) {
            if (starts[i] != NO_PAGE) {
                int start = starts[i];
                int bits = bytes.getInt(start + PageFormat.RECORD_BITS_OFFSET);
                int first = start + bytes.getInt(start + PageFormat.RECORDS_OFFSET);
                long bit = (long) records[i] * bits;
                records[i] = first + (int) (bit >>> 3);
                ends[i] = first + (int) (bit + bits >>> 3);
            }
        }
        int sum = 0;
        for (int i = 0; i < count; i++) {
            if (starts[i] != NO_PAGE) {
                sum += bytes.get(records[i]) + bytes.get(ends[i]) + touchHead(starts[i]);
            }
        }
        touched = sum;
    }

    private int touchHead(int start) {
        int sum = 0;
        int end = start + bytes.getInt(start + PageFormat.RECORDS_OFFSET);
        for (int at = start + LINE_BYTES; at < end; at += LINE_BYTES) {
            sum += bytes.get(at);
        }
        return sum;
    }
}
