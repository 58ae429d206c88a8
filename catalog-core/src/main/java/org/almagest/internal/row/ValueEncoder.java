package org.almagest.internal.row;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.Bytes;
import org.almagest.model.EnumValue;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;

/**
 * Converts what users give to the type of its field and writes it as bytes, in one step. Not safe for use by several
 * threads.
 *
 * <p>Nothing is converted that could lose something: text stays text, numbers convert only when exact.
 */
final class ValueEncoder {
    private final Limits limits;
    private final InputPlace place;
    private final RowBuffer out;
    private final GeometryValues geometries;

    ValueEncoder(Limits limits, InputPlace place, RowBuffer out) {
        this.limits = limits;
        this.place = place;
        this.out = out;
        this.geometries = new GeometryValues(limits, place, out);
    }

    GeometryValues geometries() {
        return geometries;
    }

    /** Writes a value, or returns false where it counts as unset and nothing or part of it was written. */
    boolean write(Slot slot, Object value) {
        place.field(slot.name());
        boolean set = slot.writer().write(this, slot, value);
        checkRowBytes();
        return set;
    }

    private void checkRowBytes() {
        if (out.rowLength() > limits.rowBytesMax()) {
            place.wholeRow();
            throw place.exceeded("bytes", "rowBytesMax", out.rowLength(), limits.rowBytesMax());
        }
    }

    boolean writeArray(Slot slot, Object value) {
        int countAt = out.length();
        out.putInt(0);
        int count = 0;
        if (value instanceof Collection) {
            checkCount(((Collection<?>) value).size());
            for (Object element : (Collection<?>) value) {
                writeElement(slot, count++, element);
            }
            checkCount(count);
        } else if (value.getClass().isArray()) {
            int length = Array.getLength(value);
            checkCount(length);
            while (count < length) {
                writeElement(slot, count, Array.get(value, count));
                count++;
            }
        } else {
            throw wrongType(slot, value);
        }
        out.setInt(countAt, count);
        return count > 0;
    }

    private void checkCount(int count) {
        if (count > limits.arrayElementsMax()) {
            throw place.exceeded("elements", "arrayElementsMax", count, limits.arrayElementsMax());
        }
    }

    private void writeElement(Slot slot, int index, @Nullable Object element) {
        place.element(index);
        if (element == null) {
            throw place.refused("null (expected " + InputTypes.elementText(slot) + ")");
        }
        if (!ValueWriter.of(slot.kind()).write(this, slot, element)) {
            throw place.refused(InputTypes.emptyText(slot) + " (expected " + InputTypes.elementText(slot) + ")");
        }
        place.wholeField();
        checkRowBytes();
    }

    boolean writeOther(Slot slot, Object value) {
        switch (slot.kind()) {
            case BYTES -> writeBytes(slot, value);
            case BOOL -> out.putByte(cast(slot, Boolean.class, value) ? 1 : 0);
            case UUID -> writeUuid(cast(slot, UUID.class, value));
            case ENUM -> writeEnum(slot, value);
            case JSON -> {
                return writeJson(cast(slot, Json.class, value));
            }
            default -> throw new IllegalStateException("value: of " + slot.kind());
        }
        return true;
    }

    void writeFloat(Slot slot, Object value) {
        if (slot.kind() == TypeKind.FLOAT64) {
            out.putLong(Double.doubleToLongBits(Numbers.toDouble(slot, value, place)));
        } else {
            out.putInt(Float.floatToIntBits(Numbers.toFloat(slot, value, place)));
        }
    }

    void writeTime(Slot slot, Object value) {
        if (slot.kind() == TypeKind.TIMESTAMP) {
            writeTimestamp(cast(slot, Instant.class, value));
        } else {
            writeDuration(cast(slot, Duration.class, value));
        }
    }

    void writeString(Slot slot, Object value) {
        if (!(value instanceof CharSequence)) {
            throw wrongType(slot, value);
        }
        writeText((CharSequence) value);
    }

