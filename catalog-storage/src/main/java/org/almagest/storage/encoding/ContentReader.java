package org.almagest.storage.encoding;

import org.almagest.error.CorruptSectionException;

/** Reads the bytes that a column of a page has for a row. One thread; moved from page to page. */
public abstract class ContentReader {
    /** Returned by {@link #entry} where a row's bytes are its own. */
    public static final int OWN = -1;

    /** Opens what stands after the encoding at an index of the buffer and returns the index after it. */
    public abstract int open(PageBytes page, int at) throws CorruptSectionException;

    /** Appends the bytes of a row that has some. */
    public abstract void put(int row, ByteSink out) throws CorruptSectionException;

    /**
     * Adds what the bytes of every row consist of; false, whatever was added by then, where this has to be asked for it.
     *
     * <p>What is added stays right when this is opened elsewhere in the page.
     */
    boolean addTo(ContentPieces pieces) throws CorruptSectionException {
        return false;
    }

    /** Returns which of a few values the row has, so that what they mean is worked out once; or {@link #OWN}. */
    public int entry(int row) throws CorruptSectionException {
        return OWN;
    }

    /** Returns how many values {@link #entry} tells apart. */
    public int entries() {
        return 0;
    }
}
