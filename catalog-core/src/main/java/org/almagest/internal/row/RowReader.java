package org.almagest.internal.row;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.almagest.batch.BatchColumn;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.batch.ColumnArrays;
import org.almagest.internal.format.Varint;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.FieldNames.Origin;
import org.almagest.model.FieldNames.StoredGeometry;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * Reads row bodies in place, one after the other; decodes a value only when it is asked for. For one thread.
 *
 * <p>Also reads bodies that were written under an earlier version of the schema, as long as fields and enum values
 * were only added since.
 */
public final class RowReader {
    /** In the place of a field number at the start of a body: the flags of the geometry follow, in one byte. */
    static final byte FLAGS_NUMBER = 0;

    /** Bytes of the flags with their number. */
    static final int FLAGS_BYTES = 2;

    private static final int UNSET = -1;
    private static final int FLAGS_MASK = 0xFF;
    private static final int VARINT_BITS = 7;
    private static final int VARINT_MASK = 0x7F;

    private final RowLayout layout;
    private final int[] starts;
    private final int[] ends;
    private byte[] bytes = {};
    private int geometryFlags;
    private final IdHash hash = new IdHash();

    /** Creates a reader; the fields of the schema must be numbered. */
    public RowReader(DatasetSchema schema) {
        this(RowLayout.of(schema));
    }

    RowReader(RowLayout layout) {
        this.layout = layout;
        this.starts = new int[layout.slotCount()];
        this.ends = new int[layout.slotCount()];
        Arrays.fill(starts, UNSET);
    }

    /** Returns the fields of row bodies in the order in which they stand there: by name, {@code geometry} among them. */
    public static List<Field> fieldsInOrder(DatasetSchema schema) {
        return RowLayout.of(schema).fields();
    }

    /**
     * Moves to another body and finds its fields; neither copies nor decodes. The bytes must not change meanwhile.
     *
     * @throws CorruptSectionException if the bytes are not fields of the schema one after the other, ordered by name
     */
    public void reset(byte[] newBytes, int offset, int length) throws CorruptSectionException {
        Objects.checkFromIndexSize(offset, length, newBytes.length);
        bytes = newBytes;
        Arrays.fill(starts, UNSET);
        int end = offset + length;
        int position = readFlags(offset, end);
        int previous = RowLayout.NO_SLOT;
        while (position < end) {
            int numberAt = position;
            int number = bytes[position++];
            if (number < 0) {
                number = longNumber(numberAt, end);
                position = numberAt + lengthOf(number);
            }
            int slot = layout.slotNumbered(number);
            if (slot <= previous) {
                throw misplaced(number, slot, numberAt);
            }
            starts[slot] = position;
            position = ValueCodec.endOf(layout.slot(slot).field(), bytes, position, end);
            ends[slot] = position;
            previous = slot;
        }
        if (geometryFlags != 0 && !isSet(layout.geometrySlot())) {
            throw ValueCodec.corrupt("geometry flags: " + geometryFlags + " (expected a geometry)", offset);
        }
    }

    /** Reads the flags that stand before the fields, where there are any; returns where the fields begin. */
    private int readFlags(int offset, int end) throws CorruptSectionException {
        geometryFlags = 0;
        if (offset == end || bytes[offset] != FLAGS_NUMBER) {
            return offset;
        }
        geometryFlags = end - offset < FLAGS_BYTES ? 0 : bytes[offset + 1] & FLAGS_MASK;
        if (geometryFlags == 0) {
            throw ValueCodec.corrupt("geometry flags: none (expected at least one)", offset);
        }
        return offset + FLAGS_BYTES;
    }

    /** Returns the {@code Footprint.flags()} that the row's geometry had when it was stored; mostly 0. */
    public int geometryFlags() {
        return geometryFlags;
    }

    private int longNumber(int start, int end) throws CorruptSectionException {
        int number = 0;
        int position = start;
        for (int shift = 0; shift <= Integer.SIZE - VARINT_BITS; shift += VARINT_BITS) {
            if (position == end) {
                break;
            }
            int next = bytes[position++];
            number |= (next & VARINT_MASK) << shift;
            if (next > 0) {
                return number;
            }
            if (next == 0) {
                break;
            }
        }
        throw ValueCodec.corrupt("field number: not a varint in the shortest form", start);
    }

    private static int lengthOf(int number) {
        return Varint.length(number);
    }

    private CorruptSectionException misplaced(int number, int slot, int at) {
        String rule = slot == RowLayout.NO_SLOT ? "not in the schema" : "out of order";
        return ValueCodec.corrupt("field number " + number + ": " + rule, at);
    }

    /** Returns where the value of a field begins in the array of the body, or -1 where the row has none. */
    public int valueStart(int fieldNumber) {
        int slot = layout.slotNumbered(fieldNumber);
        return slot == RowLayout.NO_SLOT ? UNSET : starts[slot];
    }

    /** Returns where the value of a field that is set ends in the array of the body. */
    public int valueEnd(int fieldNumber) {
        return ends[layout.slotNumbered(fieldNumber)];
    }

