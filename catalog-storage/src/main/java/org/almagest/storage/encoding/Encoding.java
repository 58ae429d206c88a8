package org.almagest.storage.encoding;

/** The codes of how a column of a page is stored; they reach disk and never change. */
public final class Encoding {
    /** The same bytes for all rows: u32 length, the bytes. */
    public static final int CONSTANT = 1;
    /** One of a few: packed codes, u16 count, u32 end of each in what follows, the bytes. */
    public static final int DICTIONARY = 2;
    /** Bytes in the heap: packed starts, packed lengths. */
    public static final int PLAIN = 3;
    /** Pieces one after the other: u16 count, then each as a column of its own. */
    public static final int CONCAT = 4;
    /** Decimal digits of a fixed number: u8 count, packed numbers. */
    public static final int DIGITS = 5;
    /** Hexadecimal digits of a fixed number: u8 count, u8 1 for upper case, packed numbers. */
    public static final int HEX = 6;
    /** A decimal number in canonical text: u8 digits after the point, packed numbers without the point. */
    public static final int DECIMAL = 7;
    /** JSON by shape: packed shapes, u16 count, then each shape. */
    public static final int SHAPES = 8;
    /** Bytes in compressed blocks of the heap. */
    public static final int BLOCKS = 9;

    /** The same as an earlier column: u32 where that begins, counted from the first column. */
    public static final int REFERENCE = 10;

    /** A number, bool, enum value or time as an integer: u8 unit, packed numbers. */
    public static final int INTEGER = 16;
    /** Sixteen bytes as two big-endian integers: packed high halves, packed low halves. */
    public static final int PAIR = 17;
    /** Arrays of one length: u16 length, then each position as a column of its own. */
    public static final int LIST = 18;
    /** Geometries: shapes beside positions. */
    public static final int GEOMETRY = 19;

    private Encoding() {}
}
