package org.almagest.storage.column;

/**
 * The body of a column: one field of the rows of a segment as ordered codes.
 *
 * <p>Little-endian. Code 0 is a row without a value; codes from 1 ascend as filters compare values, and the lowest and
 * highest are those of rows. Of a frame, code c is the number {@code low + (c - 1) × step} up to the split and {@code
 * upper + (c - split - 1) × step} above it; of a list, its entry c. {@link Numbering} tells which value a number is. NaN
 * is the highest code of a frame that has one. The highest code m stands in the zone map.
 *
 * <pre>
 * offset      bytes  field       constraint
 * 0           1      encoding    1 frame, 2 numbers, 3 strings
 * 1           1      kind        code of the field's type
 * 2           1      scale       of the numbers; zero for strings
 * 3           1      flags       1: the highest code of a frame is NaN
 * 4           4      dictionary  d: bytes of the entries, a multiple of 8
 * 8           4      zones       z: bytes of the zone map
 * 12          4      reserved    zero
 * 16          8      low         of a frame, else zero
 * 24          8      step        of a frame, at least 1; else zero
 * 32          8      split       of a frame: codes up to it count from low; else zero
 * 40          8      upper       of a frame: the number of the code above the split; zero when there is none
 * 48          d      entries     numbers: m × i64; strings: m × u32 end of each among the bytes, then the bytes; zeros up
 *                                to a multiple of 8
 * 48 + d      z      zone map    lowest and highest code, rows without a value, of every 1,024 rows and of all
 * 48 + d + z  -      codes       of all rows, packed
 * </pre>
 */
final class ColumnFormat {
    static final int ENCODING_OFFSET = 0;
    static final int KIND_OFFSET = 1;
    static final int SCALE_OFFSET = 2;
    static final int FLAGS_OFFSET = 3;
    static final int DICTIONARY_OFFSET = 4;
    static final int ZONES_OFFSET = 8;
    static final int RESERVED_OFFSET = 12;
    static final int LOW_OFFSET = 16;
    static final int STEP_OFFSET = 24;
    static final int SPLIT_OFFSET = 32;
    static final int UPPER_OFFSET = 40;
    static final int ENTRIES_OFFSET = 48;

    static final int NAN_FLAG = 1;

    /** The most different values that are counted or listed. */
    static final int DISTINCT_MAX = 1 << 16;

    /** The most bytes that the strings of a list have together. */
    static final int STRING_BYTES_MAX = 4 << 20;

    private ColumnFormat() {}

    /** Returns how many zeros follow so many bytes up to the next multiple of 8. */
    static int padding(int bytes) {
        return -bytes & Long.BYTES - 1;
    }
}
