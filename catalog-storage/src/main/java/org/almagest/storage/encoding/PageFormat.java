package org.almagest.storage.encoding;

/**
 * A page: the same columns of consecutive rows.
 *
 * <p>Little-endian. {@code docs/format/pages.md} says what columns, records and heap hold. A reader refuses a page whose
 * bytes, rows or checksum are not those that it is led to expect.
 *
 * <pre>
 * offset  bytes  field         constraint
 * 0       4      page bytes    n, all of them
 * 4       4      first row     ordinal in the segment
 * 8       2      row count     1..ROWS_MAX
 * 10      2      column count
 * 12      4      records       where the records begin, in the page
 * 16      4      record bits   of each row
 * 20      4      heap          where the heap begins, in the page
 * 24      4      long bytes    of the page of long values that follows this one, 0 without
 * 28      4      reserved      zero
 * 32      12c    columns       u32 field number, u8 type code, u8 part, u16 zero, u32 where in the part
 * </pre>
 */
public final class PageFormat {
    public static final int PAGE_BYTES_OFFSET = 0;
    public static final int FIRST_ROW_OFFSET = 4;
    public static final int ROW_COUNT_OFFSET = 8;
    public static final int COLUMN_COUNT_OFFSET = 10;
    public static final int RECORDS_OFFSET = 12;
    public static final int RECORD_BITS_OFFSET = 16;
    public static final int HEAP_OFFSET = 20;
    public static final int LONG_BYTES_OFFSET = 24;
    public static final int RESERVED_OFFSET = 28;
    public static final int COLUMNS_OFFSET = 32;

    public static final int COLUMN_BYTES = 12;
    public static final int COLUMN_TYPE_AT = 4;
    public static final int COLUMN_PART_AT = 5;
    public static final int COLUMN_ZERO_AT = 6;
    public static final int COLUMN_START_AT = 8;

    /** Zeros between the heap and the checksum, so that any bit can be read with the eight bytes from it on. */
    public static final int MARGIN_BYTES = 8;
    /** Bytes after the margin: CRC-32C of everything before, mixed with its place in the file. */
    public static final int TRAILER_BYTES = Integer.BYTES;
    /** The least bytes of a page. */
    public static final int BYTES_MIN = COLUMNS_OFFSET + MARGIN_BYTES + TRAILER_BYTES;

    /** The most rows of a page. */
    public static final int ROWS_MAX = 256;
    /** Bytes of bodies after which a page is closed. */
    public static final int BODY_BYTES_TARGET = 1 << 21;
    /** The most bytes of a body. */
    public static final int BODY_BYTES_MAX = 1 << 27;
    /** The most bytes of a page. */
    public static final int PAGE_BYTES_MAX = 1 << 30;

    /** The part of a column that is in the page itself. */
    public static final int SHORT_PART = 0;
    /** The part of a column that is in the page of long values. */
    public static final int LONG_PART = 1;

    /** Instead of a field number, for what belongs to the row and not to a field. */
    public static final int NO_FIELD = 0;
    /** Type code of the commits of the rows, as ordinals of the commit table. */
    public static final int COMMITS = 0x80;
    /** Type code of the flags of the rows' geometries. */
    public static final int GEOMETRY_FLAGS = 0x81;
    /** Type code of bodies that are not fields of the schema in order; their rows have no fields. */
    public static final int ODD_BODIES = 0x82;

    private PageFormat() {}
}
