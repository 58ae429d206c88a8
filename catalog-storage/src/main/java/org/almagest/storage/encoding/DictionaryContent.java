package org.almagest.storage.encoding;

import org.almagest.error.CorruptSectionException;

/** {@link Encoding#DICTIONARY}. */
final class DictionaryContent extends ContentReader {
    private final Packed codes = new Packed();
    private PageBytes page = new PageBytes();
    private int count;
    private int ends;

    @Override
    public int open(PageBytes opened, int at) throws CorruptSectionException {
        page = opened;
        int next = codes.open(opened, at);
        count = opened.u16(next);
        ends = next + Short.BYTES;
        if (count == 0) {
            throw PageBytes.corrupt("dictionary of 0 values");
        }
        int start = ends + count * Integer.BYTES;
        int length = opened.i32(start - Integer.BYTES);
        opened.checkHead(start, length);
        return start + length;
    }

    @Override
    public void put(int row, ByteSink out) throws CorruptSectionException {
        putEntry(page, ends, count, codes.get(row), out);
    }

    /** Appends one of the values whose ends begin at an index of the buffer, and which stand after these. */
    static void putEntry(PageBytes page, int ends, int count, long code, ByteSink out) throws CorruptSectionException {
        int entry = checked(code, count);
        int start = ends + count * Integer.BYTES;
        // Not asked for by a branch, which nobody foresees: 0 for the first, else the end of the one before.
        int from = page.i32(ends + (entry - 1) * Integer.BYTES) & -entry >> 31;
        int to = page.i32(ends + entry * Integer.BYTES);
        if (from < 0) {
            throw PageBytes.corrupt("dictionary: value " + entry + " begins at " + from);
        }
        page.checkHead((long) start + from, (long) to - from);
        page.put(start + from, to - from, out);
    }

    @Override
    boolean addTo(ContentPieces pieces) throws CorruptSectionException {
        if (codes.isConstant()) {
            put(0, pieces.literals());
        } else {
            pieces.dictionary(codes, count, ends);
        }
        return true;
    }

    @Override
    public int entry(int row) throws CorruptSectionException {
        return checked(codes.get(row), count);
    }

    /** Returns a code that is one of a number of values. */
    private static int checked(long code, int count) throws CorruptSectionException {
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
