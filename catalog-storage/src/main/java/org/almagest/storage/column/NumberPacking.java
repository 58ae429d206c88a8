package org.almagest.storage.column;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;

/** Turns the numbers of a field into codes, by frame or by list, whichever has fewer bytes. One thread. */
final class NumberPacking {
    /** Bounds of what a column has for itself, for each zone and, besides the numbers, for each row. */
    private static final long FIXED_BYTES = 256;

    private static final long ZONE_BYTES = 64;
    private static final long BITS_OF_SLACK = 4;

    /** So many different numbers are counted in any case. */
    private static final int COUNTED_MIN = 1 << 12;

    /** How far the estimate of different numbers is trusted: it is about 3 % off. */
    private static final double ESTIMATE_LOW = 0.8;

    private final Numbering numbering;
    private final KeyBlocks numbers;
    private final Presence presence;
    private final long[] block = new long[KeyBlocks.ROWS];
    private final boolean floats;
    private final long nan;

    private long low = Long.MAX_VALUE;
    private long high = Long.MIN_VALUE;
    private long belowZero = Long.MIN_VALUE;
    private long fromZero = Long.MAX_VALUE;
    private long origin;
    private boolean hasOrigin;
    private long step;
    private boolean hasNan;

    /** Packs the numbers of all rows; those of rows without a value say nothing. */
    NumberPacking(Numbering numbering, KeyBlocks numbers, Presence presence) {
        this.numbering = numbering;
        this.numbers = numbers;
        this.presence = presence;
        this.floats = numbering.kind() == TypeKind.FLOAT32 || numbering.kind() == TypeKind.FLOAT64;
        this.nan = nanNumber(numbering);
    }

    private static long nanNumber(Numbering numbering) {
        if (numbering.scale() != Numbering.BITS) {
            return Decimals.NAN;
        }
        return numbering.kind() == TypeKind.FLOAT32 ? Numbering.ofFloat(Float.NaN) : Numbering.ofDouble(Double.NaN);
    }

    /** Returns a bound of the bytes of a column of so many rows, whose numbers have so many bytes in blocks. */
    static long bytesAtMost(long rows, long packedBytes) {
        long zones = rows / KeyBlocks.ROWS + 1;
        return FIXED_BYTES + zones * ZONE_BYTES + packedBytes + rows * BITS_OF_SLACK / Byte.SIZE;
    }

    /** Returns the column; null where its numbers are too many and too far apart. */
    @Nullable
    BuiltColumn pack() {
        measure();
        boolean listable = !hasNan || numbering.scale() == Numbering.BITS;
        Frame frame = frame();
        if (frame == null) {
            DistinctNumbers distinct = listable ? distinct(ColumnFormat.DISTINCT_MAX) : null;
            return distinct == null ? null : listed(distinct);
        }
        BuiltColumn framed = framed(frame);
        // A list of more numbers would have more bytes than the frame.
        int countMax = Math.max(COUNTED_MIN, Math.min(ColumnFormat.DISTINCT_MAX, framed.bodyBytes() / Long.BYTES));
        boolean few = framed.distinctEstimate() * ESTIMATE_LOW <= countMax;
        DistinctNumbers distinct = few ? distinct(countMax) : null;
        if (distinct == null) {
            return framed;
        }
        framed.distinctCount(distinct.count());
        if (!listable || (long) distinct.count() * Long.BYTES >= framed.bodyBytes()) {
            return framed;
        }
        BuiltColumn listed = listed(distinct);
        return listed.bodyBytes() < framed.bodyBytes() ? listed : framed;
    }

    /** Fills in the numbers of the rows of a block that have a value; returns how many, -1 behind the last block. */
    private int readSet(int index) {
        int rows = numbers.read(index, block);
        return rows == 0 ? -1 : presence.keepSet(index * KeyBlocks.ROWS, rows, block);
    }

    private void measure() {
        boolean stepped = numbering.scale() != Numbering.BITS;
        int count;
        for (int i = 0; (count = readSet(i)) >= 0; i++) {
            count = floats ? withoutNan(count) : count;
            bound(count);
            if (stepped && step != 1) {
                step = step(count);
            }
        }
    }

    private int withoutNan(int count) {
        int kept = 0;
        for (int j = 0; j < count; j++) {
            block[kept] = block[j];
            kept += block[j] == nan ? 0 : 1;
        }
        hasNan |= kept < count;
        return kept;
    }

