package org.almagest.storage.encoding;

import java.util.Arrays;
import org.almagest.internal.format.Place;

/** One page while it is made: columns, packed integers and heap; used again for the next page. One thread. */
public final class PageImage {
    private final RepeatedColumns repeats;
    private final ByteSink columns = new ByteSink();
    private final ByteSink table = new ByteSink();
    private final ByteSink heap = new ByteSink();
    private final ByteSink page = new ByteSink();
    private int rows;
    private int columnCount;

    // The packed integers: codes by column, where in the record, how wide.
    private long[][] codes = new long[32][];
    private int[] bitOffsets = new int[32];
    private int[] widths = new int[32];
    private int packedCount;
    private int recordBits;

    /**
     * Makes an empty image.
     *
     * @param longValues whether it is of a page of long values
     */
    private PageImage(boolean longValues) {
        this.repeats = new RepeatedColumns(longValues);
    }

    /** Makes images of pages of what queries usually ask for. */
    public static PageImage ofShortValues() {
        return new PageImage(false);
    }

    /** Makes images of pages of long values. */
    public static PageImage ofLongValues() {
        return new PageImage(true);
    }

    RepeatedColumns repeats() {
        return repeats;
    }

    public void begin(int rowCount) {
        rows = rowCount;
        repeats.clear();
        columns.clear();
        table.clear();
        heap.clear();
        columnCount = 0;
        packedCount = 0;
        recordBits = 0;
    }

    public int rows() {
        return rows;
    }

    /** Returns where columns are described; the caller appends. */
    public ByteSink columns() {
        return columns;
    }

    /** Returns the heap; the caller appends. */
    public ByteSink heap() {
        return heap;
    }

    public boolean isEmpty() {
        return columns.length() == 0;
    }

    /** Begins a column of the page; what is appended to {@link #columns} until the next one describes it. */
    public void column(int number, int typeCode) {
        column(number, typeCode, PageFormat.SHORT_PART, columns.length());
    }

    /** Begins a column that the page of long values describes from its end on. */
    public void column(int number, int typeCode, PageImage longValues) {
        column(number, typeCode, PageFormat.LONG_PART, longValues.columns.length());
    }

    private void column(int number, int typeCode, int part, int start) {
        columnCount++;
        table.put32(number);
        table.put8(typeCode);
        table.put8(part);
        table.put16(0);
        table.put32(start);
    }

    public int recordBits() {
        return recordBits;
    }

    /** Goes back to a bit of the record, for columns of which a row uses only one. */
    public void recordBits(int bits) {
        recordBits = bits;
    }

    /** Takes some bits of the record for a bit per row and returns the first. */
    public int bits(int[] starts) {
        long[] values = borrow();
        for (int row = 0; row < rows; row++) {
            values[row] = starts[row] >= 0 ? 1 : 0;
        }
        return take(values, 1);
    }

    /** Returns an array of zeros, one for each row, that {@link #pack} may be given; it is never kept by others. */
    public long[] borrow() {
        if (packedCount == codes.length) {
            codes = Arrays.copyOf(codes, 2 * packedCount);
            bitOffsets = Arrays.copyOf(bitOffsets, 2 * packedCount);
            widths = Arrays.copyOf(widths, 2 * packedCount);
        }
        long[] values = codes[packedCount];
        if (values == null || values.length < rows) {
            values = new long[Math.max(rows, PageFormat.ROWS_MAX)];
            codes[packedCount] = values;
        } else {
            Arrays.fill(values, 0, rows, 0);
        }
        return values;
    }

    /** Describes the integers of the rows that have one; the array must be the one that was borrowed last. */
    public void pack(long[] values, int[] starts) {
        assert values == codes[packedCount] : "not the array that was borrowed";
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int row = 0; row < rows; row++) {
            if (starts[row] >= 0) {
                min = Math.min(min, values[row]);
                max = Math.max(max, values[row]);
            }
        }
        boolean any = min <= max;
        long base = any ? min : 0;
        int width = any ? Long.SIZE - Long.numberOfLeadingZeros(max - min) : 0;
        columns.put8(width);
        columns.put64(base);
        if (width == 0) {
            return;
        }
        for (int row = 0; row < rows; row++) {
            values[row] = starts[row] >= 0 ? values[row] - base : 0;
        }
        columns.put32(take(values, width));
    }

    private int take(long[] values, int width) {
        assert codes[packedCount] == values : "not the array that was borrowed";
        int at = recordBits;
        bitOffsets[packedCount] = at;
        widths[packedCount] = width;
        packedCount++;
        recordBits += width;
        return at;
    }

    /** Returns how long the page is going to be. */
    public int length() {
        return Math.toIntExact((long) heapStart() + heap.length() + PageFormat.MARGIN_BYTES + PageFormat.TRAILER_BYTES);
    }

    private int recordsStart() {
        return PageFormat.COLUMNS_OFFSET + table.length() + columns.length();
    }

    private int heapStart() {
        return Math.toIntExact(recordsStart() + (((long) recordBits * rows + 7) >>> 3));
    }

    /**
     * Writes the page and returns the sink that holds it, until the next page.
     *
     * @param place where in the file it is going to lie
     * @param longBytes how long the page of long values after it is
     */
    public ByteSink finish(int firstRow, Place place, int longBytes) {
        int columnsStart = PageFormat.COLUMNS_OFFSET + table.length();
        int recordsStart = recordsStart();
        int heapStart = heapStart();
        int length = length();
        page.clear();
        page.put32(length);
        page.put32(firstRow);
        page.put16(rows);
        page.put16(columnCount);
        page.put32(recordsStart);
        page.put32(recordBits);
        page.put32(heapStart);
        page.put32(longBytes);
        page.put32(0);
        for (int at = 0; at < table.length(); at += PageFormat.COLUMN_BYTES) {
            int start = at + PageFormat.COLUMN_START_AT;
            boolean isLong = table.bytes()[at + PageFormat.COLUMN_PART_AT] == PageFormat.LONG_PART;
            int from = isLong ? PageFormat.COLUMNS_OFFSET : columnsStart;
            table.set32(start, ByteSink.get32(table.bytes(), start) + from);
        }
        page.put(table.bytes(), 0, table.length());
        page.put(columns.bytes(), 0, columns.length());
        writeRecords(heapStart - recordsStart);
        page.put(heap.bytes(), 0, heap.length());
        page.put64(0);
        page.put32(place.crc32c(page.bytes(), 0, page.length()));
        assert page.length() == length : page.length();
        return page;
    }

    private void writeRecords(int recordBytes) {
        int start = page.length();
        page.length(start + recordBytes + Long.BYTES + 1);
        byte[] bytes = page.bytes();
        Arrays.fill(bytes, start, page.length(), (byte) 0);
        for (int i = 0; i < packedCount; i++) {
            long[] values = codes[i];
            int width = widths[i];
            long bit = bitOffsets[i];
            for (int row = 0; row < rows; row++, bit += recordBits) {
                int at = start + (int) (bit >>> 3);
                int shift = (int) bit & 7;
                ByteSink.set64(bytes, at, ByteSink.get64(bytes, at) | values[row] << shift);
                if (shift + width > Long.SIZE) {
                    bytes[at + Long.BYTES] |= (byte) (values[row] >>> Long.SIZE - shift);
                }
            }
        }
        page.length(start + recordBytes);
    }
}
