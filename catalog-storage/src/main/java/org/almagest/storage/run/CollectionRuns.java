package org.almagest.storage.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.almagest.model.CollectionInfo;
import org.almagest.model.DatapointId;
import org.almagest.storage.metadata.SegmentKey;
import org.almagest.storage.tombstone.Tombstones;
import org.roaringbitmap.RoaringBitmap;

/**
 * The runs of one collection at one version; of the rows with one id, one at most is live. Immutable.
 *
 * @param segments runs on disk
 * @param frozen runs in memory that a flush is writing
 * @param active runs in memory that grow with each commit
 * @param changed the last commit that stored or deleted rows since the store was opened; 0 where none has
 */
public record CollectionRuns(
        List<LiveRun<SegmentRun>> segments,
        List<LiveRun<MemoryRun>> frozen,
        List<LiveRun<MemoryRun>> active,
        long changed) {
    static final CollectionRuns EMPTY = new CollectionRuns(List.of(), List.of(), List.of(), 0);

    /** Returns runs that are all on disk. */
    public static CollectionRuns of(List<LiveRun<SegmentRun>> segments) {
        return new CollectionRuns(List.copyOf(segments), List.of(), List.of(), 0);
    }

    /** Returns all runs. */
    public List<LiveRun<?>> all() {
        List<LiveRun<?>> runs = new ArrayList<>(segments.size() + frozen.size() + active.size());
        runs.addAll(segments);
        runs.addAll(frozen);
        runs.addAll(active);
        return runs;
    }

    /** Returns the runs in memory. */
    public List<LiveRun<MemoryRun>> memory() {
        List<LiveRun<MemoryRun>> runs = new ArrayList<>(frozen);
        runs.addAll(active);
        return runs;
    }

    /** Returns how many datapoints are live. */
    public long liveCount() {
        return all().stream().mapToLong(LiveRun::liveCount).sum();
    }

    /** Tells whether there is no run; a collection whose rows are all deleted may still have runs. */
    public boolean isEmpty() {
        return segments.isEmpty() && frozen.isEmpty() && active.isEmpty();
    }

    CollectionRuns with(MemoryRun added, long historyFloor) {
        return new CollectionRuns(segments, frozen, MemoryRuns.add(active, added, historyFloor), added.sequenceMax());
    }

    /**
     * Returns these runs without some of their rows.
     *
     * @param dropped is told of each segment that needs no longer be kept
     */
    CollectionRuns without(DoomedRows doomed, Deletions deletions, Consumer<SegmentKey> dropped) {
        return new CollectionRuns(
                keep(without(segments, doomed, deletions), deletions.historyFloor(), dropped),
                without(frozen, doomed, deletions), // a flush is writing them: none may go
                keep(without(active, doomed, deletions), deletions.historyFloor(), gone -> {}),
                deletions.sequence());
    }

    /**
     * What a commit does to the rows that it deletes.
     *
     * @param sequence the commit
     * @param ingestionMicros its time
     * @param historyFloor the oldest version that is kept
     */
    public record Deletions(long sequence, long ingestionMicros, long historyFloor) {}

    private static <R extends Run> List<LiveRun<R>> without(
            List<LiveRun<R>> runs, DoomedRows doomed, Deletions deletions) {
        if (runs.stream().allMatch(run -> doomed.of(run.run()).isEmpty())) {
            return runs;
        }
        List<LiveRun<R>> after = new ArrayList<>(runs.size());
        for (LiveRun<R> run : runs) {
            RoaringBitmap rows = doomed.of(run.run());
            after.add(
                    rows.isEmpty()
                            ? run
                            : run.without(
                                    new Tombstones.Deletion(deletions.sequence(), deletions.ingestionMicros(), rows),
                                    deletions.historyFloor()));
        }
        return List.copyOf(after);
    }

    private static <R extends Run> List<LiveRun<R>> keep(
            List<LiveRun<R>> runs, long historyFloor, Consumer<SegmentKey> dropped) {
        if (runs.stream().noneMatch(run -> run.isGone(historyFloor))) {
            return runs;
        }
        List<LiveRun<R>> kept = new ArrayList<>();
        for (LiveRun<R> run : runs) {
            if (!run.isGone(historyFloor)) {
                kept.add(run);
            } else if (run.run() instanceof SegmentRun segment) {
                dropped.accept(segment.key());
            }
        }
        return List.copyOf(kept);
    }

    /** Tells whether no row is deleted, so that the runs are the same whatever versions are kept. */
    boolean isSettled() {
        return noneDead(segments) && noneDead(frozen) && noneDead(active);
    }

    private static <R extends Run> boolean noneDead(List<LiveRun<R>> runs) {
        for (LiveRun<R> run : runs) {
            if (!run.dead().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Returns the same runs as they are when versions below the floor are no longer kept; this where nothing changes. */
    CollectionRuns settled(long historyFloor, Consumer<SegmentKey> dropped) {
        List<LiveRun<SegmentRun>> onDisk = keep(settled(segments, historyFloor), historyFloor, dropped);
        List<LiveRun<MemoryRun>> inFlush = settled(frozen, historyFloor);
        List<LiveRun<MemoryRun>> growing = keep(settled(active, historyFloor), historyFloor, gone -> {});
        return onDisk == segments && inFlush == frozen && growing == active
                ? this
                : new CollectionRuns(onDisk, inFlush, growing, changed);
    }

    /** Returns the same list where no run changes: what is known of a collection is known by its list. */
    private static <R extends Run> List<LiveRun<R>> settled(List<LiveRun<R>> runs, long historyFloor) {
        List<LiveRun<R>> after = new ArrayList<>(runs.size());
        boolean changes = false;
        for (LiveRun<R> run : runs) {
            LiveRun<R> settled = run.settled(historyFloor);
            changes |= settled != run;
            after.add(settled);
        }
        return changes ? List.copyOf(after) : runs;
    }

    /** Returns these runs, all of whose rows are deleted, with every row hidden from every version. */
    CollectionRuns withoutPast(Consumer<SegmentKey> dropped) {
        return new CollectionRuns(
                keep(hidden(segments), 1, dropped), hidden(frozen), keep(hidden(active), 1, gone -> {}), changed);
    }

    private static <R extends Run> List<LiveRun<R>> hidden(List<LiveRun<R>> runs) {
        return runs.stream()
                .map(live -> {
                    RoaringBitmap all =
                            RoaringBitmap.bitmapOfRange(0, live.run().rowCount());
                    Tombstones fromTheStart = Tombstones.of(List.of(new Tombstones.Deletion(1, 1, all)));
                    return new LiveRun<>(live.run(), fromTheStart, live.durableDead());
                })
                .toList();
    }

    /** Returns the same runs with all in memory frozen. */
    CollectionRuns freeze() {
        assert frozen.isEmpty() : "a flush is running";
        return active.isEmpty() ? this : new CollectionRuns(segments, active, List.of(), changed);
    }

    /** Returns the same runs with the frozen ones replaced by the segments that a flush made of them. */
    CollectionRuns flushed(Flushed flushed, long historyFloor, Consumer<SegmentKey> dropped) {
        List<LiveRun<SegmentRun>> all = new ArrayList<>(segments.size() + 1);
        for (LiveRun<SegmentRun> segment : segments) {
            all.add(flushed.withDurable(segment));
        }
        if (!frozen.isEmpty()) {
            for (LiveRun<SegmentRun> written : flushed.merged().withTombstones(frozen)) {
                all.add(flushed.withDurable(written));
            }
        }
        return new CollectionRuns(keep(List.copyOf(all), historyFloor, dropped), List.of(), active, changed);
    }

    /**
     * What a flush made of the runs of one collection.
     *
     * @param merged the segments made of its runs in memory
     * @param durableDead how many tombstones the manifest now knows, by segment, where that changed
     */
    public record Flushed(MergedSegments merged, Map<SegmentKey, Integer> durableDead) {
        private LiveRun<SegmentRun> withDurable(LiveRun<SegmentRun> segment) {
            Integer count = durableDead.get(segment.run().key());
            return count == null ? segment : new LiveRun<>(segment.run(), segment.dead(), count);
        }
    }

    /** Returns the same runs with some segments replaced by those that a merge made of them. */
    CollectionRuns compacted(List<LiveRun<SegmentRun>> inputs, List<LiveRun<SegmentRun>> outputs) {
        Set<SegmentKey> gone = new HashSet<>();
        inputs.forEach(input -> gone.add(input.run().key()));
        List<LiveRun<SegmentRun>> all = new ArrayList<>();
        for (LiveRun<SegmentRun> segment : segments) {
            if (!gone.contains(segment.run().key())) {
                all.add(segment);
            }
        }
        all.addAll(outputs);
        return new CollectionRuns(List.copyOf(all), frozen, active, changed);
    }

    /** Returns the exact number of live datapoints, and the first and last time; {@code reach} tells what they cover. */
    public CollectionInfo info(String name, Supplier<CollectionInfo.Reach> reach) {
        long count = 0;
        DatapointId first = null;
        DatapointId last = null;
        for (LiveRun<?> live : all()) {
            int low = live.firstLive();
            int high = live.lastLive();
            if (low > high) {
                continue;
            }
            Run run = live.run();
            DatapointId lowest = new DatapointId(run.idHigh(low), run.idLow(low));
            DatapointId highest = new DatapointId(run.idHigh(high), run.idLow(high));
            count += live.liveCount();
            first = first == null || lowest.compareTo(first) < 0 ? lowest : first;
            last = last == null || highest.compareTo(last) > 0 ? highest : last;
        }
        if (first == null || last == null) {
            return CollectionInfo.empty(name);
        }
        return CollectionInfo.of(
                name, count, Instant.ofEpochMilli(first.timeMillis()), Instant.ofEpochMilli(last.timeMillis()), reach);
    }
}
