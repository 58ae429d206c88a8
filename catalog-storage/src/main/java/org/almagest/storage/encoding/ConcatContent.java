package org.almagest.storage.encoding;

import java.util.Arrays;
import org.almagest.error.CorruptSectionException;

/** {@link Encoding#CONCAT}. */
final class ConcatContent extends ContentReader {
    private final int depth;
    private ContentSlot[] slots = {};
    private ContentReader[] parts = {};
    private int count;

    ConcatContent(int depth) {
        this.depth = depth;
    }

    @Override
    public int open(PageBytes page, int at) throws CorruptSectionException {
        count = page.u16(at);
        if (slots.length < count) {
            int before = slots.length;
            slots = Arrays.copyOf(slots, count);
            parts = new ContentReader[count];
            for (int i = before; i < count; i++) {
                slots[i] = new ContentSlot(depth);
            }
        }
        int next = at + Short.BYTES;
        for (int i = 0; i < count; i++) {
            parts[i] = slots[i].open(page, next);
            next = slots[i].end();
        }
        return next;
    }

    @Override
    boolean addTo(ContentPieces pieces) throws CorruptSectionException {
        for (int i = 0; i < count; i++) {
            if (!parts[i].addTo(pieces)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void put(int row, ByteSink out) throws CorruptSectionException {
        for (int i = 0; i < count; i++) {
            parts[i].put(row, out);
        }
    }
}
