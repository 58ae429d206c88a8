package org.almagest.internal.row;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a schema in the order in which row bodies and ids have them: by name. Immutable.
 *
 * <p>Names are ASCII, so the order of their UTF-16 units is the order of their UTF-8 bytes.
 */
final class RowLayout {
    /** Returned where no slot belongs to a name or number. */
    static final int NO_SLOT = -1;

    private static final int RECENT_MASK = 0xFF;
    private static final AtomicReferenceArray<SoftReference<RowLayout>> RECENT =
            new AtomicReferenceArray<>(RECENT_MASK + 1);

    private final DatasetSchema schema;
    private final Slot[] slots;
    private final int[] slotByNumber;
    private final Map<String, Integer> slotByName = new HashMap<>();
    private final int[] schemaOrder;
    private final int geometrySlot;
    private final int keySlot;
    private final int extentStartSlot;
    private final int extentEndSlot;

    /** Returns the layout of a schema; one of the last few is not made again, which would cost more than a row. */
    static RowLayout of(DatasetSchema schema) {
        int at = System.identityHashCode(schema) & RECENT_MASK;
        SoftReference<RowLayout> known = RECENT.get(at);
        RowLayout layout = known == null ? null : known.get();
        if (layout == null || layout.schema != schema) {
            layout = new RowLayout(schema);
            RECENT.set(at, new SoftReference<>(layout));
        }
        return layout;
    }

    private RowLayout(DatasetSchema schema) {
        this.schema = schema;
        List<Field> fields = new ArrayList<>(schema.fields());
        if (schema.isSpatial()) {
            fields.add(geometryField());
        }
        fields.sort(Comparator.comparing(Field::name));
        slots = fields.stream().map(Slot::new).toArray(Slot[]::new);
        slotByNumber = new int[1 + fields.stream().mapToInt(Field::number).max().orElse(0)];
        Arrays.fill(slotByNumber, NO_SLOT);
        for (int i = 0; i < slots.length; i++) {
            Field field = slots[i].field();
            if (field.number() == Field.UNNUMBERED || slotByNumber[field.number()] != NO_SLOT) {
                throw new IllegalArgumentException("schema: field " + field + ": number " + field.number());
            }
            slotByNumber[field.number()] = i;
            slotByName.put(field.name(), i);
        }
        schemaOrder = schema.fields().stream()
                .mapToInt(field -> slotNamed(field.name()))
                .toArray();
        geometrySlot = schema.isSpatial() ? slotNamed(DatasetSchema.GEOMETRY) : NO_SLOT;
        keySlot = schema.key().map(field -> slotNamed(field.name())).orElse(NO_SLOT);
        extentStartSlot =
                schema.extent().map(extent -> slotNamed(extent.startField())).orElse(NO_SLOT);
        extentEndSlot =
                schema.extent().map(extent -> slotNamed(extent.endField())).orElse(NO_SLOT);
    }

    private static Field geometryField() {
        return Field.geometry(DatasetSchema.GEOMETRY).numbered(DatasetSchema.GEOMETRY_NUMBER);
    }

    DatasetSchema schema() {
        return schema;
    }

    int slotCount() {
        return slots.length;
    }

    List<Field> fields() {
        return Arrays.stream(slots).map(Slot::field).toList();
    }

    /** Returns the slot at an index, counted in the order of names. */
    Slot slot(int index) {
        return slots[index];
    }

    /** Returns the index of the slot of a field number, or {@link #NO_SLOT}. */
    int slotNumbered(int number) {
        return number < slotByNumber.length ? slotByNumber[number] : NO_SLOT;
    }

    /** Returns the index of the slot of a name, or {@link #NO_SLOT}. */
    int slotNamed(@Nullable String name) {
        return slotByName.getOrDefault(name, NO_SLOT);
    }

    /** Returns the indexes of the custom fields' slots, in the order of the schema. */
    int[] schemaOrder() {
        return schemaOrder;
    }

    /** Returns the index of the slot of the datapoint's place, or {@link #NO_SLOT} where there is none. */
    int geometrySlot() {
        return geometrySlot;
    }

    /** Returns the index of the key's slot, or {@link #NO_SLOT} where there is no key. */
    int keySlot() {
        return keySlot;
    }

    /** Returns the index of the slot of the extent's first instant, or {@link #NO_SLOT} where there is no extent. */
    int extentStartSlot() {
        return extentStartSlot;
    }

    /** Returns the index of the slot of the extent's last instant, or {@link #NO_SLOT} where there is no extent. */
    int extentEndSlot() {
        return extentEndSlot;
    }
}
