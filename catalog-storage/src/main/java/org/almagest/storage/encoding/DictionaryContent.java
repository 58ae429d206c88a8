package org.almagest.storage.encoding;

import org.almagest.error.CorruptSectionException;

/** {@link Encoding#DICTIONARY}. */
final class DictionaryContent extends ContentReader {
    private final Packed codes = new Packed();
    private PageBytes page = new PageBytes();
    private int count;
    private int ends;
    private int start;

    @Override
    public int open(PageBytes opened, int at) throws CorruptSectionException {
        page = opened;
        int next = codes.open(opened, at);
        count = opened.u16(next);
        ends = next + Short.BYTES;
        start = ends + count * Integer.BYTES;
        if (count == 0) {
            throw PageBytes.corrupt("dictionary of 0 values");
        }
        int length = opened.i32(start - Integer.BYTES);
        opened.checkHead(start, length);
        return start + length;
    }

    @Override
    public void put(int row, ByteSink out) throws CorruptSectionException {
        int entry = entry(row);
        int from = entry == 0 ? 0 : page.i32(ends + (entry - 1) * Integer.BYTES);
        int to = page.i32(ends + entry * Integer.BYTES);
        page.checkHead((long) start + from, (long) to - from);
        page.put(start + from, to - from, out);
    }

    @Override
    public int entry(int row) throws CorruptSectionException {
        long code = codes.get(row);
        if (code < 0 || code >= count) {
            throw PageBytes.corrupt("dictionary of " + count + " values: code " + code);
        }
        return (int) code;
    }

    @Override
    public int entries() {
        return count;
    }
}
