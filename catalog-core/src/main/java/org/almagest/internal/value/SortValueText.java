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
            put(out, SIGNED, bytes(Long.BYTES).putLong(number));
        } else if (value instanceof Uint64 number) {
            put(out, UNSIGNED, bytes(Long.BYTES).putLong(number.bits()));
        } else if (value instanceof Double number) {
            put(out, FLOAT, bytes(Double.BYTES).putLong(Double.doubleToLongBits(number)));
        } else if (value instanceof String text) {
            putSized(out, TEXT, text.getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof Boolean truth) {
            out.write(truth ? TRUE : FALSE);
        } else if (value instanceof Instant time) {
            put(out, INSTANT, seconds(time.getEpochSecond(), time.getNano()));
        } else if (value instanceof Duration length) {
            put(out, DURATION, seconds(length.getSeconds(), length.getNano()));
        } else if (value instanceof UUID uuid) {
            put(out, UUID_VALUE, pair(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits()));
        } else if (value instanceof DatapointId id) {
            put(out, ID, pair(id.high(), id.low()));
        } else {
            putSized(out, BYTES, ((Bytes) value).toArray());
        }
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocate(length);
    }

    private static ByteBuffer pair(long high, long low) {
        return bytes(2 * Long.BYTES).putLong(high).putLong(low);
    }

    private static ByteBuffer seconds(long seconds, int nanos) {
        return bytes(Long.BYTES + Integer.BYTES).putLong(seconds).putInt(nanos);
    }

    private static void put(ByteArrayOutputStream out, int tag, ByteBuffer value) {
        out.write(tag);
        out.writeBytes(value.array());
    }

    private static void putSized(ByteArrayOutputStream out, int tag, byte[] value) {
        out.write(tag);
        out.writeBytes(bytes(Integer.BYTES).putInt(value.length).array());
        out.writeBytes(value);
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