    private void writeText(CharSequence text) {
        // UTF-8 never has fewer bytes than UTF-16 has units, so a text that is far too long is not encoded at all.
        checkValueBytes(text.length());
        int lengthAt = out.length();
        out.putInt(0);
        if (!out.putUtf8(text)) {
            throw place.refused("lone surrogate (expected Unicode text)");
        }
        int length = out.length() - lengthAt - Integer.BYTES;
        checkValueBytes(length);
        out.setInt(lengthAt, length);
    }

    private void checkValueBytes(long length) {
        if (length > limits.valueBytesMax()) {
            throw place.exceeded("bytes", "valueBytesMax", length, limits.valueBytesMax());
        }
    }

    private void writeBytes(Slot slot, Object value) {
        byte[] bytes;
        if (value instanceof Bytes) {
            bytes = ((Bytes) value).toArray();
        } else if (value instanceof byte[]) {
            bytes = (byte[]) value;
        } else if (value instanceof ByteBuffer) {
            ByteBuffer view = ((ByteBuffer) value).duplicate();
            bytes = new byte[view.remaining()];
            view.get(bytes);
        } else {
            throw wrongType(slot, value);
        }
        checkValueBytes(bytes.length);
        out.putInt(bytes.length);
        out.putBytes(bytes);
    }

    void writeInteger(Slot slot, Object value) {
        long bits = Numbers.toIntegerBits(slot, value, place);
        if (slot.kind() == TypeKind.INT32) {
            out.putInt((int) bits);
        } else {
            out.putLong(bits);
        }
    }

    private void writeDuration(Duration duration) {
        if (duration.compareTo(ValueCodec.DURATION_MAX) > 0
                || duration.compareTo(ValueCodec.DURATION_MAX.negated()) < 0) {
            throw place.refused("duration out of range (expected at most " + ValueCodec.DURATION_MAX.getSeconds()
                    + " s either way)");
        }
        out.putLong(duration.getSeconds());
        out.putInt(duration.getNano());
    }

    private void writeTimestamp(Instant instant) {
        if (instant.getEpochSecond() < ValueCodec.TIMESTAMP_SECONDS_MIN
                || instant.getEpochSecond() > ValueCodec.TIMESTAMP_SECONDS_MAX) {
            throw place.refused("timestamp out of range (expected years 0001 to 9999)");
        }
        out.putLong(instant.getEpochSecond());
        out.putInt(instant.getNano());
    }

    private void writeUuid(UUID uuid) {
        out.putLong(Long.reverseBytes(uuid.getMostSignificantBits()));
        out.putLong(Long.reverseBytes(uuid.getLeastSignificantBits()));
    }

    private void writeEnum(Slot slot, Object value) {
        EnumValue declared;
        if (value instanceof EnumValue) {
            declared = slot.enumNumbered(((EnumValue) value).number());
            declared = value.equals(declared) ? declared : null;
        } else if (value instanceof CharSequence) {
            declared = slot.enumNamed(value.toString());
        } else {
            long number = Numbers.toLong(value).orElseThrow(() -> wrongType(slot, value));
            declared = number == (int) number ? slot.enumNumbered((int) number) : null;
        }
        if (declared == null) {
            throw place.refused("undeclared value (expected " + InputTypes.elementText(slot) + ")");
        }
        out.putInt(declared.number());
    }

    private boolean writeJson(Json json) {
        if (json.isNull()) {
            return false;
        }
        writeText(json.text());
        return true;
    }

    private <T> T cast(Slot slot, Class<T> type, Object value) {
        if (!type.isInstance(value)) {
            throw wrongType(slot, value);
        }
        return type.cast(value);
    }

    private InvalidRequestException wrongType(Slot slot, Object value) {
        return InputTypes.wrongType(slot, value, place);
    }
}
