package org.almagest.storage.sim;

import java.util.Map;
import org.almagest.storage.fs.StorageNames;
import org.jspecify.annotations.Nullable;

/**
 * One change of names that is not yet durable: a create, link or mkdir adds, a delete removes, a rename does both, in
 * one step even across directories, as every journal does it.
 */
record NameChange(
        long sequence,
        @Nullable String removed,
        @Nullable String added,
        @Nullable SimNode node) {
    void applyTo(Map<String, SimNode> names) {
        if (removed != null) {
            names.remove(removed);
        }
        if (added != null && node != null) {
            names.put(added, node);
        }
    }

    boolean isIn(String directory) {
        return (removed != null && StorageNames.parent(removed).equals(directory))
                || (added != null && StorageNames.parent(added).equals(directory));
    }

    /** Returns whether a later change that is durable makes this one void. */
    boolean isUndoneBy(NameChange later) {
        return removed == null && added != null && added.equals(later.removed) && sequence < later.sequence;
    }

    NameChange withNode(@Nullable SimNode other) {
        return other == node ? this : new NameChange(sequence, removed, added, other);
    }
}
