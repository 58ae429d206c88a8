package org.almagest.internal.row;

import org.almagest.error.CorruptSectionException;
import org.almagest.model.EnumValue;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;

/**
 * Makes the values of one field out of what is stored of them, for those who keep no row bodies. Immutable.
 *
 * <p>Every method refuses what is no value of the field.
 */
public final class FieldDecoder {
    private final Slot slot;
    private final boolean array;

    /** Creates the decoder of a numbered field. */
    public FieldDecoder(Field field) {
        this(new Slot(field), field.isArray());
    }

    private FieldDecoder(Slot slot, boolean array) {
        this.slot = slot;
        this.array = array;
    }

    /** Returns the decoder of the elements of an array; itself for a scalar. */
    public FieldDecoder elements() {
        return array ? new FieldDecoder(slot, false) : this;
    }

    /** Returns what kind the values are, or the elements of an array. */
    public TypeKind kind() {
        return slot.kind();
    }

    /** Returns the value of bytes as {@link ValueCodec} has them, but a scalar without its length. */
    public Object content(byte[] bytes, int from, int to) throws CorruptSectionException {
        int width = ValueCodec.width(slot.kind());
        boolean whole = array
                ? ValueCodec.endOf(slot.field(), bytes, from, to) == to
                : width == ValueCodec.VARIABLE || width == to - from;
        if (!whole) {
            throw ValueCodec.corrupt("value: " + (to - from) + " bytes", from);
        }
        return array ? ValueCodec.decode(slot, bytes, from, to) : ValueCodec.content(slot, bytes, from, to);
    }

    /** Returns the value of a bool. */
    public Boolean bool(long value) throws CorruptSectionException {
        return ValueCodec.bool(value, 0);
    }

    /** Returns the value with this number. */
    public EnumValue enumValue(int number) throws CorruptSectionException {
        return ValueCodec.enumValue(slot, number, 0);
    }

    /** Refuses the floored seconds of a time, with any nanoseconds, that no value has. */
    public void checkTime(long seconds) throws CorruptSectionException {
        boolean isTimestamp = slot.kind() == TypeKind.TIMESTAMP;
        long max = isTimestamp ? ValueCodec.TIMESTAMP_SECONDS_MAX : ValueCodec.DURATION_MAX.getSeconds();
        if (seconds > max || seconds < (isTimestamp ? ValueCodec.TIMESTAMP_SECONDS_MIN : -max)) {
            throw ValueCodec.corrupt((isTimestamp ? "timestamp: " : "duration: ") + seconds + " s", 0);
        }
    }

    /** Returns the timestamp, or the duration, of floored seconds and nanoseconds. */
    public Object time(long seconds, int nanos) throws CorruptSectionException {
        return slot.kind() == TypeKind.TIMESTAMP
                ? ValueCodec.timestamp(seconds, nanos, 0)
                : ValueCodec.duration(seconds, nanos, 0);
    }
}
