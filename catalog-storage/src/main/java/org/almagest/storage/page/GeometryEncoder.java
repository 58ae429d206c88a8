package org.almagest.storage.page;

import java.util.Arrays;
import org.almagest.internal.format.Varint;
import org.almagest.storage.encoding.ByteSink;
import org.almagest.storage.encoding.ContentEncoder;
import org.almagest.storage.encoding.DistinctValues;
import org.almagest.storage.encoding.Encoding;
import org.almagest.storage.encoding.PageFormat;
import org.almagest.storage.encoding.PageImage;
import org.almagest.storage.encoding.Slices;

/**
 * Describes geometries as {@link Encoding#GEOMETRY}: shapes, which many rows share, beside positions, of which the first
 * of a row is an integer like any other and each following one is its difference from the one before. One thread.
 */
final class GeometryEncoder {
    private static final int SCALE_MAX = 12;
    private static final double EXACT_MAX = 0x1p53;

    private final ContentEncoder contents;
    private final DistinctValues distinct = new DistinctValues();
    private final WkbPieces pieces = new WkbPieces();
    private final ByteSink shapes = new ByteSink();
    private final int[] shapeStarts = new int[PageFormat.ROWS_MAX];
    private final int[] shapeEnds = new int[PageFormat.ROWS_MAX];
    // The ordinates of all rows as bits, then as what is stored of them; where a row's begin; and where its pieces do.
    private long[] bits = new long[4_096];
    private long[] ordinates = new long[4_096];
    private final int[] firstOrdinate = new int[PageFormat.ROWS_MAX + 1];
    private int[] pieceSizes = new int[512];
    private final int[] firstPiece = new int[PageFormat.ROWS_MAX + 1];
    private int ordinateCount;
    private int pieceCount;
    private int dimensions;
    private int scaleGuess = 6;

    // By dimension and row: the first position and the widths of the differences.
    private final long[][] firsts = new long[3][PageFormat.ROWS_MAX];
    private final long[][] widths = new long[3][PageFormat.ROWS_MAX];
    private final long[] heapStarts = new long[PageFormat.ROWS_MAX];

    GeometryEncoder(ContentEncoder contents) {
        this.contents = contents;
    }

    /** Returns false, having described nothing, where a value is not WKB as it is written, or their z differ. */
    boolean encode(Slices values, PageImage page) {
        if (values.isConstant() || !read(values)) {
            return false;
        }
        int scale = scale();
        boolean closed = areClosed(values.rows);
        ByteSink columns = page.columns();
        columns.put8(Encoding.GEOMETRY);
        columns.put8(dimensions);
        columns.put8(scale);
        columns.put8(closed ? 1 : 0);
        writeShapes(values, page);
        for (int row = 0; row < values.rows; row++) {
            if (values.isSet(row)) {
                writePositions(row, closed, page.heap());
            }
        }
        for (int d = 0; d < dimensions; d++) {
            pack(firsts[d], values, page);
            pack(widths[d], values, page);
        }
        pack(heapStarts, values, page);
        return true;
    }

    private static void pack(long[] numbers, Slices values, PageImage page) {
        long[] packed = page.borrow();
        System.arraycopy(numbers, 0, packed, 0, values.rows);
        page.pack(packed, values.starts);
    }

    private boolean read(Slices values) {
        shapes.clear();
        ordinateCount = 0;
        pieceCount = 0;
        dimensions = 0;
        for (int row = 0; row < values.rows; row++) {
            firstOrdinate[row] = ordinateCount;
            firstPiece[row] = pieceCount;
            shapeStarts[row] = Slices.UNSET;
            if (values.isSet(row) && !read(values.bytes, values.starts[row], values.ends[row], row)) {
                return false;
            }
        }
        firstOrdinate[values.rows] = ordinateCount;
        firstPiece[values.rows] = pieceCount;
        return true;
    }

    private boolean read(byte[] bytes, int start, int end, int row) {
        boolean known = pieces.walk(bytes, start, end) && pieces.positionCount <= GeometryShape.POSITIONS_MAX;
        if (!known || dimensions != 0 && dimensions != pieces.dimensions) {
            return false;
        }
        dimensions = pieces.dimensions;
        long needed = ordinateCount + pieces.positionCount * dimensions;
        if (needed > bits.length) {
            bits = Arrays.copyOf(bits, (int) Math.max(needed, 2L * bits.length));
            ordinates = new long[bits.length];
        }
        if (pieceCount + pieces.count > pieceSizes.length) {
            pieceSizes = Arrays.copyOf(pieceSizes, Math.max(pieceCount + pieces.count, 2 * pieceSizes.length));
        }
        shapeStarts[row] = shapes.length();
        int from = start;
        for (int i = 0; i < pieces.count; i++) {
            int at = pieces.starts[i];
            shapes.put(bytes, from, at - from);
            int count = pieces.positions[i] * dimensions;
            for (int k = 0; k < count; k++) {
                bits[ordinateCount++] = ByteSink.get64(bytes, at + k * Double.BYTES);
            }
            // Rings are noted as negative sizes.
            pieceSizes[pieceCount++] = pieces.rings[i] ? -pieces.positions[i] : pieces.positions[i];
            from = at + count * Double.BYTES;
        }
        shapes.put(bytes, from, end - from);
        shapeEnds[row] = shapes.length();
        return true;
    }

