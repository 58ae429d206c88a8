package org.almagest.storage.page;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.format.Place;
import org.almagest.storage.encoding.ByteSink;

/** Puts row bodies together again, byte for byte as they were; needs no schema. One thread. */
public final class PageBodies {
    private static final int FLAGS_NUMBER = 0;

    private final OpenPage page = new OpenPage();
    // Readers by number and type code, used again from page to page.
    private final Map<Long, PageColumn> known = new HashMap<>();
    private PageColumn[] columns = {};
    private final ByteSink body = new ByteSink();

    /**
     * Checks a page before it is opened for the first time.
     *
     * @param place where it lies in the file
     */
    public static void check(ByteBuffer buffer, PageSpan span, Place place) throws CorruptSectionException {
        OpenPage.check(buffer, span, place);
    }

    /** Moves to a page that was checked, and of which a row is next; the buffer is little-endian and must not change. */
    public void open(ByteBuffer buffer, int at, int row) throws CorruptSectionException {
        page.open(buffer, at, row);
        if (columns.length < page.columnCount()) {
            columns = new PageColumn[page.columnCount()];
        }
        for (int column = 0; column < page.columnCount(); column++) {
            long key = (long) page.number(column) << Byte.SIZE | page.typeCode(column);
            PageColumn reader = known.get(key);
            if (reader == null) {
                reader = new PageColumn(FieldType.of(page.typeCode(column), null));
                known.put(key, reader);
            }
            reader.place(page.bytes(column), page.start(column));
            columns[column] = reader;
        }
    }

    /** Returns the commit of a row, as an ordinal of the commit table. */
    public int commit(int rowInPage) {
        return page.commit(rowInPage);
    }

    /** Puts the body of a row together. */
    public void read(int rowInPage) throws CorruptSectionException {
        body.clear();
        if (page.isOdd(rowInPage)) {
            page.putOdd(rowInPage, body);
            return;
        }
        int flags = page.flags(rowInPage);
        if (flags != 0) {
            body.put8(FLAGS_NUMBER);
            body.put8(flags);
        }
        for (int column = 0; column < page.columnCount(); column++) {
            FieldReader reader = columns[column].at(rowInPage);
            if (reader != null) {
                body.putVarint(page.number(column));
                reader.put(rowInPage, body);
            }
        }
    }

    /** Returns the array that holds the body from its first byte on; {@link #read} fills it anew. */
    public byte[] bytes() {
        return body.bytes();
    }

    /** Returns how many bytes the body has. */
    public int length() {
        return body.length();
    }
}
