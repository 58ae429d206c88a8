package org.almagest.storage.encoding;

import java.util.Arrays;
import org.almagest.error.CorruptSectionException;

/**
 * What a text consists of, in one line: bytes that all rows have, and between them columns in which rows differ.
 *
 * <p>A text may have hundreds of pieces, and each takes only some nanoseconds. So they are kept as numbers in one array
 * instead of an object for each, and are read from a copy of the row's record. One thread.
 */
final class ContentPieces {
    /** At most eight decimal digits, of a number below 10^8 whatever a row's code is. */
    private static final int FEW_DIGITS = 0;
    /** One of a few values. */
    private static final int DICTIONARY = 1;
    /** A decimal number of at most eight digits, whatever a row's code is. */
    private static final int WHOLE = 2;

    private static final int HEX_LOWER = 3;
    private static final int HEX_UPPER = 4;
    private static final int DIGITS = 5;
    private static final int DECIMAL = 6;
    /** What is asked of a reader of its own. */
    private static final int OTHER = 7;

    // A piece is four numbers. The first is, from the highest bit on, where the bytes that precede it end (32 bits),
    // the
    // digits that it has (8), the bits that its code has in the record (8), and its kind (8).
    private static final int BASE = 1;
    /** The bit of the code in the record (32 bits), and how many values a dictionary has. */
    private static final int PLACE = 2;
    /** Where the ends of the values of a dictionary are, or which reader is asked. */
    private static final int SOURCE = 3;

    private static final int NUMBERS = 4;
    private static final int DIGITS_SHIFT = 24;
    private static final int WIDTH_SHIFT = 16;

    /** What a piece may write at its end without asking for room, bytes that mean nothing included. */
    private static final int ROOM = 32;

    private final ContentSlot described;
    private final int depth;
    private final ByteSink literals = new ByteSink();
    private final byte[] decimal = new byte[DecimalContent.TEXT_MAX];
    private long[] pieces = new long[16 * NUMBERS];
    /** The index after the last piece. */
    private int end;

    private ContentSlot[] others = {};
    private int otherCount;
    private PageBytes page = new PageBytes();
    private int held;

    /**
     * Creates an empty line.
     *
     * @param depth how deep the columns are
     */
    ContentPieces(int depth) {
        this.depth = depth;
        this.described = new ContentSlot(depth);
    }

    /** Forgets all pieces and moves to another page. */
    void clear(PageBytes opened) {
        page = opened;
        int holds = literals.bytes().length + Long.BYTES * pieces.length;
        opened.holds(holds - held);
        held = holds;
        literals.clear();
        end = 0;
        otherCount = 0;
    }

    /** Adds bytes that describe columns, which all rows have. */
    void literal(int from, int length) {
        page.put(from, length, literals);
    }

    /** Returns what all rows have before the next piece, so that something is added to it. */
    ByteSink literals() {
        return literals;
    }

    /** Adds the column that begins at an index of the buffer and returns the index after it. */
    int column(int at) throws CorruptSectionException {
        int lengthBefore = literals.length();
        int endBefore = end;
        ContentReader reader = described.open(page, at);
        if (reader.addTo(this)) {
            return described.end();
        }
        literals.length(lengthBefore);
        end = endBefore;
        if (otherCount == others.length) {
            others = Arrays.copyOf(others, Math.max(4, 2 * otherCount));
            for (int i = otherCount; i < others.length; i++) {
                others[i] = new ContentSlot(depth);
            }
        }
        others[otherCount].open(page, at);
        add(OTHER, 0, 0, otherCount);
        return others[otherCount++].end();
    }

    /** Adds decimal digits of a fixed number. */
    void digits(int digits, Packed numbers) {
        boolean few = digits <= Long.BYTES && numbers.isWithin(DigitWords.EIGHT_DIGITS);
        add(few ? FEW_DIGITS : DIGITS, digits, numbers, 0, 0);
    }

    /** Adds hexadecimal digits of a fixed number. */
    void hex(int digits, int lettersAbove, Packed numbers) {
        add(lettersAbove == DigitWords.LOWER_ABOVE ? HEX_LOWER : HEX_UPPER, digits, numbers, 0, 0);
    }

