package org.almagest.storage.page;

import org.almagest.schema.TypeKind;
import org.almagest.storage.encoding.ByteSink;
import org.almagest.storage.encoding.Encoding;
import org.almagest.storage.encoding.PageImage;
import org.almagest.storage.encoding.Slices;

/** Describes values of a fixed width as {@link Encoding#INTEGER} or {@link Encoding#PAIR}. One thread. */
final class IntegerEncoder {
    private static final int NANOS_PER_SECOND = 1_000_000_000;
    private static final long SECONDS_MAX = Long.MAX_VALUE / NANOS_PER_SECOND - 1;
    /** Beyond this not every integer is a float64. */
    private static final double EXACT_MAX = 0x1p53;

    /** Where float64 values usually have this many decimal places or fewer, others are tried from here. */
    private int scaleGuess;

    /** Returns false, having described nothing, where a value is not one of its type. */
    boolean encode(TypeKind kind, Slices values, PageImage page) {
        long[] integers = page.borrow();
        int unit = IntegerField.BITS;
        switch (kind) {
            case FLOAT64 -> unit = decimals(values, integers);
            case TIMESTAMP, DURATION -> {
                unit = timeUnit(values);
                if (unit < 0) {
                    return false;
                }
                times(values, unit, integers);
            }
            case INT64, UINT64 -> longs(values, integers);
            case INT32, FLOAT32, ENUM -> ints(values, integers);
            case BOOL -> bools(values, integers);
            default -> {
                return pair(values, page);
            }
        }
        page.columns().put8(Encoding.INTEGER);
        page.columns().put8(unit);
        page.pack(integers, values.starts);
        return true;
    }

    private static void longs(Slices values, long[] integers) {
        for (int row = 0; row < values.rows; row++) {
            integers[row] = values.isSet(row) ? ByteSink.get64(values.bytes, values.starts[row]) : 0;
        }
    }

    private static void ints(Slices values, long[] integers) {
        for (int row = 0; row < values.rows; row++) {
            integers[row] = values.isSet(row) ? ByteSink.get32(values.bytes, values.starts[row]) : 0;
        }
    }

    private static void bools(Slices values, long[] integers) {
        for (int row = 0; row < values.rows; row++) {
            integers[row] = values.isSet(row) ? values.bytes[values.starts[row]] : 0;
        }
    }

    private static boolean pair(Slices values, PageImage page) {
        page.columns().put8(Encoding.PAIR);
        for (int half = 0; half < 2; half++) {
            long[] integers = page.borrow();
            for (int row = 0; row < values.rows; row++) {
                integers[row] = values.isSet(row)
                        ? Long.reverseBytes(ByteSink.get64(values.bytes, values.starts[row] + half * Long.BYTES))
                        : 0;
            }
            page.pack(integers, values.starts);
        }
        return true;
    }

    /** Fills in the integers of the coarsest decimal unit that all values are exact in, and returns it. */
    private int decimals(Slices values, long[] integers) {
        int scale = scaleGuess > 0 && fill(values, scaleGuess - 1, integers) ? 0 : scaleGuess;
        while (scale <= IntegerField.SCALE_MAX) {
            if (fill(values, scale, integers)) {
                scaleGuess = scale;
                return scale;
            }
            scale++;
        }
        longs(values, integers);
        return IntegerField.BITS;
    }

    /** Fills in integers as long as they give the values back, bit by bit. */
    private static boolean fill(Slices values, int scale, long[] integers) {
        double power = IntegerField.POWERS[scale];
        for (int row = 0; row < values.rows; row++) {
            if (values.isSet(row)) {
                long bits = ByteSink.get64(values.bytes, values.starts[row]);
                double scaled = Math.rint(Double.longBitsToDouble(bits) * power);
                long integer = (long) scaled;
                if (!(Math.abs(scaled) < EXACT_MAX) || Double.doubleToRawLongBits(integer / power) != bits) {
                    return false;
                }
                integers[row] = integer;
            }
        }
        return true;
    }

    /** Returns 0, 3, 6 or 9; -1 where a value is no time or too far away for nanoseconds. */
    private static int timeUnit(Slices values) {
        int unit = 0;
        for (int row = 0; row < values.rows; row++) {
            if (values.isSet(row)) {
                long seconds = ByteSink.get64(values.bytes, values.starts[row]);
                int nanos = ByteSink.get32(values.bytes, values.starts[row] + Long.BYTES);
                boolean isTime = nanos >= 0 && nanos < NANOS_PER_SECOND && Math.abs(seconds) < SECONDS_MAX;
                if (!isTime || seconds == Long.MIN_VALUE) {
                    return -1;
                }
                if (nanos != 0) {
                    int own = nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : 9;
                    unit = Math.max(unit, own);
                }
            }
        }
        return unit;
    }

    private static void times(Slices values, int unit, long[] integers) {
        long perSecond = (long) IntegerField.POWERS[unit];
        long nanosEach = NANOS_PER_SECOND / perSecond;
        for (int row = 0; row < values.rows; row++) {
            if (values.isSet(row)) {
                long seconds = ByteSink.get64(values.bytes, values.starts[row]);
                int nanos = ByteSink.get32(values.bytes, values.starts[row] + Long.BYTES);
                integers[row] = seconds * perSecond + nanos / nanosEach;
            }
        }
    }
}
