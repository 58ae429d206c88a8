package org.almagest.storage.column;

import org.almagest.index.column.CodeColumnBuilder;
import org.almagest.index.stats.ZoneMapBuilder;

/** Where the codes of rows go, in row order. One thread. */
record CodeSink(ZoneMapBuilder zones, CodeColumnBuilder codes) {
    CodeSink() {
        this(new ZoneMapBuilder(), new CodeColumnBuilder());
    }

    void add(long code) {
        zones.add(code);
        codes.add(code);
    }
}
