package org.almagest.storage.encoding;

/**
 * Chooses how bytes of a column are stored, by what they look like and not by trying, and describes them. One thread.
 *
 * <p>The choice, in this order: equal in all rows; one of a few; texts of one length by what each position holds;
 * decimal numbers; texts of few shapes, word by word; as they are.
 */
public final class ContentEncoder {
    /** Texts longer than this are not looked at position by position. */
    private static final int PATTERN_BYTES_MAX = 512;
    /** Longer values are described only where so many rows share them. */
    private static final int CONSTANT_ROWS_MIN = 8;
    /** Longer values are never described. */
    private static final int CONSTANT_BYTES_MAX = 1 << 14;

    /** Pieces of pieces of pieces are not worth looking for. */
    private static final int DEPTH_MAX = 3;
    /** How deep the words of a text are, which have no words. */
    private static final int WORDS_DEPTH = 2;

    private final DistinctValues distinct = new DistinctValues();
    private final ShapeEncoder words = ShapeEncoder.ofWords(this);
    private final BlockEncoder blocks = new BlockEncoder();

    /** Describes the bytes of the rows that have some; at least one has. */
    public void encode(Slices values, PageImage page) {
        encode(values, page, 0);
    }

    public void encode(Slices values, PageImage page, int depth) {
        int first = values.first();
        if (values.isConstant()) {
            if (isDescribed(values)) {
                constant(values, first, page);
            } else {
                plain(values, page);
            }
            return;
        }
        if (depth > 0 && page.repeats().refer(values, page)) {
            return;
        }
        int from = page.columns().length();
        encodeVarying(values, first, page, depth);
        if (depth > 0) {
            page.repeats().note(values, from, page.columns().bytes()[from]);
        }
    }

    private void encodeVarying(Slices values, int first, PageImage page, int depth) {
        if (distinct.find(values) && distinct.pays()) {
            distinct.write(page);
            return;
        }
        boolean oneLength = isOneLength(values, first);
        if (depth < DEPTH_MAX && oneLength && values.length(first) <= PATTERN_BYTES_MAX) {
            byPosition(values, first, page);
            return;
        }
        if (decimals(values, page)) {
            return;
        }
        if (depth >= WORDS_DEPTH || !words.encode(values, page, WORDS_DEPTH)) {
            plain(values, page);
        }
    }

    /**
     * Tells whether the one value of a constant column stands in what describes the page, which every reader of the page
     * copies: not where that would be most of it, as a large text alone in a page.
     */
    public static boolean isDescribed(Slices values) {
        int first = values.first();
        int length = values.length(first);
        if (length <= PATTERN_BYTES_MAX) {
            return true;
        }
        int count = 0;
        for (int row = first; row < values.rows; row++) {
            count += values.isSet(row) ? 1 : 0;
        }
        return length <= CONSTANT_BYTES_MAX && count >= CONSTANT_ROWS_MIN;
    }

    private static void constant(Slices values, int first, PageImage page) {
        ByteSink columns = page.columns();
        columns.put8(Encoding.CONSTANT);
        columns.put32(values.length(first));
        columns.put(values.bytes, values.starts[first], values.length(first));
    }

    public void plain(Slices values, PageImage page) {
        if (blocks.encode(values, page)) {
            return;
        }
        page.columns().put8(Encoding.PLAIN);
        ByteSink heap = page.heap();
        long[] starts = page.borrow();
        for (int row = 0; row < values.rows; row++) {
            if (values.isSet(row)) {
                starts[row] = heap.length();
                heap.put(values.bytes, values.starts[row], values.length(row));
            }
        }
        page.pack(starts, values.starts);
        long[] lengths = page.borrow();
        for (int row = 0; row < values.rows; row++) {
            lengths[row] = (long) values.ends[row] - values.starts[row];
        }
        page.pack(lengths, values.starts);
    }

    private static boolean isOneLength(Slices values, int first) {
        int length = values.length(first);
        for (int row = first + 1; row < values.rows; row++) {
            if (values.isSet(row) && values.length(row) != length) {
                return false;
            }
        }
        return true;
    }

    /** Splits texts of one length where what all rows have at a position changes. */
    private void byPosition(Slices values, int first, PageImage page) {
        int length = values.length(first);
        byte[] classes = PositionClasses.of(values, first, length);
        int count = 0;
        for (int from = 0; from < length; from = PositionClasses.runEnd(classes, from, length)) {
            count++;
        }
        if (count > 1) {
            page.columns().put8(Encoding.CONCAT);
            page.columns().put16(count);
        }
        for (int from = 0; from < length; ) {
            int to = PositionClasses.runEnd(classes, from, length);
            run(values, from, to, PositionClasses.kind(classes, from, to), page);
            from = to;
        }
    }

