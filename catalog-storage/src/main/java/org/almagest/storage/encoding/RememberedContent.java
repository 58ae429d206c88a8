package org.almagest.storage.encoding;

import org.almagest.error.CorruptSectionException;

/**
 * A column that several others refer to, such as a name that stands in every link of a row: its text of a row is put
 * together once. One thread; moved from page to page.
 */
final class RememberedContent extends ContentReader {
    private static final int NO_ROW = -1;

    private final ContentSlot slot;
    private final ByteSink text = new ByteSink();
    private ContentReader contents = new ConstantContent();
    private int textRow = NO_ROW;

    RememberedContent(int depth) {
        this.slot = new ContentSlot(depth);
    }

    @Override
    public int open(PageBytes page, int at) throws CorruptSectionException {
        textRow = NO_ROW;
        contents = slot.open(page, at);
        return slot.end();
    }

    @Override
    public void put(int row, ByteSink out) throws CorruptSectionException {
        if (row != textRow) {
            textRow = NO_ROW;
            text.clear();
            contents.put(row, text);
            textRow = row;
        }
        out.put(text.bytes(), 0, text.length());
    }
}
