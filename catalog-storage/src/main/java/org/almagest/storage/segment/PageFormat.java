package org.almagest.storage.segment;

/**
 * A page: consecutive rows, stored and read together.
 *
 * <p>Little-endian. The raw bytes are, per row, varint commit ordinal and varint body length, and then all bodies in
 * row order; nothing follows. A reader refuses a page whose bytes, rows or checksum are not those that the page
 * directory leads it to expect, and a raw length that the stored bytes cannot give.
 *
 * <pre>
 * offset  bytes  field         constraint
 * 0       4      stored bytes  n: 0..RAW_BYTES_MAX
 * 4       4      raw bytes     0..RAW_BYTES_MAX
 * 8       4      first row     ordinal in the segment
 * 12      2      row count     1..ROWS_MAX
 * 14      1      codec         id of a Codec
 * 15      1      reserved      zero
 * 16      n      stored
 * 16 + n  4      crc32c        of all bytes before it, mixed with their place in the file
 * </pre>
 */
final class PageFormat {
    static final int STORED_BYTES_OFFSET = 0;
    static final int RAW_BYTES_OFFSET = 4;
    static final int FIRST_ROW_OFFSET = 8;
    static final int ROW_COUNT_OFFSET = 12;
    static final int CODEC_OFFSET = 14;
    static final int RESERVED_OFFSET = 15;
    static final int STORED_OFFSET = 16;

    /** Bytes of a page around the stored ones. */
    static final int OVERHEAD_BYTES = STORED_OFFSET + Integer.BYTES;

    /** The most raw bytes of a page; a larger row cannot be stored. */
    static final int RAW_BYTES_MAX = 1 << 28;

    /** The most rows of a page, however short. */
    static final int ROWS_MAX = 4096;

    /** The least bytes that one row takes in a page. */
    static final int ROW_BYTES_MIN = 2;

    private PageFormat() {}
}
