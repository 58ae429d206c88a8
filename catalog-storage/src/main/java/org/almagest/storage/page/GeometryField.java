package org.almagest.storage.page;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.format.Varint;
import org.almagest.internal.geo.Outline;
import org.almagest.model.FieldNames.StoredGeometry;
import org.almagest.storage.encoding.ByteSink;
import org.almagest.storage.encoding.ConstantContent;
import org.almagest.storage.encoding.ContentReader;
import org.almagest.storage.encoding.ContentSlot;
import org.almagest.storage.encoding.Encoding;
import org.almagest.storage.encoding.Packed;
import org.almagest.storage.encoding.PageBytes;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * {@link Encoding#GEOMETRY}: u8 ordinates of a position, u8 decimal places as in {@link IntegerField}, u8 1 where rings
 * lack their last position, the shapes as a column, for each dimension packed first ordinates and packed widths, and
 * packed starts in the heap of the differences.
 */
final class GeometryField extends FieldReader implements GeometrySource {
    private static final int DIMENSIONS_MAX = 3;
    private static final int NO_ROW = -1;
    /** How many shapes are kept from page to page. */
    private static final int RECENT = 16;
    /** So many bits of a word are left wherever in a byte they begin. */
    private static final int BITS_AT_ONCE = Long.SIZE - 7;

    private static final int ORDINATES_AT_FIRST = 64;
    /** One huge outline must not hold memory for ever. */
    private static final int ORDINATES_KEPT_MAX = 1 << 16;

    private final ContentSlot slot = new ContentSlot(0);
    private final Packed[] firsts = {new Packed(), new Packed(), new Packed()};
    private final Packed[] widths = {new Packed(), new Packed(), new Packed()};
    private final Packed starts = new Packed();
    private final ByteSink scratch = new ByteSink();
    private final long[] before = new long[DIMENSIONS_MAX];
    private final int[] width = new int[DIMENSIONS_MAX];
    private PageBytes page = new PageBytes();
    private ContentReader shapes = new ConstantContent();
    private @Nullable GeometryShape[] known = {};
    private int[] seenIn = {};
    private final @Nullable GeometryShape[] recent = new @Nullable GeometryShape[RECENT];
    private int pageNumber;
    // The ordinates of the row that was read last: a row is tested first, and then returned.
    private double[] ordinates = new double[ORDINATES_AT_FIRST];
    private int readRow = NO_ROW;
    private int dimensions;

    /** Takes what is read ahead of time. */
    @SuppressWarnings("UnusedVariable")
    private int touched;

    private int unit;
    private double divisor = 1;
    private boolean closed;

    GeometryField(FieldType type) {
        assert !type.array() : type;
    }

    @Override
    int open(PageBytes opened, int at) throws CorruptSectionException {
        page = opened;
        pageNumber++;
        readRow = NO_ROW;
        dimensions = opened.u8(at);
        unit = opened.u8(at + 1);
        closed = opened.u8(at + 2) == 1;
        if (dimensions < 2
                || dimensions > DIMENSIONS_MAX
                || unit != IntegerField.BITS && unit > IntegerField.SCALE_MAX) {
            throw PageBytes.corrupt("geometries of " + dimensions + " dimensions, unit " + unit);
        }
        divisor = unit == IntegerField.BITS ? 1 : IntegerField.POWERS[unit];
        shapes = slot.open(opened, at + 3);
        int entries = shapes.entries();
        if (known.length < entries) {
            opened.holds(2 * Integer.BYTES * (entries - known.length));
            known = Arrays.copyOf(known, entries);
            seenIn = Arrays.copyOf(seenIn, entries);
        }
        int next = slot.end();
        for (int d = 0; d < dimensions; d++) {
            next = widths[d].open(opened, firsts[d].open(opened, next));
        }
        return starts.open(opened, next);
    }

    @Override
    Object value(int row) throws CorruptSectionException {
        GeometryShape shape = shape(row);
        return shape.build(own(shape, row));
    }

    @Override
    public StoredGeometry later(int row, int flags) throws CorruptSectionException {
        GeometryShape shape = shape(row);
        return new LaterGeometry(shape, own(shape, row), flags);
    }

    @Override
    public void touch(int row) {
        long at = page.heap + starts.get(row);
        if (at >= page.heap && at < page.end) {
            touched += page.buffer.get((int) at);
        }
    }

    @Override
    public boolean outline(int row, Outline into) throws CorruptSectionException {
        GeometryShape shape = shape(row);
        return shape.mayBeOutline() && shape.outline(read(shape, row), into);
    }

    @Override
    void put(int row, ByteSink body) throws CorruptSectionException {
        GeometryShape shape = shape(row);
        body.put32(shape.wkbBytes());
        shape.put(read(shape, row), body);
    }

    private GeometryShape shape(int row) throws CorruptSectionException {
        int entry = shapes.entry(row);
        if (entry != ContentReader.OWN && seenIn[entry] == pageNumber) {
            GeometryShape shape = known[entry];
            assert shape != null : "seen";
            return shape;
        }
        scratch.clear();
        shapes.put(row, scratch);
        GeometryShape shape = entry == ContentReader.OWN ? null : known[entry];
        if (shape == null || !shape.isOf(scratch.bytes(), scratch.length())) {
            shape = recent();
        }
        if (entry != ContentReader.OWN) {
            known[entry] = shape;
            seenIn[entry] = pageNumber;
        }
        return shape;
    }

    /** Returns the shape of the bytes at hand: pages number the same few shapes each in its own way. */
    private GeometryShape recent() throws CorruptSectionException {
        int slot = scratch.hash() & RECENT - 1;
        GeometryShape shape = recent[slot];
        if (shape == null || !shape.isOf(scratch.bytes(), scratch.length())) {
            shape = GeometryShape.of(Arrays.copyOf(scratch.bytes(), scratch.length()), dimensions);
            GeometryShape before = recent[slot];
            recent[slot] = shape.isSmall() ? shape : null;
            page.holds(heldBytes(recent[slot]) - heldBytes(before));
        }
        return shape;
    }

    private static int heldBytes(@Nullable GeometryShape shape) {
        return shape == null ? 0 : shape.heldBytes();
    }

    /** Returns the ordinates of a row in an array of their own. */
    private double[] own(GeometryShape shape, int row) throws CorruptSectionException {
        int count = shape.ordinateCount();
        if (readRow == row) {
            return Arrays.copyOf(ordinates, count);
        }
        double[] own = new double[count];
        fill(shape, row, own);
        return own;
    }

    /** Returns the ordinates of a row, position by position; what follows them means nothing. */
    private double[] read(GeometryShape shape, int row) throws CorruptSectionException {
        if (readRow != row) {
            readRow = NO_ROW;
            int count = shape.ordinateCount();
            if (ordinates.length < count || ordinates.length > ORDINATES_KEPT_MAX) {
                int length = Math.max(count, ORDINATES_AT_FIRST);
                page.holds(Double.BYTES * (length - ordinates.length));
                ordinates = new double[length];
            }
            fill(shape, row, ordinates);
            readRow = row;
        }
        return ordinates;
    }

    private void fill(GeometryShape shape, int row, double[] into) throws CorruptSectionException {
        for (int d = 0; d < dimensions; d++) {
            before[d] = firsts[d].get(row);
            long bits = widths[d].get(row);
            if (bits < 0 || bits > Long.SIZE) {
                throw PageBytes.corrupt("differences of " + bits + " bits");
            }
            width[d] = (int) bits;
        }
        long start = page.heap + starts.get(row);
        page.check(start, 0);
        long bit = start << 3;
        int next = 0;
        for (int piece = 0; piece < shape.pieceCount(); piece++) {
            int count = shape.positions(piece);
            int stored = closed && shape.isRing(piece) ? count - 1 : count;
            int first = next;
            if (next == 0 && stored > 0) {
                for (int d = 0; d < dimensions; d++) {
                    into[next++] = ordinate(before[d]);
                }
                stored--;
            }
            int end = next + stored * dimensions;
            bit = dimensions == 2 ? readPlane(into, next, end, bit) : readSpace(into, next, end, bit);
            next = end;
            if (next < first + count * dimensions) {
                System.arraycopy(into, first, into, next, dimensions);
                next += dimensions;
            }
        }
    }

    private double ordinate(long integer) {
        return unit == IntegerField.BITS ? Double.longBitsToDouble(integer) : integer / divisor;
    }

    private long readPlane(double[] into, int from, int end, long start) {
        ByteBuffer bytes = page.buffer;
        int xWidth = width[0];
        int yWidth = width[1];
        if (xWidth == 0 || yWidth == 0 || xWidth > BITS_AT_ONCE || yWidth > BITS_AT_ONCE) {
            return readSpace(into, from, end, start);
        }
        long x = before[0];
        long y = before[1];
        long xMask = -1L >>> Long.SIZE - xWidth;
        long yMask = -1L >>> Long.SIZE - yWidth;
        long bit = start;
        for (int i = from; i < end; i += 2) {
            x += Varint.unzigzag(bytes.getLong((int) (bit >>> 3)) >>> (bit & 7) & xMask);
            bit += xWidth;
            y += Varint.unzigzag(bytes.getLong((int) (bit >>> 3)) >>> (bit & 7) & yMask);
            bit += yWidth;
            into[i] = ordinate(x);
            into[i + 1] = ordinate(y);
        }
        before[0] = x;
        before[1] = y;
        return bit;
    }

    private long readSpace(double[] into, int from, int end, long start) {
        long bit = start;
        for (int i = from; i < end; i += dimensions) {
            for (int d = 0; d < dimensions; d++) {
                before[d] += Varint.unzigzag(bits(bit, width[d]));
                bit += width[d];
                into[i + d] = ordinate(before[d]);
            }
        }
        return bit;
    }

    private long bits(long bit, int count) {
        if (count == 0) {
            return 0;
        }
        int at = (int) (bit >>> 3);
        int shift = (int) bit & 7;
        long value = page.buffer.getLong(at) >>> shift;
        if (shift + count > Long.SIZE) {
            value |= (long) page.buffer.get(at + Long.BYTES) << Long.SIZE - shift;
        }
        return value & -1L >>> Long.SIZE - count;
    }

    /** A geometry that is built when somebody asks. */
    private record LaterGeometry(GeometryShape shape, double[] ordinates, int flags) implements StoredGeometry {
        @Override
        public Geometry get() {
            try {
                return shape.build(ordinates);
            } catch (CorruptSectionException e) {
                throw e.toCorruptStore();
            }
        }
    }
}
