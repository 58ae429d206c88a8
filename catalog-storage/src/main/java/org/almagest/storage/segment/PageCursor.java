package org.almagest.storage.segment;

import org.almagest.error.CorruptSectionException;
import org.almagest.storage.page.PageBodies;

/**
 * Reads the bodies of rows of one segment. One thread; each reader has its own.
 *
 * <p>Before the first {@link #seek}, and after one that failed, there is no row to ask about.
 */
public final class PageCursor {
    private final PageBodies bodies = new PageBodies();
    private final SegmentPages.Position position;
    private boolean read;

    PageCursor(SegmentPages pages, CommitTable commits) {
        this.position = new SegmentPages.Position(pages, commits, bodies::open);
    }

    /**
     * Moves to a row; its body is put together when it is asked for.
     *
     * @throws org.almagest.error.CorruptStoreException if its page does not hold what it must
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public void seek(int row) {
        read = false;
        position.seek(row);
    }

    /** Returns the array that holds the body; after the next {@link #seek} it may be filled with another. */
    public byte[] bytes() {
        read();
        return bodies.bytes();
    }

    /** Returns where in {@link #bytes} the body begins. */
    public int bodyOffset() {
        return 0;
    }

    /** Returns how many bytes the body has. */
    public int bodyLength() {
        read();
        return bodies.length();
    }

    private void read() {
        if (read) {
            return;
        }
        try {
            bodies.read(position.rowInPage());
        } catch (CorruptSectionException | RuntimeException | InternalError e) {
            throw position.refused(e);
        }
        read = true;
    }

    /** Returns the sequence number of the commit that made the row. */
    public long commitSequence() {
        try {
            return position.sequence(bodies.commit(position.rowInPage()));
        } catch (InternalError e) {
            throw position.refused(e);
        }
    }

    /** Returns the ingestion time of the row in Unix microseconds. */
    public long ingestionMicros() {
        try {
            return position.ingestionMicros(bodies.commit(position.rowInPage()));
        } catch (InternalError e) {
            throw position.refused(e);
        }
    }
}