    private void run(Slices values, int from, int to, int kind, PageImage page) {
        if (kind == PositionClasses.EQUAL) {
            int first = values.first();
            page.columns().put8(Encoding.CONSTANT);
            page.columns().put32(to - from);
            page.columns().put(values.bytes, values.starts[first] + from, to - from);
            return;
        }
        Slices cut = cut(values, from, to);
        if (kind == 0) {
            encode(cut, page, DEPTH_MAX);
        } else if (!page.repeats().refer(cut, page)) {
            int at = page.columns().length();
            digits(cut, kind, page);
            page.repeats().note(cut, at, page.columns().bytes()[at]);
        }
    }

    private static void digits(Slices values, int kind, PageImage page) {
        int count = values.length(values.first());
        boolean decimal = (kind & PositionClasses.DIGIT) != 0;
        if (count > (decimal ? DigitsContent.DIGITS_MAX : HexContent.DIGITS_MAX)) {
            throw new IllegalStateException("page: run of " + count + " digits"); // Nobody could read it.
        }
        if (decimal) {
            page.columns().put8(Encoding.DIGITS);
            page.columns().put8(count);
            packDigits(values, page);
        } else {
            page.columns().put8(Encoding.HEX);
            page.columns().put8(count);
            page.columns().put8((kind & PositionClasses.HEX_LOWER) != 0 ? 0 : 1);
            packHex(values, page);
        }
    }

    private static Slices cut(Slices values, int from, int to) {
        Slices cut = values.unset();
        for (int row = 0; row < values.rows; row++) {
            if (values.isSet(row)) {
                cut.starts[row] = values.starts[row] + from;
                cut.ends[row] = values.starts[row] + to;
            }
        }
        return cut;
    }

    private static void packDigits(Slices values, PageImage page) {
        long[] numbers = page.borrow();
        byte[] bytes = values.bytes;
        for (int row = 0; row < values.rows; row++) {
            int start = values.starts[row];
            if (start >= 0) {
                long number = 0;
                int i = start;
                for (; values.ends[row] - i >= Long.BYTES; i += Long.BYTES) {
                    number = number * 100_000_000 + eightDigits(ByteSink.get64(bytes, i));
                }
                for (; i < values.ends[row]; i++) {
                    number = number * 10 + (bytes[i] - '0');
                }
                numbers[row] = number;
            }
        }
        page.pack(numbers, values.starts);
    }

    /** Returns the number of eight decimal digits, the first in the lowest byte. */
    private static long eightDigits(long text) {
        long digits = text & 0x0F0F0F0F0F0F0F0FL;
        long pairs = digits * 10 + (digits >>> 8) & 0x00FF00FF00FF00FFL;
        long fours = pairs * 100 + (pairs >>> 16) & 0x0000FFFF0000FFFFL;
        return fours * 10_000 + (fours >>> 32) & 0xFFFFFFFFL;
    }

    /** Returns the number of eight hexadecimal digits, the first in the lowest byte. */
    private static long eightHexDigits(long text) {
        long digits = (text & 0x0F0F0F0F0F0F0F0FL) + (text >>> 6 & 0x0101010101010101L) * 9;
        long pairs = digits << 4 & 0x00F000F000F000F0L | digits >>> 8 & 0x000F000F000F000FL;
        long fours = pairs << 8 & 0x0000FF000000FF00L | pairs >>> 16 & 0x000000FF000000FFL;
        return fours << 16 & 0xFFFF0000L | fours >>> 32;
    }

    private static void packHex(Slices values, PageImage page) {
        long[] numbers = page.borrow();
        byte[] bytes = values.bytes;
        for (int row = 0; row < values.rows; row++) {
            int start = values.starts[row];
            if (start >= 0) {
                long number = 0;
                int i = start;
                for (; values.ends[row] - i >= Long.BYTES; i += Long.BYTES) {
                    number = number << Integer.SIZE | eightHexDigits(ByteSink.get64(bytes, i));
                }
                for (; i < values.ends[row]; i++) {
                    int b = bytes[i];
                    number = number << 4 | (b & 15) + (b >>> 6) * 9;
                }
                numbers[row] = number;
            }
        }
        page.pack(numbers, values.starts);
    }

    private static boolean decimals(Slices values, PageImage page) {
        int scale = 0;
        int whole = 0;
        for (int row = 0; row < values.rows; row++) {
            if (values.isSet(row)) {
                int own = DecimalContent.scaleOf(values.bytes, values.starts[row], values.ends[row]);
                if (own < 0) {
                    return false;
                }
                scale = Math.max(scale, own);
                whole = Math.max(whole, values.length(row) - own);
            }
        }
        if (scale > DecimalContent.SCALE_MAX || whole + scale > DecimalContent.DIGITS_MAX) {
            return false;
        }
        page.columns().put8(Encoding.DECIMAL);
        page.columns().put8(scale);
        long[] numbers = page.borrow();
        for (int row = 0; row < values.rows; row++) {
            if (values.isSet(row)) {
                numbers[row] = DecimalContent.numberOf(values.bytes, values.starts[row], values.ends[row], scale);
            }
        }
        page.pack(numbers, values.starts);
        return true;
    }
}
