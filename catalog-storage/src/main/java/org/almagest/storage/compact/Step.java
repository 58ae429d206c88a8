package org.almagest.storage.compact;

import java.util.List;
import org.almagest.storage.metadata.SegmentEntry;

/**
 * Segments of one collection that are rewritten together.
 *
 * @param collection the incarnation of the collection
 * @param inputs at least one, in the order of their first ids
 */
public record Step(long collection, List<SegmentEntry> inputs, Reason reason) {
    /** Copies the list. */
    public Step {
        inputs = List.copyOf(inputs);
    }

    /** Returns how many bytes are read. */
    public long inputBytes() {
        return inputs.stream().mapToLong(input -> input.location().length()).sum();
    }
}
