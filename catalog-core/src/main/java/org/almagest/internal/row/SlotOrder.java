package org.almagest.internal.row;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the values of a datapoint by slot. For one thread.
 *
 * <p>Most datapoints of a call name their fields in the same order, some without a field or two, and with the very same
 * text objects: then no name is looked up, which would cost a miss of the cache each.
 */
final class SlotOrder implements BiConsumer<String, Object> {
    /** How many fields that are unset may stand between two that are set before a name is looked up. */
    private static final int SKIPPED_MAX = 4;

    private final RowLayout layout;
    private final @Nullable Object[] values;

    /** Which slot comes behind each slot, or the number of slots; the last element tells which comes first. */
    private final int[] followers;

    private int last;
    private int unknown;

    /** Creates one that puts values into an array with a place for each slot. */
    SlotOrder(RowLayout layout, @Nullable Object[] values) {
        this.layout = layout;
        this.values = values;
        this.followers = new int[values.length + 1];
        Arrays.fill(followers, values.length);
    }

    /** Begins a datapoint; all places of the array must be null. */
    void begin() {
        last = values.length;
        unknown = 0;
    }

    @Override
    public void accept(String name, @Nullable Object value) {
        int slot = followers[last];
        for (int skipped = 0; !isNamed(slot, name); skipped++) {
            if (skipped == SKIPPED_MAX || slot == values.length) {
                slot = lookUp(name);
                break;
            }
            slot = followers[slot];
        }
        if (slot == RowLayout.NO_SLOT) {
            unknown++;
        } else {
            values[slot] = value;
            last = slot;
        }
    }

    private boolean isNamed(int slot, String name) {
        return slot < values.length && name.equals(layout.slot(slot).name());
    }

    /** Returns the slot of a name and puts it between the last one and what came behind that. */
    private int lookUp(String name) {
        int slot = layout.slotNamed(name);
        if (slot == RowLayout.NO_SLOT || slot == layout.geometrySlot()) {
            return RowLayout.NO_SLOT;
        }
        if (followers[slot] == values.length && followers[last] != slot) {
            followers[slot] = followers[last];
        }
        followers[last] = slot;
        return slot;
    }

    /** Returns how many names were no custom fields of the dataset. */
    int unknown() {
        return unknown;
    }
}