    private void bound(int count) {
        long least = low;
        long most = high;
        for (int j = 0; j < count; j++) {
            least = Math.min(least, block[j]);
            most = Math.max(most, block[j]);
        }
        low = least;
        high = most;
        for (int j = 0; floats && j < count; j++) {
            if (block[j] < 0) {
                belowZero = Math.max(belowZero, block[j]);
            } else {
                fromZero = Math.min(fromZero, block[j]);
            }
        }
    }

    /**
     * Returns the largest step that all numbers lie on which were read so far; 0 while all are equal. Means nothing where
     * they are further apart than a frame can be.
     */
    private long step(int count) {
        if (!hasOrigin && count > 0) {
            origin = block[0];
            hasOrigin = true;
        }
        long common = step;
        for (int j = 0; j < count && common != 1; j++) {
            long distance = Math.abs(block[j] - origin);
            if (common == 0 ? distance != 0 : distance % common != 0) {
                common = commonDivisor(common, distance);
            }
        }
        return common;
    }

    /** Returns the frame around all numbers; null where their codes would not fit 63 bits. */
    private @Nullable Frame frame() {
        if (low > high) {
            return new Frame(0, 1, 0, 0, 0);
        }
        if (numbering.scale() == Numbering.BITS && low < 0 && high >= 0) {
            // Between the bits of the floats next to zero on either side lie those of all that are smaller.
            long below = belowZero - low + 1;
            long above = high - fromZero + 1;
            boolean fits = below > 0 && above > 0 && below + above > 0 && below + above < Long.MAX_VALUE;
            return fits ? new Frame(low, 1, below, fromZero, below + above) : null;
        }
        long span = high - low;
        if (span < 0 || span >= Long.MAX_VALUE - 1) {
            return null;
        }
        long apart = numbering.scale() == Numbering.BITS ? 1 : Math.max(1, step);
        long count = span / apart + 1;
        return new Frame(low, apart, count, 0, count);
    }

    private static long commonDivisor(long left, long right) {
        long a = left;
        long b = right;
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }

    /** Returns the different numbers; null where there are more than so many. */
    private @Nullable DistinctNumbers distinct(int countMax) {
        DistinctNumbers distinct = new DistinctNumbers(countMax);
        int count;
        for (int i = 0; (count = readSet(i)) >= 0; i++) {
            for (int j = 0; j < count; j++) {
                if (!distinct.add(block[j])) {
                    return null;
                }
            }
        }
        return distinct;
    }

    private BuiltColumn framed(Frame frame) {
        CodeSink codes = new CodeSink();
        int rows;
        for (int i = 0; (rows = numbers.read(i, block)) > 0; i++) {
            encode(frame, rows);
            presence.clearUnset(i * KeyBlocks.ROWS, rows, block);
            codes.add(block, rows);
        }
        int zoneBytes = codes.zones().bodyBytes();
        return new BuiltColumn(ColumnHead.ofFrame(numbering, frame, hasNan, zoneBytes), new byte[0], codes);
    }

    /** Turns the numbers of a block into codes; what becomes of those of rows without a value does not matter. */
    private void encode(Frame frame, int rows) {
        if (!hasNan && frame.step() == 1 && frame.split() == frame.numberCount()) {
            long before = frame.low() - 1;
            for (int j = 0; j < rows; j++) {
                block[j] -= before;
            }
            return;
        }
        long nanCode = frame.numberCount() + 1;
        for (int j = 0; j < rows; j++) {
            block[j] = hasNan && block[j] == nan ? nanCode : frame.code(block[j]);
        }
    }

    private BuiltColumn listed(DistinctNumbers distinct) {
        long[] sorted = distinct.sort();
        CodeSink codes = new CodeSink();
        codes.zones().distinctCount(sorted.length);
        int rows;
        for (int i = 0; (rows = numbers.read(i, block)) > 0; i++) {
            for (int j = 0; j < rows; j++) {
                block[j] = distinct.rank(block[j]);
            }
            presence.clearUnset(i * KeyBlocks.ROWS, rows, block);
            codes.add(block, rows);
        }
        ByteBuffer list = ByteBuffer.allocate(sorted.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        list.asLongBuffer().put(sorted);
        int zoneBytes = codes.zones().bodyBytes();
        ColumnHead head = ColumnHead.ofList(Encoding.NUMBERS, numbering, list.capacity(), zoneBytes);
        return new BuiltColumn(head, list.array(), codes);
    }
}
