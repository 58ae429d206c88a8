package org.almagest.storage.encoding;

import java.util.Arrays;

/** Finds out whether a column has only a few values, giving up early where it has not. One thread. */
public final class DistinctValues {
    private static final int COUNT_MAX = 64;
    private static final int TABLE_SIZE = 4 * COUNT_MAX;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final short[] table = new short[TABLE_SIZE];
    private final int[] rowOfEntry = new int[COUNT_MAX];
    private final int[] entryOfRow = new int[PageFormat.ROWS_MAX];
    private Slices values = new Slices(new byte[0], new int[0], new int[0], 0);
    private int count;
    private long valueBytes;
    private long entryBytes;

    /** Looks at all values; false where they are too many to be a dictionary. */
    public boolean find(Slices column) {
        values = column;
        count = 0;
        valueBytes = 0;
        entryBytes = 0;
        int seen = 0;
        Arrays.fill(table, (short) -1);
        for (int row = 0; row < column.rows; row++) {
            if (column.isSet(row)) {
                seen++;
                valueBytes += column.length(row);
                if (!add(row) || count > 8 && count * 2 > seen + 8) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean add(int row) {
        int at = hash(row) & TABLE_SIZE - 1;
        while (table[at] >= 0) {
            if (values.areEqual(rowOfEntry[table[at]], row)) {
                entryOfRow[row] = table[at];
                return true;
            }
            at = at + 1 & TABLE_SIZE - 1;
        }
        if (count == COUNT_MAX) {
            return false;
        }
        table[at] = (short) count;
        rowOfEntry[count] = row;
        entryOfRow[row] = count++;
        entryBytes += values.length(row) + Integer.BYTES;
        return true;
    }

    /** Mixes the length with both ends, where values of one column differ most often. */
    private int hash(int row) {
        byte[] bytes = values.bytes;
        int start = values.starts[row];
        int end = values.ends[row];
        int hash = end - start;
        if (hash >= Long.BYTES) {
            long ends = ByteSink.get64(bytes, start) * MIX + ByteSink.get64(bytes, end - Long.BYTES);
            return (int) ((ends + hash) * MIX >>> Integer.SIZE);
        }
        for (int i = start; i < end; i++) {
            hash = hash * 31 + bytes[i];
        }
        return hash ^ hash >>> 8 ^ hash >>> 16;
    }

    /** Tells whether what was found takes clearly less as a dictionary. */
    public boolean pays() {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
        return (entryBytes + ((long) values.rows * bits >>> 3)) * 4 < (valueBytes + values.rows) * 3;
    }

    /** Describes what was found as {@link Encoding#DICTIONARY}. */
    public void write(PageImage page) {
        ByteSink columns = page.columns();
        columns.put8(Encoding.DICTIONARY);
        long[] codes = page.borrow();
        for (int row = 0; row < values.rows; row++) {
            codes[row] = values.isSet(row) ? entryOfRow[row] : 0;
        }
        page.pack(codes, values.starts);
        columns.put16(count);
        int end = 0;
        for (int entry = 0; entry < count; entry++) {
            end += values.length(rowOfEntry[entry]);
            columns.put32(end);
        }
        for (int entry = 0; entry < count; entry++) {
            int row = rowOfEntry[entry];
            columns.put(values.bytes, values.starts[row], values.length(row));
        }
    }
}
