package org.almagest.internal.row;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TimeExtent;
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
        // No streams and lambdas here: the first answer of a process would pay for them.
        Map<String, Field> byName = new TreeMap<>();
        int largest = 0;
        for (Field field : schema.fields()) {
            byName.put(field.name(), field);
            largest = Math.max(largest, field.number());
        }
        if (schema.isSpatial()) {
            byName.put(DatasetSchema.GEOMETRY, geometryField());
            largest = Math.max(largest, DatasetSchema.GEOMETRY_NUMBER);
        }
        slots = new Slot[byName.size()];
        int count = 0;
        for (Field field : byName.values()) {
            slots[count++] = new Slot(field);
        }
        slotByNumber = new int[1 + largest];
        Arrays.fill(slotByNumber, NO_SLOT);
        for (int i = 0; i < slots.length; i++) {
            Field field = slots[i].field();
            if (field.number() == Field.UNNUMBERED || slotByNumber[field.number()] != NO_SLOT) {
                throw new IllegalArgumentException("schema: field " + field + ": number " + field.number());
            }
            slotByNumber[field.number()] = i;
            slotByName.put(field.name(), i);
        }
        schemaOrder = new int[schema.fields().size()];
        for (int i = 0; i < schemaOrder.length; i++) {
            schemaOrder[i] = slotNamed(schema.fields().get(i).name());
        }
        geometrySlot = schema.isSpatial() ? slotNamed(DatasetSchema.GEOMETRY) : NO_SLOT;
        Field key = schema.key().orElse(null);
        keySlot = key == null ? NO_SLOT : slotNamed(key.name());
        TimeExtent extent = schema.extent().orElse(null);
        extentStartSlot = extent == null ? NO_SLOT : slotNamed(extent.startField());
        extentEndSlot = extent == null ? NO_SLOT : slotNamed(extent.endField());
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
        List<Field> fields = new ArrayList<>(slots.length);
        for (Slot slot : slots) {
            fields.add(slot.field());
        }
        return Collections.unmodifiableList(fields);
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
