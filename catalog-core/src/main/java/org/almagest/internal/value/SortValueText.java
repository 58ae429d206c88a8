package org.almagest.internal.value;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.almagest.model.Uint64;
import org.jspecify.annotations.Nullable;

/**
 * Sort values as text for page tokens: these bytes in base64url without padding, integers big-endian.
 *
 * <pre>
 * tag  value         bytes
 * 0    unset         -
 * 1    integer       8, two's complement
 * 2    integer       8, unsigned, from 2^63 on
 * 3    float         8, IEEE 754
 * 4    text          u32 length, then UTF-8
 * 5    false         -
 * 6    true          -
 * 7    timestamp     i64 seconds, u32 nanoseconds
 * 8    duration      i64 seconds, u32 nanoseconds
 * 9    UUID          16
 * 10   datapoint id  16
 * 11   bytes         u32 length, then the bytes
 * </pre>
 */
public final class SortValueText {
    /** More values than any query sorts by. */
    private static final int VALUES_MAX = 1_000;

    private static final int UNSET = 0;
    private static final int SIGNED = 1;
    private static final int UNSIGNED = 2;
    private static final int FLOAT = 3;
    private static final int TEXT = 4;
    private static final int FALSE = 5;
    private static final int TRUE = 6;
    private static final int INSTANT = 7;
    private static final int DURATION = 8;
    private static final int UUID_VALUE = 9;
    private static final int ID = 10;
    private static final int BYTES = 11;

    private SortValueText() {}

    /** Returns values in the form of {@link SortValues}, empty where unset, as text. */
    public static String format(List<Optional<Object>> values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        values.forEach(value -> write(out, value.orElse(null)));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
    }

    private static void write(ByteArrayOutputStream out, @Nullable Object value) {
        if (value == null) {
            out.write(UNSET);
        } else if (value instanceof Long number) {
            putLong(out, SIGNED, number);
        } else if (value instanceof Uint64 number) {
            putLong(out, UNSIGNED, number.bits());
        } else if (value instanceof Double number) {
            putLong(out, FLOAT, Double.doubleToLongBits(number));
        } else if (value instanceof String text) {
            putSized(out, TEXT, text.getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof Boolean truth) {
            out.write(truth ? TRUE : FALSE);
        } else if (value instanceof Instant time) {
            putLong(out, INSTANT, time.getEpochSecond());
            put(out, time.getNano(), Integer.BYTES);
        } else if (value instanceof Duration length) {
            putLong(out, DURATION, length.getSeconds());
            put(out, length.getNano(), Integer.BYTES);
        } else if (value instanceof UUID uuid) {
            putLong(out, UUID_VALUE, uuid.getMostSignificantBits());
            put(out, uuid.getLeastSignificantBits(), Long.BYTES);
        } else if (value instanceof DatapointId id) {
            putLong(out, ID, id.high());
            put(out, id.low(), Long.BYTES);
        } else {
            putSized(out, BYTES, ((Bytes) value).toArray());
        }
    }

    private static void putLong(ByteArrayOutputStream out, int tag, long value) {
        out.write(tag);
        put(out, value, Long.BYTES);
    }

    private static void putSized(ByteArrayOutputStream out, int tag, byte[] value) {
        out.write(tag);
        put(out, value.length, Integer.BYTES);
        out.writeBytes(value);
    }

    private static void put(ByteArrayOutputStream out, long value, int bytes) {
        for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out.write((int) (value >>> shift));
        }
    }

    /**
     * Reads what {@link #format} writes of at least one value, and nothing else.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static List<Optional<Object>> parse(String text) {
        List<Optional<Object>> values = new ArrayList<>();
        try {
            ByteBuffer in = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            while (in.hasRemaining() && values.size() < VALUES_MAX) {
                values.add(Optional.ofNullable(read(in)).map(SortValues::canonical));
            }
        } catch (BufferUnderflowException | DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(e);
        }
        // Values have one text each: what else decodes to them was not written here.
        if (values.isEmpty() || !format(values).equals(text)) {
            throw new IllegalArgumentException("not as written");
        }
        return values;
    }

    private static @Nullable Object read(ByteBuffer in) {
        int tag = in.get();
        return switch (tag) {
            case UNSET -> null;
            case SIGNED -> in.getLong();
            case UNSIGNED -> Uint64.ofBits(in.getLong());
            case FLOAT -> Double.longBitsToDouble(in.getLong());
            case TEXT -> new String(sized(in), StandardCharsets.UTF_8);
            case FALSE -> false;
            case TRUE -> true;
            case INSTANT -> Instant.ofEpochSecond(in.getLong(), in.getInt());
            case DURATION -> Duration.ofSeconds(in.getLong(), in.getInt());
            case UUID_VALUE -> new UUID(in.getLong(), in.getLong());
            case ID -> new DatapointId(in.getLong(), in.getLong());
            case BYTES -> Bytes.of(sized(in));
            default -> throw new IllegalArgumentException("tag " + tag);
        };
    }

    private static byte[] sized(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("length " + length);
        }
        byte[] value = new byte[length];
        in.get(value);
        return value;
    }
}