    /** Adds decimal numbers with some digits after the point. */
    void decimal(int scale, Packed numbers) {
        boolean whole = scale == 0 && numbers.isWithin(DigitWords.EIGHT_DIGITS);
        add(whole ? WHOLE : DECIMAL, scale, numbers, 0, 0);
    }

    /** Adds one of a few values, whose ends begin at an index of the buffer. */
    void dictionary(Packed codes, int count, int ends) {
        add(DICTIONARY, 0, codes, count, ends);
    }

    private void add(int kind, int digits, Packed numbers, int count, int source) {
        assert !numbers.isConstant() : "constant";
        int at = end;
        add(kind, digits, numbers.width(), source);
        pieces[at + BASE] = numbers.base();
        pieces[at + PLACE] = (long) numbers.bitOffset() << Integer.SIZE | count;
    }

    private void add(int kind, int digits, int width, int source) {
        if (end == pieces.length) {
            pieces = Arrays.copyOf(pieces, 2 * end);
        }
        literals.ensure(Long.BYTES); // so that they are copied by words
        pieces[end] = (long) literals.length() << Integer.SIZE | digits << DIGITS_SHIFT | width << WIDTH_SHIFT | kind;
        pieces[end + SOURCE] = source;
        end += NUMBERS;
    }

    /** Appends the text of a row. */
    void put(int row, ByteSink out) throws CorruptSectionException {
        byte[] fixed = literals.bytes();
        byte[] record = page.record(row);
        int firstBit = page.recordShift();
        byte[] bytes = out.bytes();
        int at = out.length();
        int from = 0;
        for (int piece = 0; piece < end; piece += NUMBERS) {
            long what = pieces[piece];
            int to = (int) (what >>> Integer.SIZE);
            int kind = (int) what & 0xFF;
            if (bytes.length - at < to - from + ROOM) {
                bytes = grown(out, at, to - from + ROOM);
            }
            ByteSink.copy(fixed, from, bytes, at, to - from);
            at += to - from;
            from = to;
            if (kind == OTHER) {
                out.length(at);
                others[(int) pieces[piece + SOURCE]].reader().put(row, out);
                bytes = out.bytes();
                at = out.length();
                continue;
            }
            int bit = firstBit + (int) (pieces[piece + PLACE] >>> Integer.SIZE);
            long number = pieces[piece + BASE] + Packed.code(record, bit, (int) what >>> WIDTH_SHIFT & 0xFF);
            int digits = (int) what >>> DIGITS_SHIFT;
            if (kind == FEW_DIGITS) {
                DigitsContent.check(number, digits);
                DigitWords.putFew((int) number, digits, bytes, at);
                at += digits;
            } else if (kind == WHOLE) {
                at += DigitWords.putWhole((int) number, bytes, at);
            } else if (kind == DICTIONARY) {
                out.length(at);
                int count = (int) pieces[piece + PLACE];
                DictionaryContent.putEntry(page, (int) pieces[piece + SOURCE], count, number, out);
                bytes = out.bytes();
                at = out.length();
            } else {
                at = putNumber(kind, number, digits, bytes, at);
            }
        }
        out.length(at);
        out.put(fixed, from, literals.length() - from);
    }

    private static byte[] grown(ByteSink out, int at, int more) {
        out.length(at);
        out.ensure(more);
        return out.bytes();
    }

    /** Writes a number of any size and returns the index after it. */
    private int putNumber(int kind, long number, int digits, byte[] bytes, int at) throws CorruptSectionException {
        if (kind == DECIMAL) {
            int start = DecimalContent.text(number, digits, decimal);
            System.arraycopy(decimal, start, bytes, at, decimal.length - start);
            return at + decimal.length - start;
        }
        if (kind == DIGITS) {
            DigitsContent.check(number, digits);
            DigitWords.putDecimal(number, digits, bytes, at);
        } else {
            int lettersAbove = kind == HEX_LOWER ? DigitWords.LOWER_ABOVE : DigitWords.UPPER_ABOVE;
            DigitWords.putHex(number, digits, lettersAbove, bytes, at);
        }
        return at + digits;
    }
}
