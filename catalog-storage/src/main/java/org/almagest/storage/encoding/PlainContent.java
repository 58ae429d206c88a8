package org.almagest.storage.encoding;

import org.almagest.error.CorruptSectionException;

/** {@link Encoding#PLAIN}. */
final class PlainContent extends ContentReader {
    private final Packed starts = new Packed();
    private final Packed lengths = new Packed();
    private PageBytes page = new PageBytes();

    @Override
    public int open(PageBytes opened, int at) throws CorruptSectionException {
        page = opened;
        return lengths.open(opened, starts.open(opened, at));
    }

    @Override
    public void put(int row, ByteSink out) throws CorruptSectionException {
        long from = page.heap + starts.get(row);
        long length = lengths.get(row);
        page.check(from, length);
        out.put(page.buffer, (int) from, (int) length);
    }
}
