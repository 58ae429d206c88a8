package org.almagest.storage.page;

import java.util.UUID;
import org.almagest.error.CorruptSectionException;
import org.almagest.storage.encoding.ByteSink;
import org.almagest.storage.encoding.Encoding;
import org.almagest.storage.encoding.Packed;
import org.almagest.storage.encoding.PageBytes;

/** {@link Encoding#PAIR}. */
final class PairField extends FieldReader {
    private final Packed highs = new Packed();
    private final Packed lows = new Packed();

    @Override
    int open(PageBytes page, int at) throws CorruptSectionException {
        return lows.open(page, highs.open(page, at));
    }

    @Override
    Object value(int row) {
        return new UUID(highs.get(row), lows.get(row));
    }

    @Override
    void put(int row, ByteSink body) {
        body.put64(Long.reverseBytes(highs.get(row)));
        body.put64(Long.reverseBytes(lows.get(row)));
    }
}
