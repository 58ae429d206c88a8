package org.almagest.storage.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.almagest.model.CollectionInfo;
import org.almagest.model.DatapointId;

/**
 * The runs of one collection at one version; an id occurs in one of them at most. Immutable.
 *
 * @param segments runs on disk
 * @param frozen runs in memory that a flush is writing
 * @param active runs in memory that grow with each commit
 */
public record CollectionRuns(List<SegmentRun> segments, List<MemoryRun> frozen, List<MemoryRun> active) {
    static final CollectionRuns EMPTY = new CollectionRuns(List.of(), List.of(), List.of());

    public List<Run> all() {
        List<Run> runs = new ArrayList<>(segments.size() + frozen.size() + active.size());
        runs.addAll(segments);
        runs.addAll(frozen);
        runs.addAll(active);
        return runs;
    }

    /** Returns the runs in memory. */
    public List<MemoryRun> memory() {
        List<MemoryRun> runs = new ArrayList<>(frozen);
        runs.addAll(active);
        return runs;
    }

    public boolean isEmpty() {
        return segments.isEmpty() && frozen.isEmpty() && active.isEmpty();
    }

    public CollectionRuns with(MemoryRun added) {
        return new CollectionRuns(segments, frozen, MemoryRuns.add(active, added));
    }

    /** Returns the same runs with all in memory frozen. */
    public CollectionRuns freeze() {
        assert frozen.isEmpty() : "a flush is running";
        return new CollectionRuns(segments, active, List.of());
    }

    /** Returns the same runs with the frozen ones replaced by the segments that a flush made of them. */
    public CollectionRuns flushed(List<SegmentRun> written) {
        List<SegmentRun> all = new ArrayList<>(segments);
        all.addAll(written);
        return new CollectionRuns(List.copyOf(all), List.of(), active);
    }

    public CollectionInfo info(String name) {
        long count = 0;
        DatapointId first = null;
        DatapointId last = null;
        for (Run run : all()) {
            int end = run.rowCount() - 1;
            DatapointId lowest = new DatapointId(run.idHigh(0), run.idLow(0));
            DatapointId highest = new DatapointId(run.idHigh(end), run.idLow(end));
            count += run.rowCount();
            first = first == null || lowest.compareTo(first) < 0 ? lowest : first;
            last = last == null || highest.compareTo(last) > 0 ? highest : last;
        }
        if (first == null || last == null) {
            return CollectionInfo.empty(name);
        }
        return CollectionInfo.of(
                name, count, Instant.ofEpochMilli(first.timeMillis()), Instant.ofEpochMilli(last.timeMillis()));
    }
}
