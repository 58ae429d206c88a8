package org.almagest.storage.compact;

import java.util.ArrayList;
import java.util.List;

/** A step that is worth taking, before it is known whether it fits. One thread. */
final class Candidate {
    private final long collection;
    private final Reason reason;
    private final int depth;
    private final List<SegmentFacts> inputs = new ArrayList<>();
    private long bytes;

    Candidate(long collection, Reason reason, int depth) {
        this.collection = collection;
        this.reason = reason;
        this.depth = depth;
    }

    void add(SegmentFacts segment) {
        inputs.add(segment);
        bytes += segment.bytes();
    }

    Reason reason() {
        return reason;
    }

    /** Returns how many segments share ids where it is worst. */
    int depth() {
        return depth;
    }

    long bytes() {
        return bytes;
    }

    Step toStep() {
        inputs.sort(Overlaps.BY_ID_MIN);
        return new Step(collection, inputs.stream().map(SegmentFacts::entry).toList(), reason);
    }
}
