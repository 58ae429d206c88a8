package org.almagest.storage.compact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Where the id ranges of segments meet: one sweep over their ends, O(n log n). */
final class Overlaps {
    static final Comparator<SegmentFacts> BY_ID_MIN = Comparator.comparing(SegmentFacts::idMin);

    private Overlaps() {}

    /** Told at each first id of a segment which segments have ids there, that segment included. */
    interface Visitor {
        void at(SegmentFacts first, PriorityQueue<SegmentFacts> active);
    }

    /** Visits the first ids of all segments in order; depth is the largest at one of them. */
    static void sweep(List<SegmentFacts> sortedByIdMin, Visitor visitor) {
        PriorityQueue<SegmentFacts> active = new PriorityQueue<>(Comparator.comparing(SegmentFacts::idMax));
        for (SegmentFacts segment : sortedByIdMin) {
            while (!active.isEmpty() && active.peek().idMax().compareTo(segment.idMin()) < 0) {
                active.remove();
            }
            active.add(segment);
            visitor.at(segment, active);
        }
    }

    /** Returns the groups of segments that hang together by overlapping, each in the order of first ids. */
    static List<List<SegmentFacts>> components(List<SegmentFacts> sortedByIdMin) {
        List<List<SegmentFacts>> components = new ArrayList<>();
        SegmentFacts reach = null;
        for (SegmentFacts segment : sortedByIdMin) {
            if (reach == null || reach.idMax().compareTo(segment.idMin()) < 0) {
                components.add(new ArrayList<>());
                reach = segment;
            }
            components.get(components.size() - 1).add(segment);
            if (segment.idMax().compareTo(reach.idMax()) > 0) {
                reach = segment;
            }
        }
        return components;
    }
}
