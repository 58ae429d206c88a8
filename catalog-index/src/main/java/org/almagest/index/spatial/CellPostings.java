package org.almagest.index.spatial;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.almagest.error.CorruptSectionException;
import org.almagest.index.posting.PostingTable;
import org.almagest.index.posting.RowSet;
import org.almagest.model.BoundingBox;

/**
 * From geohash cells to the rows whose box meets them, as compressed bitmaps: candidates for large areas, and bounds on
 * their number without reading any. Immutable, safe to share between threads.
 *
 * <p>A row is entered in the cells of the finest precision at which its box meets at most four, but none finer than that
 * of the whole; one that is too wide even for cells of one character is entered in the single cell of precision 0. The
 * caller drops candidates by the boxes themselves.
 *
 * <p>Format, version 1: little-endian; {@code CellPostingsTest} holds a worked example. A key is a 1 and behind it the 5p
 * bits of a cell of precision p.
 *
 * <pre>
 * offset  bytes  field      constraint
 * 0       4      precision  1..PRECISION_MAX
 * 4       4      reserved   zero
 * 8       t      table      a {@link PostingTable}
 * </pre>
 */
public final class CellPostings {
    static final int PRECISION_OFFSET = 0;
    static final int RESERVED_OFFSET = 4;
    static final int TABLE_OFFSET = 8;

    /** The finest precision. */
    public static final int PRECISION_MAX = 5;

    /** The most cells of a row. */
    static final int CELLS_PER_ROW_MAX = 4;

    private static final int CHARACTER_BITS = 5;

    /** A cell is looked up by bisection while that costs less than looking at this many entries in order. */
    private static final int ENTRIES_PER_LOOKUP = 8;

    private final PostingTable table;
    private final int precision;

    /** Where the entries of each precision begin; one more element for the end. */
    private final int[] firsts;

    private CellPostings(PostingTable table, int precision) {
        this.table = table;
        this.precision = precision;
        this.firsts = new int[precision + 2];
        for (int p = 0; p < firsts.length; p++) {
            firsts[p] = table.lowerBound(key(0, p));
        }
    }

    /**
     * Opens a body without copying it; the bytes must not change while the result is in use.
     *
     * @param resource named in a failure
     * @throws CorruptSectionException if it has a key that is no cell, or parts that do not fit each other and the length
     */
    public static CellPostings open(ByteBuffer section, String resource) throws CorruptSectionException {
        ByteBuffer body = section.slice().order(ByteOrder.LITTLE_ENDIAN);
        int precision = body.limit() < TABLE_OFFSET ? -1 : body.getInt(PRECISION_OFFSET);
        if (precision < 1 || precision > PRECISION_MAX || body.getInt(RESERVED_OFFSET) != 0) {
            throw new CorruptSectionException(
                    "cells: precision " + precision + " in a body of " + body.limit() + " bytes", resource);
        }
        PostingTable table = PostingTable.open(body.slice(TABLE_OFFSET, body.limit() - TABLE_OFFSET), resource);
        for (int entry = 0; entry < table.entryCount(); entry++) {
            int bits = Long.SIZE - 1 - Long.numberOfLeadingZeros(table.key(entry));
            if (bits < 0 || bits % CHARACTER_BITS != 0 || bits > CHARACTER_BITS * precision) {
                throw new CorruptSectionException(
                        "cells: entry " + entry + ": key " + table.key(entry) + " is no cell", resource);
            }
        }
        return new CellPostings(table, precision);
    }

    static long key(long cell, int precision) {
        return 1L << CHARACTER_BITS * precision | cell;
    }

    /** Returns the precision of the finest cells. */
    public int precision() {
        return precision;
    }

    /** Returns how many rows the segment has. */
    public int rowCount() {
        return table.rowCount();
    }

    /** Returns how many cells have rows. */
    public int cellCount() {
        return table.entryCount();
    }

    /** Returns a bound on how many rows meet one of the boxes; reads no bitmap. */
    public int countMax(List<BoundingBox> boxes) {
        int[] entries = new int[table.entryCount()];
        int met = met(boxes, entries);
        long count = 0;
        for (int i = 0; i < met; i++) {
            count += table.count(entries[i]);
        }
        return (int) Math.min(count, table.rowCount());
    }

    /**
     * Returns the rows whose cells meet one of the boxes, where longitude 180 equals -180.
     *
     * @throws CorruptSectionException if a bitmap does not hold
     */
    public RowSet rows(List<BoundingBox> boxes) throws CorruptSectionException {
        int[] entries = new int[table.entryCount()];
        return table.union(entries, met(boxes, entries));
    }

    /** Collects the entries that meet one of the boxes, ascending and each once. */
    private int met(List<BoundingBox> boxes, int[] entries) {
        boolean[] seen = new boolean[entries.length];
        for (BoundingBox box : boxes) {
            for (int p = 0; p <= precision; p++) {
                CellWindow window = CellWindow.of(box, p);
                if (window.count() * ENTRIES_PER_LOOKUP < firsts[p + 1] - firsts[p]) {
                    for (long cell : window.cells()) {
                        int entry = table.lowerBound(key(cell, p));
                        if (entry < entries.length && table.key(entry) == key(cell, p)) {
                            seen[entry] = true;
                        }
                    }
                } else {
                    for (int entry = firsts[p]; entry < firsts[p + 1]; entry++) {
                        seen[entry] |= window.contains(table.key(entry) ^ key(0, p));
                    }
                }
            }
        }
        int count = 0;
        for (int entry = 0; entry < seen.length; entry++) {
            entries[count] = entry;
            count += seen[entry] ? 1 : 0;
        }
        return count;
    }

    /** Returns what is wrong with a bitmap, or an empty text; reads everything. */
    public String findProblem() {
        return table.findProblem();
    }

    /** Returns the cells that a box is entered in, all of one precision, as keys. */
    static long[] keys(float west, float south, float east, float north, int precision) {
        int p = precision;
        CellWindow window = CellWindow.ofSides(west, south, east, north, p);
        while (window.count() > CELLS_PER_ROW_MAX) {
            window = CellWindow.ofSides(west, south, east, north, --p);
        }
        long[] keys = window.cells();
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(keys[i], p);
        }
        Arrays.sort(keys);
        return keys;
    }
}
