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

    private final Numbering numbering;
    private final Source source;
    private final Presence presence;
    private final long[] block = new long[KeyBlocks.ROWS];
    private final boolean floats;
    private final long nan;

    private long low = Long.MAX_VALUE;
    private long high = Long.MIN_VALUE;
    private long belowZero = Long.MIN_VALUE;
    private long fromZero = Long.MAX_VALUE;
    private boolean hasNan;
    private @Nullable DistinctNumbers distinct = new DistinctNumbers(ColumnFormat.DISTINCT_MAX);

    /** The numbers of all rows, block by block; those of rows without a value say nothing. */
    interface Source {
        /** Fills in the numbers of a block; returns how many rows it has, 0 behind the last. */
        int read(int block, long[] out);
    }

    NumberPacking(Numbering numbering, Source source, Presence presence) {
        this.numbering = numbering;
        this.source = source;
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
        Frame frame = frame();
        BuiltColumn framed = frame == null ? null : framed(frame);
        BuiltColumn listed =
                distinct == null || hasNan && numbering.scale() != Numbering.BITS ? null : listed(distinct);
        if (framed == null || listed == null) {
            return framed == null ? listed : framed;
        }
        return listed.bodyBytes() < framed.bodyBytes() ? listed : framed;
    }

    /** What is done with the number of each row that has a value. */
    private interface Step {
        void of(long number);
    }

    private void forEach(Step step) {
        int row = 0;
        int rows;
        for (int i = 0; (rows = source.read(i, block)) > 0; i++) {
            for (int j = 0; j < rows; j++, row++) {
                if (presence.isSet(row)) {
                    step.of(block[j]);
                }
            }
        }
    }

    private void measure() {
        forEach(number -> {
            if (distinct != null && !distinct.add(number)) {
                distinct = null;
            }
            if (floats && number == nan) {
                hasNan = true;
                return;
            }
            low = Math.min(low, number);
            high = Math.max(high, number);
            if (number < 0) {
                belowZero = Math.max(belowZero, number);
            } else {
                fromZero = Math.min(fromZero, number);
            }
        });
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
        long step = numbering.scale() == Numbering.BITS ? 1 : step();
        long count = span / step + 1;
        return new Frame(low, step, count, 0, count);
    }

    /** Returns the largest step that all numbers lie on, counted from the lowest. */
    private long step() {
        long[] step = {0};
        forEach(number -> {
            if (step[0] != 1 && !(floats && number == nan)) {
                step[0] = commonDivisor(step[0], number - low);
            }
        });
        return Math.max(1, step[0]);
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

    private BuiltColumn framed(Frame frame) {
        long nanCode = frame.numberCount() + 1;
        CodeSink codes = new CodeSink();
        addCodes(codes, number -> floats && number == nan ? nanCode : frame.code(number));
        if (distinct != null) {
            codes.zones().distinctCount(distinct.count());
        }
        int zoneBytes = codes.zones().bodyBytes();
        return new BuiltColumn(ColumnHead.ofFrame(numbering, frame, hasNan, zoneBytes), new byte[0], codes);
    }

    private BuiltColumn listed(DistinctNumbers numbers) {
        long[] sorted = numbers.sort();
        CodeSink codes = new CodeSink();
        addCodes(codes, numbers::rank);
        codes.zones().distinctCount(sorted.length);
        ByteBuffer list = ByteBuffer.allocate(sorted.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        list.asLongBuffer().put(sorted);
        int zoneBytes = codes.zones().bodyBytes();
        ColumnHead head = ColumnHead.ofList(Encoding.NUMBERS, numbering, list.capacity(), zoneBytes);
        return new BuiltColumn(head, list.array(), codes);
    }

    private interface Coding {
        long code(long number);
    }

    private void addCodes(CodeSink codes, Coding coding) {
        int row = 0;
        int rows;
        for (int i = 0; (rows = source.read(i, block)) > 0; i++) {
            for (int j = 0; j < rows; j++, row++) {
                codes.add(presence.isSet(row) ? coding.code(block[j]) : 0);
            }
        }
    }
}
