package org.almagest.storage.encoding;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how bytes of a column are stored, by what they look like and not by trying, and describes them. One thread.
 *
 * <p>The choice, in this order: equal in all rows; one of a few; texts of one length by what each position holds;
 * decimal numbers; texts with equal numbers of runs of digits, run by run; as they are.
 */
public final class ContentEncoder {
    /** Texts longer than this are not looked at position by position. */
    private static final int PATTERN_BYTES_MAX = 512;
    /** Pieces of pieces of pieces are not worth looking for. */
    private static final int DEPTH_MAX = 3;

    private final DistinctValues distinct = new DistinctValues();
    private final RunSplitter splitter = new RunSplitter();
    private final BlockEncoder blocks = new BlockEncoder();

    /** Describes the bytes of the rows that have some; at least one has. */
    public void encode(Slices values, PageImage page) {
        encode(values, page, 0);
    }

    public void encode(Slices values, PageImage page, int depth) {
        int first = values.first();
        if (values.isConstant()) {
            constant(values, first, page);
            return;
        }
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
        Slices[] pieces = depth < DEPTH_MAX ? splitter.split(values) : null;
        if (pieces != null) {
            concat(pieces, page, depth + 1);
        } else {
            plain(values, page);
        }
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
            lengths[row] = values.ends[row] - values.starts[row];
        }
        page.pack(lengths, values.starts);
    }

    private void concat(Slices[] pieces, PageImage page, int depth) {
        page.columns().put8(Encoding.CONCAT);
        page.columns().put16(pieces.length);
        for (Slices piece : pieces) {
            encode(piece, page, depth);
        }
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
        } else if ((kind & PositionClasses.DIGIT) != 0) {
            page.columns().put8(Encoding.DIGITS);
            page.columns().put8(to - from);
            packDigits(values, from, to, page);
        } else if ((kind & (PositionClasses.HEX_LOWER | PositionClasses.HEX_UPPER)) != 0) {
            page.columns().put8(Encoding.HEX);
            page.columns().put8(to - from);
            page.columns().put8((kind & PositionClasses.HEX_LOWER) != 0 ? 0 : 1);
            packHex(values, from, to, page);
        } else {
            encode(cut(values, from, to), page, DEPTH_MAX);
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

    private static void packDigits(Slices values, int from, int to, PageImage page) {
        long[] numbers = page.borrow();
        byte[] bytes = values.bytes;
        for (int row = 0; row < values.rows; row++) {
            int start = values.starts[row];
            if (start >= 0) {
                long number = 0;
                for (int i = start + from; i < start + to; i++) {
                    number = number * 10 + (bytes[i] - '0');
                }
                numbers[row] = number;
            }
        }
        page.pack(numbers, values.starts);
    }

    private static void packHex(Slices values, int from, int to, PageImage page) {
        long[] numbers = page.borrow();
        byte[] bytes = values.bytes;
        for (int row = 0; row < values.rows; row++) {
            int start = values.starts[row];
            if (start >= 0) {
                long number = 0;
                for (int i = start + from; i < start + to; i++) {
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

    /** Splits texts into runs of digits and others, where all rows have equally many. */
    private static final class RunSplitter {
        private static final int PIECES_MAX = 32;
        private static final int BYTES_MAX = 1_024;

        Slices @Nullable [] split(Slices values) {
            int first = values.first();
            int count = count(values, first);
            if (count < 2 || count > PIECES_MAX) {
                return null;
            }
            for (int row = first + 1; row < values.rows; row++) {
                if (values.isSet(row) && (values.length(row) > BYTES_MAX || count(values, row) != count)) {
                    return null;
                }
            }
            Slices[] pieces = new Slices[count];
            Arrays.setAll(pieces, i -> values.unset());
            for (int row = first; row < values.rows; row++) {
                int from = values.starts[row];
                for (int i = 0; i < count && from >= 0; i++) {
                    int to = end(values.bytes, from, values.ends[row]);
                    pieces[i].starts[row] = from;
                    pieces[i].ends[row] = to;
                    from = to;
                }
            }
            return pieces;
        }

        /** Counts the runs of a row; one that begins with a digit counts apart from one that does not. */
        private static int count(Slices values, int row) {
            int from = values.starts[row];
            int end = values.ends[row];
            if (from == end || end - from > BYTES_MAX) {
                return 0;
            }
            int count = 0;
            while (from < end && count <= PIECES_MAX) {
                from = end(values.bytes, from, end);
                count++;
            }
            return count;
        }

        private static int end(byte[] bytes, int from, int limit) {
            boolean digit = isDigit(bytes[from]);
            int to = from + 1;
            while (to < limit && isDigit(bytes[to]) == digit) {
                to++;
            }
            return to;
        }

        private static boolean isDigit(byte b) {
            return b >= '0' && b <= '9';
        }
    }
}
