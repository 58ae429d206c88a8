package org.almagest.storage.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.almagest.storage.tombstone.Tombstones;

/**
 * The segments that a merge made of some runs of a collection, and where each row went. Immutable.
 *
 * <p>While a merge is writing, more rows of its runs may be deleted; {@link #withTombstones} takes these along.
 */
public final class MergedSegments {
    private final List<SegmentRun> outputs;
    private final Map<Run, RowMap> maps;

    /**
     * Creates it.
     *
     * @param outputs the segments, by ascending id; their rows count on from one to the next
     * @param maps where the rows of each input went, by the identity of the run
     */
    public MergedSegments(List<SegmentRun> outputs, Map<Run, RowMap> maps) {
        this.outputs = List.copyOf(outputs);
        this.maps = maps;
    }

    /** Returns the segments. */
    public List<SegmentRun> outputs() {
        return outputs;
    }

    /** Returns the segments with the tombstones that the inputs have now; none of them is durable yet. */
    public List<LiveRun<SegmentRun>> withTombstones(List<? extends LiveRun<?>> inputs) {
        RowMap.Carrier carrier = new RowMap.Carrier();
        for (LiveRun<?> input : inputs) {
            RowMap map = maps.get(input.run());
            if (map == null) {
                throw new IllegalStateException("merge: an input that was not merged");
            }
            carrier.carry(input.dead(), map);
        }
        List<LiveRun<SegmentRun>> runs = new ArrayList<>(outputs.size());
        int first = 0;
        for (SegmentRun output : outputs) {
            Tombstones dead = carrier.take(first, output.rowCount());
            runs.add(new LiveRun<>(output, dead, 0));
            first += output.rowCount();
        }
        return runs;
    }
}
