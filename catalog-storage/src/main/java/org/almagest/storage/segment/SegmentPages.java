package org.almagest.storage.segment;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.CorruptStoreException;
import org.almagest.storage.page.PageBodies;
import org.almagest.storage.page.PageSpan;

/**
 * The pages of an open segment, each checked when it is first used: the bytes never change, so once is enough. Safe to
 * share between threads.
 */
final class SegmentPages {
    /** A page of long values may be larger than all others together, and is read by blocks. */
    private static final int NEEDED_MAX = 64 << 10;

    private final SegmentFile segment;
    private final PageDirectory directory;
    private final AtomicIntegerArray checked;

    SegmentPages(SegmentFile segment, PageDirectory directory) {
        this.segment = segment;
        this.directory = directory;
        this.checked = new AtomicIntegerArray((directory.count() + Integer.SIZE - 1) / Integer.SIZE);
    }

    SegmentFile segment() {
        return segment;
    }

    PageDirectory directory() {
        return directory;
    }

    /** Checks a page unless that was done before; two threads may both do it. */
    void ensure(int page) throws CorruptSectionException {
        int word = page / Integer.SIZE;
        int bit = 1 << page % Integer.SIZE;
        if ((checked.getPlain(word) & bit) == 0) {
            check(page);
            checked.accumulateAndGet(word, bit, (bits, added) -> bits | added);
        }
    }

    /** Tells whether a page was checked before. */
    boolean isChecked(int page) {
        return (checked.getPlain(page / Integer.SIZE) & 1 << page % Integer.SIZE) != 0;
    }

    /** Brings a page into memory, but not what is only read a part at a time. */
    void need(int page) {
        segment.needPage(directory.offset(page), neededBytes(page));
    }

    /** Returns how many bytes of a page are brought in. */
    int neededBytes(int page) {
        return Math.min(directory.offset(page + 1) - directory.offset(page), NEEDED_MAX);
    }

    /** Checks a page. */
    void check(int page) throws CorruptSectionException {
        int offset = directory.offset(page);
        int length = directory.offset(page + 1) - offset;
        int firstRow = directory.firstRow(page);
        int rows = directory.firstRow(page + 1) - firstRow;
        try {
            segment.needPage(offset, length);
            PageSpan span = new PageSpan(offset, length, firstRow, rows);
            PageBodies.check(segment.bytes(), span, segment.place(offset));
        } catch (CorruptSectionException | RuntimeException | InternalError e) {
            throw refused(page, e);
        }
    }

    /** Returns the refusal of a page for whatever reading it threw, where no damage was meant to lead that far. */
    CorruptSectionException refused(int page, Throwable thrown) {
        if (thrown instanceof InternalError) {
            return segment.unreadable((InternalError) thrown);
        }
        boolean known = thrown instanceof CorruptSectionException;
        if (!known && !isDamage(thrown)) {
            throw (RuntimeException) thrown;
        }
        String rule = known
                ? ((CorruptSectionException) thrown).rule()
                : "columns lead outside of it (expected values in its records and heap)";
        CorruptSectionException refusal = new CorruptSectionException(
                "page " + page + ": " + rule, segment.name(), segment.fileOffset(directory.offset(page)));
        refusal.initCause(thrown);
        return refusal;
    }

    /** Bytes with a good checksum that lead outside the segment stop at the bounds of a buffer or an array. */
    private static boolean isDamage(Throwable thrown) {
        return thrown instanceof IndexOutOfBoundsException
                || thrown instanceof NegativeArraySizeException
                || thrown instanceof ArithmeticException;
    }

    /** The row that a cursor is at, and its page. One thread. */
    static final class Position {
        private static final int NO_PAGE = -1;

        private final SegmentPages pages;
        private final PageDirectory directory;
        private final CommitTable commits;
        private final Opener opener;
        private final int rowCount;
        private int page = NO_PAGE;
        private int pageFirstRow;
        private int pageEndRow;
        private int rowInPage;

        /** Turns to another page. */
        @FunctionalInterface
        interface Opener {
            void open(ByteBuffer buffer, int at, int row) throws CorruptSectionException;
        }

        Position(SegmentPages pages, CommitTable commits, Opener opener) {
            this.pages = pages;
            this.directory = pages.directory();
            this.commits = commits;
            this.opener = opener;
            this.rowCount = pages.segment().footer().rowCount();
        }

        void seek(int row) {
            if (row < pageFirstRow || row >= pageEndRow) {
                Objects.checkIndex(row, rowCount);
                load(page != NO_PAGE && row == pageEndRow ? page + 1 : directory.pageOf(row), row);
            }
            rowInPage = row - pageFirstRow;
        }

        /** Returns the first row of the page at hand. */
        int pageFirstRow() {
            return pageFirstRow;
        }

        /** Tells whether a row is in the page at hand. */
        boolean holds(int row) {
            return row >= pageFirstRow && row < pageEndRow;
        }

        private void load(int wanted, int row) {
            page = NO_PAGE;
            pageFirstRow = 0;
            pageEndRow = 0;
            try {
                pages.need(wanted);
                pages.ensure(wanted);
                opener.open(pages.segment().bytes(), directory.offset(wanted), row - directory.firstRow(wanted));
            } catch (CorruptSectionException e) {
                throw (e.resource().isEmpty() ? pages.refused(wanted, e) : e).toCorruptStore();
            } catch (RuntimeException | InternalError e) {
                throw pages.refused(wanted, e).toCorruptStore();
            }
            page = wanted;
            pageFirstRow = directory.firstRow(wanted);
            pageEndRow = directory.firstRow(wanted + 1);
        }

        int rowInPage() {
            return rowInPage;
        }

        /** Returns the refusal of the page at hand for what reading it threw. */
        CorruptStoreException refused(Throwable thrown) {
            return pages.refused(page, thrown).toCorruptStore();
        }

        long sequence(int commitOrdinal) {
            return commits.sequence(checked(commitOrdinal));
        }

        long ingestionMicros(int commitOrdinal) {
            return commits.ingestionMicros(checked(commitOrdinal));
        }

        private int checked(int commitOrdinal) {
            if (commitOrdinal < 0 || commitOrdinal >= commits.count()) {
                throw refused(new CorruptSectionException("row " + rowInPage + ": commit " + commitOrdinal, ""));
            }
            return commitOrdinal;
        }
    }
}
