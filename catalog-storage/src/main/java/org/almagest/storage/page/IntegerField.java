package org.almagest.storage.page;

import org.almagest.batch.BatchColumn.Form;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.batch.ColumnArrays;
import org.almagest.internal.batch.RowPlaces;
import org.almagest.internal.row.FieldDecoder;
import org.almagest.model.Uint64;
import org.almagest.schema.TypeKind;
import org.almagest.storage.encoding.ByteSink;
import org.almagest.storage.encoding.Encoding;
import org.almagest.storage.encoding.Packed;
import org.almagest.storage.encoding.PageBytes;

/**
 * {@link Encoding#INTEGER}: the unit is how many decimal places the integers count, in seconds where they are times, or
 * {@link #BITS} for the bits of the value themselves.
 */
final class IntegerField extends FieldReader {
    /** The unit of integers that are the bits of the values. */
    static final int BITS = 255;
    /** Powers of ten up to here are exact as float64. */
    static final int SCALE_MAX = 15;

    static final double[] POWERS = powers();
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private final TypeKind kind;
    private final FieldType type;
    private final Packed integers = new Packed();
    private int unit;
    private double divisor = 1;

    IntegerField(FieldType type) {
        this.type = type;
        this.kind = type.kind();
    }

    private static double[] powers() {
        double[] powers = new double[SCALE_MAX + 1];
        double power = 1;
        for (int i = 0; i <= SCALE_MAX; i++) {
            powers[i] = power;
            power *= 10;
        }
        return powers;
    }

    static boolean fits(FieldType type) {
        return switch (type.kind()) {
            case STRING, BYTES, UUID, GEOMETRY, JSON -> false;
            default -> !type.array();
        };
    }

    @Override
    int open(PageBytes page, int at) throws CorruptSectionException {
        unit = page.u8(at);
        boolean known = switch (kind) {
            case FLOAT64 -> unit == BITS || unit <= SCALE_MAX;
            case TIMESTAMP, DURATION -> unit == 0 || unit == 3 || unit == 6 || unit == 9;
            default -> unit == BITS;
        };
        if (!known) {
            throw PageBytes.corrupt("unit " + unit + " of " + kind.text());
        }
        divisor = unit == BITS ? 1 : POWERS[unit];
        return integers.open(page, at + 1);
    }

    @Override
    Object value(int row) throws CorruptSectionException {
        long integer = integers.get(row);
        return switch (kind) {
            case INT64 -> integer;
            case UINT64 -> Uint64.ofBits(integer);
            case INT32 -> (int) integer;
            case FLOAT64 -> float64(integer);
            case FLOAT32 -> Float.intBitsToFloat((int) integer);
            case TIMESTAMP, DURATION -> time(integer);
            case BOOL -> decoding().bool(integer);
            case ENUM -> decoding().enumValue((int) integer);
            default -> throw PageBytes.corrupt("integers of " + kind.text());
        };
    }

    @Override
    void fill(RowPlaces rows, ColumnArrays into) throws CorruptSectionException {
        boolean isInteger = kind == TypeKind.INT64 || kind == TypeKind.UINT64 || kind == TypeKind.INT32;
        if (into.form() == Form.LONGS && isInteger) {
            fillLongs(rows, into);
        } else if (into.form() == Form.DOUBLES) {
            fillDoubles(rows, into);
        } else if (into.form() == Form.SECONDS) {
            fillTimes(rows, into);
        } else {
            super.fill(rows, into);
        }
    }

    private void fillLongs(RowPlaces rows, ColumnArrays into) {
        long[] longs = into.longs();
        for (int i = 0; i < rows.count(); i++) {
            longs[rows.place(i)] = integers.get(rows.row(i));
            into.mark(rows.place(i));
        }
    }

    private void fillTimes(RowPlaces rows, ColumnArrays into) throws CorruptSectionException {
        long[] longs = into.longs();
        int[] nanos = into.nanos();
        for (int i = 0; i < rows.count(); i++) {
            long integer = integers.get(rows.row(i));
            long seconds = seconds(integer);
            decoding().checkTime(seconds);
            longs[rows.place(i)] = seconds;
            nanos[rows.place(i)] = nanos(integer, seconds);
            into.mark(rows.place(i));
        }
    }

    private void fillDoubles(RowPlaces rows, ColumnArrays into) {
        double[] doubles = into.doubles();
        boolean isDecimal = unit != BITS;
        boolean isDouble = kind == TypeKind.FLOAT64;
        for (int i = 0; i < rows.count(); i++) {
            long integer = integers.get(rows.row(i));
            int place = rows.place(i);
            if (isDecimal) {
                doubles[place] = integer / divisor;
            } else {
                doubles[place] = isDouble ? Double.longBitsToDouble(integer) : Float.intBitsToFloat((int) integer);
            }
            into.mark(place);
        }
    }

    private FieldDecoder decoding() {
        return type.decoding();
    }

    private double float64(long integer) {
        return unit == BITS ? Double.longBitsToDouble(integer) : integer / divisor;
    }

    private Object time(long integer) throws CorruptSectionException {
        long seconds = seconds(integer);
        return decoding().time(seconds, nanos(integer, seconds));
    }

    // The divisors are constants, which the compiler divides by much faster than by a field.
    private long seconds(long integer) {
        return switch (unit) {
            case 0 -> integer;
            case 3 -> Math.floorDiv(integer, 1_000L);
            case 6 -> Math.floorDiv(integer, 1_000_000L);
            default -> Math.floorDiv(integer, (long) NANOS_PER_SECOND);
        };
    }

    private int nanos(long integer, long seconds) {
        return switch (unit) {
            case 0 -> 0;
            case 3 -> (int) (integer - seconds * 1_000) * 1_000_000;
            case 6 -> (int) (integer - seconds * 1_000_000) * 1_000;
            default -> (int) (integer - seconds * NANOS_PER_SECOND);
        };
    }

    @Override
    void put(int row, ByteSink body) throws CorruptSectionException {
        long integer = integers.get(row);
        switch (kind) {
            case INT64, UINT64 -> body.put64(integer);
            case FLOAT64 -> body.put64(Double.doubleToRawLongBits(float64(integer)));
            case INT32, FLOAT32, ENUM -> body.put32((int) integer);
            case BOOL -> body.put8((int) integer);
            default -> {
                long seconds = seconds(integer);
                body.put64(seconds);
                body.put32(nanos(integer, seconds));
            }
        }
    }
}
