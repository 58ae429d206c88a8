package org.almagest.index.posting;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.almagest.error.CorruptSectionException;
import org.roaringbitmap.buffer.BufferFastAggregation;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;

/**
 * From a number to the rows that have it, as one compressed bitmap each. Immutable, safe to share between threads.
 *
 * <p>Format, version 1: little-endian; {@code ValuePostingsTest} holds a worked example. Entries are checked at open, a
 * bitmap in full when it is read for the first time; bitmaps are used where they lie.
 *
 * <pre>
 * offset   bytes  field        constraint
 * 0        4      row count    rows of the segment: 0..ROW_COUNT_MAX
 * 4        4      entry count  e: 0..ENTRY_COUNT_MAX
 * 8        16e    entries      u64 key, ascending, below 2^63; u32 bytes of all bitmaps before; u32 rows, 1..row count
 * 8 + 16e  p      bitmaps      RoaringFormatSpec, one behind the other
 * </pre>
 */
public final class PostingTable {
    static final int ROW_COUNT_OFFSET = 0;
    static final int ENTRY_COUNT_OFFSET = 4;
    static final int ENTRIES_OFFSET = 8;

    /** The most rows. */
    public static final int ROW_COUNT_MAX = 1 << 26;

    /** The most entries. */
    public static final int ENTRY_COUNT_MAX = 1 << 20;

    static final int ENTRY_BYTES = 16;

    private final ByteBuffer body;
    private final int rowCount;
    private final int entryCount;
    private final String resource;

    /** 1 for each entry whose bitmap was checked; threads may check one twice. */
    private final byte[] checked;

    private PostingTable(ByteBuffer body, String resource) {
        this.body = body;
        this.rowCount = body.getInt(ROW_COUNT_OFFSET);
        this.entryCount = body.getInt(ENTRY_COUNT_OFFSET);
        this.resource = resource;
        this.checked = new byte[entryCount];
    }

    /**
     * Opens a body without copying it; the bytes must not change while the result is in use.
     *
     * @param resource named in a failure
     * @throws CorruptSectionException if counts and entries do not fit each other and the length
     */
    public static PostingTable open(ByteBuffer section, String resource) throws CorruptSectionException {
        ByteBuffer body = section.slice().order(ByteOrder.LITTLE_ENDIAN);
        int length = body.limit();
        int rows = length < ENTRIES_OFFSET ? -1 : body.getInt(ROW_COUNT_OFFSET);
        int entries = rows < 0 ? -1 : body.getInt(ENTRY_COUNT_OFFSET);
        boolean bounded = rows <= ROW_COUNT_MAX && entries >= 0 && entries <= ENTRY_COUNT_MAX;
        if (!bounded || length < ENTRIES_OFFSET + entries * ENTRY_BYTES) {
            throw new CorruptSectionException(
                    "postings: " + rows + " rows, " + entries + " entries in a body of " + length + " bytes", resource);
        }
        PostingTable table = new PostingTable(body, resource);
        for (int entry = 0; entry < entries; entry++) {
            boolean ascending = table.key(entry) >= 0 && (entry == 0 || table.key(entry) > table.key(entry - 1));
            boolean placed = table.start(entry) >= 0 && table.start(entry) < table.end(entry);
            if (!ascending || !placed || table.count(entry) < 1 || table.count(entry) > rows) {
                throw new CorruptSectionException(
                        "postings: entry " + entry + ": key " + table.key(entry) + ", " + table.count(entry)
                                + " rows in bytes " + table.start(entry) + " to " + table.end(entry),
                        resource);
            }
        }
        int first = entries == 0 ? table.bitmapBytes() : table.start(0);
        if (first != 0 || table.entryCount > 0 && table.end(entries - 1) != table.bitmapBytes()) {
            throw new CorruptSectionException("postings: bytes without an entry: " + first, resource);
        }
        return table;
    }

    private int bitmapBytes() {
        return body.limit() - ENTRIES_OFFSET - entryCount * ENTRY_BYTES;
    }

    private int start(int entry) {
        return body.getInt(ENTRIES_OFFSET + entry * ENTRY_BYTES + Long.BYTES);
    }

    private int end(int entry) {
        return entry + 1 < entryCount ? start(entry + 1) : bitmapBytes();
    }

    /** Returns how many rows the segment has. */
    public int rowCount() {
        return rowCount;
    }

    /** Returns how many keys there are. */
    public int entryCount() {
        return entryCount;
    }

    /** Returns the key of an entry; keys ascend. */
    public long key(int entry) {
        return body.getLong(ENTRIES_OFFSET + entry * ENTRY_BYTES);
    }

    /** Returns how many rows an entry has, without reading its bitmap. */
    public int count(int entry) {
        return body.getInt(ENTRIES_OFFSET + entry * ENTRY_BYTES + Long.BYTES + Integer.BYTES);
    }

    /** Returns the first entry whose key is not below one, or {@link #entryCount} when all are. */
    public int lowerBound(long key) {
        int from = 0;
        int to = entryCount;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (key(middle) < key) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /**
     * Returns the rows of an entry, used where they lie.
     *
     * @throws CorruptSectionException if they are not a bitmap of as many existing rows as the entry says
     */
    public RowSet rows(int entry) throws CorruptSectionException {
        return new RowSet(bitmap(entry));
    }

    private ImmutableRoaringBitmap bitmap(int entry) throws CorruptSectionException {
        int base = ENTRIES_OFFSET + entryCount * ENTRY_BYTES;
        ByteBuffer bytes =
                body.slice(base + start(entry), end(entry) - start(entry)).order(ByteOrder.LITTLE_ENDIAN);
        if (checked[entry] == 0) {
            String problem = RoaringCheck.problem(bytes, count(entry), rowCount);
            if (!problem.isEmpty()) {
                throw new CorruptSectionException("postings: entry " + entry + ": " + problem, resource);
            }
            checked[entry] = 1;
        }
        return new ImmutableRoaringBitmap(bytes);
    }

    /**
     * Returns the rows of several entries together; a new bitmap when there is more than one.
     *
     * @throws CorruptSectionException if a bitmap does not hold
     */
    public RowSet union(int firstEntry, int endEntry) throws CorruptSectionException {
        List<ImmutableRoaringBitmap> parts = new ArrayList<>();
        for (int entry = firstEntry; entry < endEntry; entry++) {
            parts.add(bitmap(entry));
        }
        return union(parts);
    }

    private static RowSet union(List<ImmutableRoaringBitmap> parts) {
        if (parts.isEmpty()) {
            return RowSet.EMPTY;
        }
        return new RowSet(parts.size() == 1 ? parts.get(0) : BufferFastAggregation.or(parts.iterator()));
    }

    /** Returns what is wrong with a bitmap, or an empty text; reads everything. */
    public String findProblem() {
        try {
            for (int entry = 0; entry < entryCount; entry++) {
                bitmap(entry);
            }
            return "";
        } catch (CorruptSectionException e) {
            return e.rule();
        }
    }
}
