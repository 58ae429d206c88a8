package org.almagest.storage.column;

import org.almagest.index.column.CodeColumnBuilder;
import org.almagest.index.stats.ZoneMapBuilder;

/** Where the codes of rows go, in row order. One thread. */
record CodeSink(ZoneMapBuilder zones, CodeColumnBuilder codes) {
    CodeSink() {
        this(new ZoneMapBuilder(), new CodeColumnBuilder());
    }

    /** Adds the codes of the next rows: as many as a block has, fewer only at the end. */
    void add(long[] block, int rows) {
        zones.addZone(block, rows);
        codes.addBlock(block, rows);
    }
}
