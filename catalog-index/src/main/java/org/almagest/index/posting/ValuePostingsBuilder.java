package org.almagest.index.posting;

import java.nio.ByteBuffer;

/** Collects the code of every row, in row order, and lays them out as {@link ValuePostings}. One thread. */
public final class ValuePostingsBuilder {
    private final PostingTableBuilder table = new PostingTableBuilder();

    /** Adds the code of the next row, 0 when it is unset; below {@link PostingTableBuilder#KEY_LIMIT}. */
    public void add(long code) {
        table.add(code, table.pairCount());
    }

    /** Makes the bitmaps and returns how many bytes {@link #write} needs; nothing may be added afterwards. */
    public int bodyBytes() {
        return table.bodyBytes();
    }

    /** Writes the body at the position of a buffer; nothing may be added afterwards. */
    public void write(ByteBuffer target) {
        table.write(target, table.pairCount());
    }
}