    /** Tells whether a field is set; false for a name that is not in the schema. */
    public boolean isSet(String field) {
        return isSet(layout.slotNamed(field));
    }

    private boolean isSet(int slot) {
        return slot != RowLayout.NO_SLOT && starts[slot] != UNSET;
    }

    /**
     * Returns the value of a custom field, or of {@code geometry}; null where it is unset or not in the schema.
     *
     * @throws CorruptSectionException if its bytes are no value of the field
     */
    public @Nullable Object value(String field) throws CorruptSectionException {
        int slot = layout.slotNamed(field);
        return slot == RowLayout.NO_SLOT ? null : valueAt(slot);
    }

    private @Nullable Object valueAt(int slot) throws CorruptSectionException {
        return starts[slot] == UNSET ? null : ValueCodec.decode(layout.slot(slot), bytes, starts[slot], ends[slot]);
    }

    /** Returns type code and value of the key field, as {@link RowBinder#encodeKey}; null where there is none. */
    public byte @Nullable [] keyBytes() {
        int slot = layout.keySlot();
        return isSet(slot) ? RowBinder.key(layout.slot(slot), bytes, starts[slot], ends[slot]) : null;
    }

    /**
     * Returns the datapoint's place as it was given; null where it has none.
     *
     * @throws CorruptSectionException if its bytes are no geometry
     */
    public @Nullable Geometry geometry() throws CorruptSectionException {
        int slot = layout.geometrySlot();
        return slot == RowLayout.NO_SLOT ? null : (Geometry) valueAt(slot);
    }

    /**
     * Returns the row as a datapoint whose fields are in the order of the schema.
     *
     * @param ingestionMicros the commit's time in microseconds since 1970
     * @param selection the fields to decode, {@code geometry} being one; null for all
     * @throws CorruptSectionException if the bytes of a selected field are no value of it
     */
    public Datapoint datapoint(DatapointId id, long ingestionMicros, @Nullable Set<String> selection)
            throws CorruptSectionException {
        Instant ingestionTime = RowSelection.instantOfMicros(ingestionMicros);
        return select(id, ingestionTime, null, RowSelection.of(layout.schema(), selection));
    }

    /**
     * Returns the row as a datapoint with the fields of a selection that was made for the same schema.
     *
     * @param origin where the row is from; null where nobody will ask
     */
    public Datapoint select(DatapointId id, Instant ingestionTime, @Nullable Origin origin, RowSelection selection)
            throws CorruptSectionException {
        List<Field> fields = selection.fields();
        @Nullable Object[] values = new @Nullable Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
            int slot = layout.slotNumbered(fields.get(i).number());
            values[i] = slot == RowLayout.NO_SLOT ? null : valueAt(slot);
        }
        Geometry geometry = selection.withGeometry() ? geometry() : null;
        StoredGeometry made = geometry == null ? null : new KnownGeometry(geometry, geometryFlags);
        return selection.names().datapoint(id, ingestionTime, origin, made, values);
    }

    /** A geometry that was made already. */
    private record KnownGeometry(Geometry get, int flags) implements StoredGeometry {}

    /** Puts the selected fields that are set into a row of a batch. */
    public void fill(BatchSlots slots, int row) throws CorruptSectionException {
        List<Field> fields = slots.selection().fields();
        for (int i = 0; i < fields.size(); i++) {
            int slot = layout.slotNumbered(fields.get(i).number());
            if (isSet(slot)) {
                fill(slot, slots.column(i), row);
            }
        }
    }

    private void fill(int slot, ColumnArrays column, int row) throws CorruptSectionException {
        int start = starts[slot];
        boolean isNumber = layout.slot(slot).kind() != TypeKind.ENUM; // an enum value must be a declared one
        switch (isNumber ? column.form() : BatchColumn.Form.OBJECTS) {
            case LONGS -> {
                boolean wide = ends[slot] - start == Long.BYTES;
                column.longs()[row] = wide ? ValueCodec.longAt(bytes, start) : ValueCodec.intAt(bytes, start);
                column.mark(row);
            }
            case DOUBLES -> {
                boolean wide = ends[slot] - start == Long.BYTES;
                column.doubles()[row] = wide
                        ? Double.longBitsToDouble(ValueCodec.longAt(bytes, start))
                        : Float.intBitsToFloat(ValueCodec.intAt(bytes, start));
                column.mark(row);
            }
            default -> column.set(row, ValueCodec.decode(layout.slot(slot), bytes, start, ends[slot]));
        }
    }

    /** Returns the id that the content of the row has at a time in a collection; costs a hash of all bytes. */
    public DatapointId contentId(UUID collectionId, long timeMillis) {
        return contentId(collectionId, timeMillis, hash);
    }

    /** Returns the id that the row has at a time in a collection. */
    DatapointId contentId(UUID collectionId, long timeMillis, IdHash hash) {
        hash.beginDatapoint(collectionId);
        for (int slot = 0; slot < layout.slotCount(); slot++) {
            if (starts[slot] != UNSET) {
                hash.putField(layout.slot(slot), bytes, starts[slot], ends[slot]);
            }
        }
        return hash.toDatapointId(timeMillis);
    }
}
