package org.almagest.storage.encoding;

import org.almagest.error.CorruptSectionException;

/** {@link Encoding#CONSTANT}. */
public final class ConstantContent extends ContentReader {
    private PageBytes page = new PageBytes();
    private int start;
    private int length;

    @Override
    public int open(PageBytes opened, int at) throws CorruptSectionException {
        page = opened;
        length = opened.i32(at);
        start = at + Integer.BYTES;
        opened.checkHead(start, length);
        return start + length;
    }

    @Override
    public void put(int row, ByteSink out) {
        page.put(start, length, out);
    }

    @Override
    boolean addTo(ContentPieces pieces) {
        pieces.literal(start, length);
        return true;
    }

    @Override
    public int entry(int row) {
        return 0;
    }

    @Override
    public int entries() {
        return 1;
    }
}
