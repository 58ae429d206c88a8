package org.almagest.storage.page;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.format.Place;
import org.almagest.storage.encoding.ByteSink;
import org.almagest.storage.encoding.ContentSlot;
import org.almagest.storage.encoding.Packed;
import org.almagest.storage.encoding.PageBytes;
import org.almagest.storage.encoding.PageFormat;

/** The page that a cursor is at: its columns and those of the long values that belong to it. One thread. */
final class OpenPage {
    private final PageBytes page = new PageBytes();
    private final PageBytes longPage = new PageBytes();
    private final Packed commits = new Packed();
    private final Packed flags = new Packed();
    private final ContentSlot oddSlot = new ContentSlot(0);
    private boolean hasFlags;
    private int odd;
    private int oddBit;

    // The columns of fields, in the order of bodies.
    private int[] numbers = new int[16];
    private int[] typeCodes = new int[16];
    private int[] starts = new int[16];
    private boolean[] inLongPage = new boolean[16];
    private int columnCount;

    /** Returns about how many bytes are held of pages so far. */
    long held() {
        return page.held() + longPage.held();
    }

    int columnCount() {
        return columnCount;
    }

    int number(int column) {
        return numbers[column];
    }

    int typeCode(int column) {
        return typeCodes[column];
    }

    int start(int column) {
        return starts[column];
    }

    PageBytes bytes(int column) {
        return inLongPage[column] ? longPage : page;
    }

    /** Opens a page that was checked before, of which a row is going to be read. */
    void open(ByteBuffer buffer, int at, int row) throws CorruptSectionException {
        hasFlags = false;
        odd = 0;
        page.place(buffer, at);
        page.load(row);
        longPage.place(buffer, page.end);
        int columns = page.u16(at + PageFormat.COLUMN_COUNT_OFFSET);
        if (columns > numbers.length) {
            numbers = new int[columns];
            typeCodes = new int[columns];
            starts = new int[columns];
            inLongPage = new boolean[columns];
        }
        columnCount = 0;
        int entry = at + PageFormat.COLUMNS_OFFSET;
        for (int i = 0; i < columns; i++, entry += PageFormat.COLUMN_BYTES) {
            int number = page.i32(entry);
            int typeCode = page.u8(entry + PageFormat.COLUMN_TYPE_AT);
            boolean isLong = page.u8(entry + PageFormat.COLUMN_PART_AT) == PageFormat.LONG_PART;
            int start = (isLong ? page.end : at) + page.i32(entry + PageFormat.COLUMN_START_AT);
            if (number == PageFormat.NO_FIELD) {
                openRows(typeCode, start);
            } else {
                numbers[columnCount] = number;
                typeCodes[columnCount] = typeCode;
                starts[columnCount] = start;
                inLongPage[columnCount++] = isLong;
            }
        }
    }

    private void openRows(int typeCode, int start) throws CorruptSectionException {
        switch (typeCode) {
            case PageFormat.COMMITS -> commits.open(page, start);
            case PageFormat.GEOMETRY_FLAGS -> {
                flags.open(page, start);
                hasFlags = true;
            }
            case PageFormat.ODD_BODIES -> {
                odd = start;
                boolean all = page.u8(start) == 0;
                oddBit = all ? -1 : page.i32(start + 1);
                oddSlot.open(page, all ? start + 1 : start + 1 + Integer.BYTES);
            }
            default -> throw PageBytes.corrupt("column of type " + typeCode + " without a field");
        }
    }

    int commit(int row) {
        return (int) commits.get(row);
    }

    int flags(int row) {
        return hasFlags ? (int) flags.get(row) : 0;
    }

    /** Tells whether any row of the page may be {@link #isOdd}. */
    boolean mayBeOdd() {
        return odd != 0;
    }

    boolean isOdd(int row) {
        return odd != 0 && (oddBit < 0 || page.bit(row, oddBit));
    }

