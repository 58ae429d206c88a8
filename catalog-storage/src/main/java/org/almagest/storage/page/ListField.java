package org.almagest.storage.page;

import java.util.Arrays;
import java.util.List;
import org.almagest.error.CorruptSectionException;
import org.almagest.storage.encoding.ByteSink;
import org.almagest.storage.encoding.Encoding;
import org.almagest.storage.encoding.PageBytes;

/** {@link Encoding#LIST}. */
final class ListField extends FieldReader {
    private final FieldType elementType;
    private final int depth;
    private FieldSlot[] slots = {};
    private FieldReader[] elements = {};
    private int count;

    ListField(FieldType type, int depth) {
        this.elementType = type.elements();
        this.depth = depth;
    }

    @Override
    int open(PageBytes page, int at) throws CorruptSectionException {
        count = page.u16(at);
        if (count == 0) {
            throw PageBytes.corrupt("arrays without elements");
        }
        if (slots.length < count) {
            int before = slots.length;
            slots = Arrays.copyOf(slots, count);
            elements = new FieldReader[count];
            for (int i = before; i < count; i++) {
                slots[i] = new FieldSlot(elementType, depth);
            }
        }
        int next = at + Short.BYTES;
        for (int i = 0; i < count; i++) {
            elements[i] = slots[i].open(page, next);
            next = slots[i].end();
        }
        return next;
    }

    @Override
    Object value(int row) throws CorruptSectionException {
        Object[] values = new Object[count];
        for (int i = 0; i < count; i++) {
            values[i] = elements[i].value(row);
        }
        return List.of(values);
    }

    @Override
    void put(int row, ByteSink body) throws CorruptSectionException {
        body.put32(count);
        for (int i = 0; i < count; i++) {
            elements[i].put(row, body);
        }
    }
}
