package org.almagest.internal.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.model.Bytes;
import org.almagest.model.EnumValue;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.model.Uint64;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;

/**
 * The bytes of a field's value, as they stand in row bodies and enter ids.
 *
 * <p>Integers are little-endian. {@code docs/format/ids.md} tells why and has examples.
 *
 * <pre>
 * type                          bytes  value
 * string, bytes, geometry, json 4 + n  u32 n, then n bytes: UTF-8, content, ISO WKB, canonical UTF-8
 * bool                          1      0 or 1
 * int32, enum                   4      two's complement; the declared number
 * int64, uint64                 8      two's complement, unsigned
 * float32                       4      IEEE 754 bits, NaN as 0x7fc00000
 * float64                       8      IEEE 754 bits, NaN as 0x7ff8000000000000
 * duration, timestamp           12     i64 floored seconds, u32 nanoseconds below 10^9
 * uuid                          16     big-endian, as its text reads
 * array of a type               4 + …  u32 count, at least 1, then the values
 * </pre>
 */
public final class ValueCodec {
    /** The width of types whose values have none in common. */
    public static final int VARIABLE = -1;

    static final Duration DURATION_MAX = Duration.ofSeconds(315_576_000_000L);
    static final long TIMESTAMP_SECONDS_MIN =
            Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    static final long TIMESTAMP_SECONDS_MAX =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private static final int NANOS_PER_SECOND = 1_000_000_000;
    private static final int INSTANT_BYTES = Long.BYTES + Integer.BYTES;
    private static final int UUID_BYTES = 2 * Long.BYTES;
    private static final String RESOURCE = "row";

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private ValueCodec() {}

    /** Returns how many bytes a scalar of this kind has, or {@link #VARIABLE}. */
    public static int width(TypeKind kind) {
        return switch (kind) {
            case BOOL -> 1;
            case INT32, FLOAT32, ENUM -> Integer.BYTES;
            case INT64, UINT64, FLOAT64 -> Long.BYTES;
            case DURATION, TIMESTAMP -> INSTANT_BYTES;
            case UUID -> UUID_BYTES;
            case STRING, BYTES, GEOMETRY, JSON -> VARIABLE;
        };
    }

    /**
     * Returns the bytes of a value.
     *
     * @param value anything that ingest takes for the field
     * @throws InvalidRequestException if it is not of the field's type, or counts as unset
     * @throws LimitExceededException if it passes one of the default limits
     */
    public static byte[] encode(Field field, Object value) {
        return encode(new Slot(field), value);
    }

    static byte[] encode(Slot slot, Object value) {
        InputPlace place = new InputPlace();
        RowBuffer out = new RowBuffer(place);
        if (!new ValueEncoder(Limits.defaults(), place, out).write(slot, value)) {
            throw place.refused("unset (expected a value)");
        }
        return out.toArray();
    }

    /**
     * Returns the value that stands in {@code bytes[start, end)}, as {@link org.almagest.model.Datapoint} tells its type.
     *
     * @param end what {@link #endOf} returned
     * @throws CorruptSectionException if the bytes are no value of the field
     */
    public static Object decode(Field field, byte[] bytes, int start, int end) throws CorruptSectionException {
        return decode(new Slot(field), bytes, start, end);
    }

    static Object decode(Slot slot, byte[] bytes, int start, int end) throws CorruptSectionException {
        if (!slot.isArray()) {
            return scalar(slot, bytes, start, end);
        }
        Object[] elements = new Object[intAt(bytes, start)];
        int position = start + Integer.BYTES;
        for (int i = 0; i < elements.length; i++) {
            int next = endOfScalar(slot.field(), bytes, position, end);
            elements[i] = scalar(slot, bytes, position, next);
            position = next;
        }
        return List.of(elements);
    }

    private static Object scalar(Slot slot, byte[] bytes, int start, int end) throws CorruptSectionException {
        return content(slot, bytes, width(slot.kind()) == VARIABLE ? start + Integer.BYTES : start, end);
    }

    /** Returns the value of a scalar, or of an element, whose bytes stand in {@code [from, end)} without a length. */
    static Object content(Slot slot, byte[] bytes, int from, int end) throws CorruptSectionException {
        return switch (slot.kind()) {
            case STRING -> text(bytes, from, end);
            case BYTES -> Bytes.of(Arrays.copyOfRange(bytes, from, end));
            case BOOL -> bool(bytes[from], from);
            case INT64 -> longAt(bytes, from);
            case UINT64 -> Uint64.ofBits(longAt(bytes, from));
            case FLOAT64 -> Double.longBitsToDouble(longAt(bytes, from));
            case DURATION -> duration(longAt(bytes, from), intAt(bytes, from + Long.BYTES), from);
            case TIMESTAMP -> timestamp(longAt(bytes, from), intAt(bytes, from + Long.BYTES), from);
            case UUID ->
                new UUID(Long.reverseBytes(longAt(bytes, from)), Long.reverseBytes(longAt(bytes, from + Long.BYTES)));
            case GEOMETRY -> GeometryValues.read(bytes, from, end);
            case INT32 -> intAt(bytes, from);
            case FLOAT32 -> Float.intBitsToFloat(intAt(bytes, from));
            case ENUM -> enumValue(slot, intAt(bytes, from), from);
            case JSON -> Json.ofCanonical(text(bytes, from, end));
        };
    }