    void putOdd(int row, ByteSink body) throws CorruptSectionException {
        oddSlot.reader().put(row, body);
    }

    /** Checks the bytes of a page and of the long values after it, before they are used for the first time. */
    static void check(ByteBuffer buffer, PageSpan span, Place place) throws CorruptSectionException {
        int longBytes = checkPart(buffer, span, place);
        if (longBytes > 0) {
            Place next = place.at(place.offset() + span.bytes() - longBytes);
            if (checkPart(buffer, span.last(longBytes), next) != 0) {
                throw PageBytes.corrupt("long values of long values");
            }
        }
    }

    private static int checkPart(ByteBuffer buffer, PageSpan span, Place place) throws CorruptSectionException {
        int at = span.start();
        int length = span.bytes();
        int firstRow = span.firstRow();
        int rows = span.rows();
        int bytes = length < PageFormat.BYTES_MIN ? -1 : buffer.getInt(at);
        int longBytes = bytes < 0 ? -1 : buffer.getInt(at + PageFormat.LONG_BYTES_OFFSET);
        if (bytes < PageFormat.BYTES_MIN
                || longBytes < 0
                || bytes > length - longBytes
                || bytes + longBytes != length) {
            throw PageBytes.corrupt("length " + bytes + " and " + longBytes + " (expected " + length + ")");
        }
        int expected = buffer.getInt(at + bytes - PageFormat.TRAILER_BYTES);
        if (place.crc32c(buffer.slice(at, bytes - PageFormat.TRAILER_BYTES)) != expected) {
            throw PageBytes.corrupt("crc32c is not 0x" + HexFormat.of().toHexDigits(expected));
        }
        if (buffer.getInt(at + PageFormat.FIRST_ROW_OFFSET) != firstRow
                || (buffer.getShort(at + PageFormat.ROW_COUNT_OFFSET) & 0xFFFF) != rows
                || buffer.getInt(at + PageFormat.RESERVED_OFFSET) != 0) {
            throw PageBytes.corrupt("is not the page of rows " + firstRow + " to " + (firstRow + rows - 1));
        }
        checkParts(buffer, at, bytes, rows);
        return longBytes;
    }

    private static void checkParts(ByteBuffer buffer, int at, int bytes, int rows) throws CorruptSectionException {
        int columns = buffer.getShort(at + PageFormat.COLUMN_COUNT_OFFSET) & 0xFFFF;
        int records = buffer.getInt(at + PageFormat.RECORDS_OFFSET);
        int recordBits = buffer.getInt(at + PageFormat.RECORD_BITS_OFFSET);
        int heap = buffer.getInt(at + PageFormat.HEAP_OFFSET);
        int columnsEnd = PageFormat.COLUMNS_OFFSET + columns * PageFormat.COLUMN_BYTES;
        int last = bytes - PageFormat.TRAILER_BYTES - PageFormat.MARGIN_BYTES;
        if (records < columnsEnd
                || recordBits < 0
                || heap > last
                || heap - records != ((long) recordBits * rows + 7) >>> 3) {
            throw PageBytes.corrupt(columns + " columns, records at " + records + ", heap at " + heap);
        }
        for (int entry = PageFormat.COLUMNS_OFFSET; entry < columnsEnd; entry += PageFormat.COLUMN_BYTES) {
            int start = buffer.getInt(at + entry + PageFormat.COLUMN_START_AT);
            int part = buffer.get(at + entry + PageFormat.COLUMN_PART_AT);
            boolean inside = part == PageFormat.SHORT_PART
                    ? start >= columnsEnd && start < records
                    : part == PageFormat.LONG_PART && start >= PageFormat.COLUMNS_OFFSET;
            if (!inside || buffer.getShort(at + entry + PageFormat.COLUMN_ZERO_AT) != 0) {
                throw PageBytes.corrupt("column at " + start);
            }
        }
        if (buffer.getLong(at + last) != 0) {
            throw PageBytes.corrupt("margin is not zero");
        }
    }
}