    /** Fills in what is stored of the ordinates, in the coarsest decimal unit that gives all of them back. */
    private int scale() {
        int scale = scaleGuess > 0 && fill(scaleGuess - 1) ? 0 : scaleGuess;
        while (scale <= SCALE_MAX) {
            if (fill(scale)) {
                scaleGuess = scale;
                return scale;
            }
            scale++;
        }
        System.arraycopy(bits, 0, ordinates, 0, ordinateCount);
        return IntegerField.BITS;
    }

    private boolean fill(int scale) {
        double power = IntegerField.POWERS[scale];
        for (int i = 0; i < ordinateCount; i++) {
            double scaled = Math.rint(Double.longBitsToDouble(bits[i]) * power);
            long integer = (long) scaled;
            if (!(Math.abs(scaled) < EXACT_MAX) || Double.doubleToRawLongBits(integer / power) != bits[i]) {
                return false;
            }
            ordinates[i] = integer;
        }
        return true;
    }

    private boolean areClosed(int rows) {
        int at = 0;
        for (int piece = 0; piece < firstPiece[rows]; piece++) {
            int size = Math.abs(pieceSizes[piece]);
            int last = at + (size - 1) * dimensions;
            for (int d = 0; d < dimensions && pieceSizes[piece] < 0; d++) {
                if (size < 2 || ordinates[at + d] != ordinates[last + d]) {
                    return false;
                }
            }
            at += size * dimensions;
        }
        return true;
    }

    private void writeShapes(Slices values, PageImage page) {
        Slices slices = new Slices(shapes.bytes(), shapeStarts, shapeEnds, values.rows);
        if (!slices.isConstant() && distinct.find(slices)) {
            distinct.write(page);
        } else if (slices.isConstant()) {
            contents.encode(slices, page);
        } else {
            contents.plain(slices, page);
        }
    }

    /** Appends the differences of a row to the heap, all of one dimension equally wide. */
    private void writePositions(int row, boolean closed, ByteSink heap) {
        int from = firstOrdinate[row];
        boolean any = firstOrdinate[row + 1] > from;
        long widest = 0;
        for (int d = 0; d < dimensions; d++) {
            firsts[d][row] = any ? ordinates[from + d] : 0;
            long all = 0;
            int at = from;
            long before = firsts[d][row];
            for (int piece = firstPiece[row]; piece < firstPiece[row + 1]; piece++) {
                int size = Math.abs(pieceSizes[piece]);
                int stored = closed && pieceSizes[piece] < 0 ? size - 1 : size;
                for (int i = 0; i < stored; i++) {
                    long ordinate = ordinates[at + i * dimensions + d];
                    all |= Varint.zigzag(ordinate - before);
                    before = ordinate;
                }
                at += size * dimensions;
            }
            widths[d][row] = (long) Long.SIZE - Long.numberOfLeadingZeros(all);
            widest |= all;
        }
        heapStarts[row] = widest == 0 ? 0 : heap.length();
        if (widest != 0) {
            append(row, closed, heap);
        }
    }

    private void append(int row, boolean closed, ByteSink heap) {
        BitSink out = new BitSink(heap);
        int at = firstOrdinate[row];
        int before = at;
        boolean first = true;
        for (int piece = firstPiece[row]; piece < firstPiece[row + 1]; piece++) {
            int size = Math.abs(pieceSizes[piece]);
            int stored = closed && pieceSizes[piece] < 0 ? size - 1 : size;
            for (int i = 0; i < stored; i++) {
                int position = at + i * dimensions;
                for (int d = 0; d < dimensions && !first; d++) {
                    out.put(Varint.zigzag(ordinates[position + d] - ordinates[before + d]), (int) widths[d][row]);
                }
                first = false;
                before = position;
            }
            at += size * dimensions;
        }
        out.finish();
    }

    /** Appends integers of some bits to bytes, the lowest bit first. */
    private static final class BitSink {
        private final ByteSink bytes;
        private long pending;
        private int count;

        BitSink(ByteSink bytes) {
            this.bytes = bytes;
        }

        void put(long value, int width) {
            pending |= value << count;
            int filled = count + width;
            if (filled >= Long.SIZE) {
                bytes.put64(pending);
                filled -= Long.SIZE;
                pending = filled == 0 ? 0 : value >>> width - filled;
            }
            count = filled;
        }

        void finish() {
            for (int bit = 0; bit < count; bit += Byte.SIZE) {
                bytes.put8((int) (pending >>> bit));
            }
        }
    }
}