    private static String text(byte[] bytes, int from, int end) throws CorruptSectionException {
        String text = new String(bytes, from, end - from, StandardCharsets.UTF_8);
        // Malformed bytes decode to U+FFFD, which real text hardly ever has: only then is it worth looking twice.
        if (text.indexOf('\uFFFD') >= 0
                && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(bytes, from, end))) {
            throw corrupt("text: not UTF-8", from);
        }
        return text;
    }

    static Boolean bool(long value, int start) throws CorruptSectionException {
        if (value >> 1 != 0) {
            throw corrupt("bool: " + value + " (expected 0 or 1)", start);
        }
        return value == 1;
    }

    static Duration duration(long seconds, int nanos, int start) throws CorruptSectionException {
        long max = DURATION_MAX.getSeconds();
        checkNanos(nanos, start + Long.BYTES);
        boolean within = seconds < max ? seconds >= -max : seconds == max && nanos == 0;
        if (!within) {
            throw corrupt("duration: " + seconds + " s", start);
        }
        return Duration.ofSeconds(seconds, nanos);
    }

    static Instant timestamp(long seconds, int nanos, int start) throws CorruptSectionException {
        if (seconds < TIMESTAMP_SECONDS_MIN || seconds > TIMESTAMP_SECONDS_MAX) {
            throw corrupt("timestamp: " + seconds + " s", start);
        }
        checkNanos(nanos, start + Long.BYTES);
        return Instant.ofEpochSecond(seconds, nanos);
    }

    /** Returns the timestamp that was encoded at {@code start}. */
    static Instant timestampAt(byte[] bytes, int start) {
        return Instant.ofEpochSecond(longAt(bytes, start), intAt(bytes, start + Long.BYTES));
    }

    private static void checkNanos(int nanos, int start) throws CorruptSectionException {
        if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
            throw corrupt("nanoseconds: " + Integer.toUnsignedString(nanos), start);
        }
    }

    static EnumValue enumValue(Slot slot, int number, int start) throws CorruptSectionException {
        EnumValue declared = slot.enumNumbered(number);
        if (declared == null) {
            throw corrupt("enum: undeclared number " + number, start);
        }
        return declared;
    }

    /**
     * Returns the index after the value that begins at {@code start}; looks at lengths and counts only.
     *
     * @param limit the end of what may be read
     * @throws CorruptSectionException if the value reaches beyond the limit or is an array without elements
     */
    public static int endOf(Field field, byte[] bytes, int start, int limit) throws CorruptSectionException {
        if (!field.isArray()) {
            return endOfScalar(field, bytes, start, limit);
        }
        long count = lengthAt(bytes, start, limit);
        if (count == 0) {
            throw corrupt("array: empty", start);
        }
        int first = start + Integer.BYTES;
        int width = width(field.kind());
        if (width != VARIABLE) {
            return checkedEnd(first, count * width, limit);
        }
        checkedEnd(first, count * Integer.BYTES, limit);
        int position = first;
        for (long i = 0; i < count; i++) {
            position = endOfScalar(field, bytes, position, limit);
        }
        return position;
    }

    private static int endOfScalar(Field field, byte[] bytes, int start, int limit) throws CorruptSectionException {
        int width = width(field.kind());
        return width != VARIABLE
                ? checkedEnd(start, width, limit)
                : checkedEnd(start + Integer.BYTES, lengthAt(bytes, start, limit), limit);
    }

    private static long lengthAt(byte[] bytes, int start, int limit) throws CorruptSectionException {
        checkedEnd(start, Integer.BYTES, limit);
        return Integer.toUnsignedLong(intAt(bytes, start));
    }

    private static int checkedEnd(int start, long length, int limit) throws CorruptSectionException {
        if (length > limit - start) {
            throw corrupt("value: " + length + " bytes (at most " + (limit - start) + ")", start);
        }
        return start + (int) length;
    }

    static int intAt(byte[] bytes, int index) {
        return (int) INT.get(bytes, index);
    }

    static long longAt(byte[] bytes, int index) {
        return (long) LONG.get(bytes, index);
    }

    static CorruptSectionException corrupt(String rule, int offset) {
        return new CorruptSectionException("row: " + rule, RESOURCE, offset);
    }
}
