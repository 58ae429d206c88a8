package org.almagest.internal.row;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the values of a datapoint by slot. For one thread.
 *
 * <p>Most datapoints of a call name their fields in the same order, some without a field or two, and with the very same
 * text objects: then no name is looked up, which would cost a miss of the cache each.
 */
final class SlotOrder implements BiConsumer<String, Object> {
    private final RowLayout layout;
    private final @Nullable Object[] values;

    /** Which slot followed each slot when it was last looked up; the last one tells of the first. */
    private final int[] followers;

    private int last;
    private int unknown;

    /** Creates one that puts values into an array with a place for each slot. */
    SlotOrder(RowLayout layout, @Nullable Object[] values) {
        this.layout = layout;
        this.values = values;
        this.followers = new int[values.length + 1];
    }

    /** Begins a datapoint; all places of the array must be null. */
    void begin() {
        last = values.length;
        unknown = 0;
    }

    @Override
    public void accept(String name, @Nullable Object value) {
        int slot = followers[last];
        if (!isNamed(slot, name)) {
            slot = followers[slot]; // one that is often set is not this time
            if (!isNamed(slot, name)) {
                slot = layout.slotNamed(name);
                if (slot == RowLayout.NO_SLOT || slot == layout.geometrySlot()) {
                    unknown++;
                    return;
                }
                followers[last] = slot;
            }
        }
        values[slot] = value;
        last = slot;
    }

    private boolean isNamed(int slot, String name) {
        return slot < values.length
                && slot != layout.geometrySlot()
                && name.equals(layout.slot(slot).name());
    }

    /** Returns how many names were no custom fields of the dataset. */
    int unknown() {
        return unknown;
    }
}
