package org.almagest.storage.segment;

import java.util.Objects;
import org.almagest.error.CorruptSectionException;

/**
 * Reads rows of one segment, neighbours from the same page without unpacking it again. One thread; each query has its
 * own.
 *
 * <p>Before the first {@link #seek}, and after one that failed, there is no row to ask about.
 */
public final class PageCursor {
    private static final int NO_PAGE = -1;

    private final PageDirectory directory;
    private final CommitTable commits;
    private final PageDecoder decoder;
    private final int rowCount;
    private int page = NO_PAGE;
    private int pageFirstRow;
    private int pageEndRow;
    private int rowInPage;

    PageCursor(SegmentFile segment, PageDirectory directory, CommitTable commits) {
        this.directory = directory;
        this.commits = commits;
        this.decoder = new PageDecoder(segment);
        this.rowCount = segment.footer().rowCount();
    }

    /**
     * Moves to a row; cheap within the page of the row before.
     *
     * @throws org.almagest.error.CorruptStoreException if its page does not hold what it must
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public void seek(int row) {
        if (row < pageFirstRow || row >= pageEndRow) {
            Objects.checkIndex(row, rowCount);
            load(page != NO_PAGE && row == pageEndRow ? page + 1 : directory.pageOf(row));
        }
        rowInPage = row - pageFirstRow;
    }

    private void load(int wanted) {
        page = NO_PAGE;
        pageFirstRow = 0;
        pageEndRow = 0;
        try {
            decoder.decode(directory, wanted);
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
        page = wanted;
        pageFirstRow = directory.firstRow(wanted);
        pageEndRow = directory.firstRow(wanted + 1);
    }

    /** Returns the array that holds the body; the next {@link #seek} may fill it with other rows. */
    public byte[] bytes() {
        return decoder.raw();
    }

    /** Returns where in {@link #bytes} the body begins. */
    public int bodyOffset() {
        return decoder.bodyOffset(rowInPage);
    }

    /** Returns how many bytes the body has. */
    public int bodyLength() {
        return decoder.bodyOffset(rowInPage + 1) - decoder.bodyOffset(rowInPage);
    }

    /** Returns the sequence number of the commit that made the row. */
    public long commitSequence() {
        return commits.sequence(decoder.commitOrdinal(rowInPage));
    }

    /** Returns the ingestion time of the row in Unix microseconds. */
    public long ingestionMicros() {
        return commits.ingestionMicros(decoder.commitOrdinal(rowInPage));
    }
}
