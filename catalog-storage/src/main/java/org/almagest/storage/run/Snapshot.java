package org.almagest.storage.run;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.metadata.CatalogMetadata;
import org.almagest.storage.metadata.MetadataChange;
import org.almagest.storage.metadata.SegmentKey;

/**
 * Everything that one query sees. Immutable: a commit makes a new one, readers keep theirs.
 *
 * @param version the sequence number of the last commit it shows
 * @param lastIngestionMicros the time of the last commit, as far as it is known
 * @param historyFloor the oldest version whose rows are all still there
 * @param metadata the datasets and collections
 * @param runs the runs by the incarnation of their collection; a collection without runs has no entry
 * @param dropped segments that the last manifest may name and that nobody needs any more
 * @param changes what changed last
 */
public record Snapshot(
        long version,
        long lastIngestionMicros,
        long historyFloor,
        CatalogMetadata metadata,
        Map<Long, CollectionRuns> runs,
        Set<SegmentKey> dropped,
        Changes changes) {
    /** Keeps the runs in a map of which a commit copies one path. */
    public Snapshot {
        runs = NumberedMap.copyOf(runs);
    }

    /** What a store is opened with: the last changes may be as late as its version. */
    public Snapshot(
            long version,
            long lastIngestionMicros,
            long historyFloor,
            CatalogMetadata metadata,
            Map<Long, CollectionRuns> runs) {
        this(version, lastIngestionMicros, historyFloor, metadata, runs, Set.of(), new Changes(version, version));
    }

    /**
     * Versions after which nothing of a kind changed.
     *
     * @param definitions datasets, collections and their documents
     * @param others rows of collections that say nothing about that, since the store was opened or since they were empty
     */
    public record Changes(long definitions, long others) {
        private Changes defining(long version) {
            return new Changes(version, others);
        }

        private Changes without(int collections, long version) {
            return collections == 0 ? this : new Changes(definitions, version);
        }
    }

    /** Returns a version after which no row of a collection was stored or deleted. */
    public long lastChange(long collection) {
        long known = runs(collection).changed();
        return known > 0 ? known : changes.others();
    }

    /** Returns the runs of a collection. */
    public CollectionRuns runs(long collection) {
        return runs.getOrDefault(collection, CollectionRuns.EMPTY);
    }

    /**
     * What a commit is known by.
     *
     * @param sequence its sequence number
     * @param ingestionMicros its time in microseconds since the Unix epoch, above that of every commit before
     * @param historyFloor the oldest version that is kept after it
     */
    public record Stamp(long sequence, long ingestionMicros, long historyFloor) {}

    /** Returns what follows when a commit adds rows to a collection. */
    public Snapshot withRows(Stamp stamp, long collection, MemoryRun added) {
        assert stamp.sequence() >= version : stamp.sequence() + " after " + version;
        return with(stamp, collection, runs(collection).with(added, historyFloor), new Kept(historyFloor, dropped));
    }

    /** Returns what follows when a commit deletes rows of a collection. */
    public Snapshot withoutRows(Stamp stamp, long collection, DoomedRows doomed) {
        assert stamp.sequence() >= version : stamp.sequence() + " after " + version;
        if (doomed.isEmpty()) {
            return this;
        }
        Set<SegmentKey> gone = new HashSet<>(dropped);
        CollectionRuns.Deletions deletions =
                new CollectionRuns.Deletions(stamp.sequence(), stamp.ingestionMicros(), stamp.historyFloor());
        CollectionRuns changed = runs(collection).without(doomed, deletions, gone::add);
        return with(stamp, collection, changed, new Kept(Math.max(historyFloor, stamp.historyFloor()), gone));
    }

    /** What of the past is kept. */
    private record Kept(long historyFloor, Set<SegmentKey> dropped) {}

    private Snapshot with(Stamp stamp, long collection, CollectionRuns changed, Kept kept) {
        NumberedMap<CollectionRuns> all = NumberedMap.copyOf(runs);
        Map<Long, CollectionRuns> next = changed.isEmpty() ? all.without(collection) : all.with(collection, changed);
        return new Snapshot(
                stamp.sequence(),
                stamp.ingestionMicros(),
                kept.historyFloor(),
                metadata,
                next,
                kept.dropped(),
                changes.without(changed.isEmpty() ? 1 : 0, stamp.sequence()));
    }

    /** Returns the same version with other runs for the same rows. */
    private Snapshot with(Map<Long, CollectionRuns> next, long floor, Set<SegmentKey> gone) {
        Changes after = changes.without(runs.size() - next.size(), version);
        return new Snapshot(version, lastIngestionMicros, floor, metadata, next, gone, after);
    }

    private static void put(Map<Long, CollectionRuns> next, long collection, CollectionRuns changed) {
        if (changed.isEmpty()) {
            next.remove(collection);
        } else {
            next.put(collection, changed);
        }
    }

    /**
     * Returns what follows when a commit changes the metadata.
     *
     * <p>Runs of collections that are gone go. So does the past of a dataset that a field is taken from: it is empty now,
     * and nobody could read its rows any more.
     */
    public Snapshot withMetadata(Stamp stamp, MetadataChange change, CatalogMetadata changed) {
        assert stamp.sequence() > version : stamp.sequence() + " after " + version;
        Changes later = changes.defining(stamp.sequence());
        Snapshot after =
                new Snapshot(stamp.sequence(), stamp.ingestionMicros(), historyFloor, changed, runs, dropped, later);
        if (changed.collectionCount() < metadata.collectionCount()) {
            Map<Long, CollectionRuns> next = new HashMap<>(runs);
            next.keySet()
                    .removeIf(collection -> changed.anyCollection(collection).isEmpty());
            return new Snapshot(stamp.sequence(), stamp.ingestionMicros(), historyFloor, changed, next, dropped, later);
        }
        return change instanceof MetadataChange.DatasetAltered altered && takesFields(altered)
                ? after.withoutPast(altered.dataset())
                : after;
    }

    private boolean takesFields(MetadataChange.DatasetAltered altered) {
        DatasetSchema before =
                metadata.anyDataset(altered.dataset()).orElseThrow().schema();
        return !before.fields().stream()
                .allMatch(field -> altered.schema()
                        .field(field.name())
                        .filter(now -> now.number() == field.number() && now.typeCode() == field.typeCode())
                        .isPresent());
    }

    private Snapshot withoutPast(long dataset) {
        Set<SegmentKey> gone = new HashSet<>(dropped);
        Map<Long, CollectionRuns> next = new HashMap<>(runs);
        metadata.allCollectionsOf(dataset).forEach(collection -> {
            CollectionRuns all = runs.get(collection.incarnation());
            if (all != null) {
                put(next, collection.incarnation(), all.withoutPast(gone::add));
            }
        });
        return with(next, Math.max(1, historyFloor), gone);
    }

    /** Returns the same content numbered as another version. */
    public Snapshot numbered(long other) {
        return new Snapshot(other, lastIngestionMicros, historyFloor, metadata, runs, dropped, changes);
    }

    /** Returns the same content without rows that only versions below the floor show. */
    public Snapshot settled(long floor) {
        if (floor <= historyFloor) {
            return this;
        }
        Set<SegmentKey> gone = new HashSet<>(dropped);
        Map<Long, CollectionRuns> next = runs;
        for (Map.Entry<Long, CollectionRuns> entry : runs.entrySet()) {
            if (entry.getValue().isSettled()) {
                continue;
            }
            CollectionRuns settled = entry.getValue().settled(floor, gone::add);
            if (settled == entry.getValue()) {
                continue;
            }
            if (next == runs) {
                next = new HashMap<>(runs);
            }
            put(next, entry.getKey(), settled);
        }
        return with(next, Math.max(floor, historyFloor), gone);
    }

    /** Returns the same content with all runs in memory frozen for a flush, which also drops segments for good. */
    public Snapshot freeze() {
        Map<Long, CollectionRuns> next = new HashMap<>();
        for (Map.Entry<Long, CollectionRuns> entry : runs.entrySet()) {
            next.put(entry.getKey(), entry.getValue().freeze());
        }
        return with(next, historyFloor, Set.of());
    }

    /** Returns the same content with frozen runs replaced by the segments that a flush made of them. */
    public Snapshot flushed(Map<Long, CollectionRuns.Flushed> written) {
        Set<SegmentKey> gone = new HashSet<>(dropped);
        Map<Long, CollectionRuns> next = new HashMap<>(runs);
        written.forEach((collection, flushed) -> {
            CollectionRuns all = runs.get(collection);
            if (all != null) { // else the collection was deleted meanwhile
                put(next, collection, all.flushed(flushed, historyFloor, gone::add));
            }
        });
        return with(next, historyFloor, gone);
    }

    /** Returns the same content with some segments of a collection replaced by what a merge made of them. */
    public Snapshot compacted(long collection, List<LiveRun<SegmentRun>> inputs, List<LiveRun<SegmentRun>> outputs) {
        Map<Long, CollectionRuns> next = new HashMap<>(runs);
        put(next, collection, runs(collection).compacted(inputs, outputs));
        return with(next, historyFloor, dropped);
    }

    /** Tells whether a flush would write anything but metadata. */
    public boolean hasUnflushedRows() {
        if (!dropped.isEmpty()) {
            return true;
        }
        for (Map.Entry<Long, CollectionRuns> entry : runs.entrySet()) {
            CollectionRuns all = entry.getValue();
            if (!all.active().isEmpty() || !all.frozen().isEmpty()) {
                return true;
            }
            for (LiveRun<SegmentRun> segment : all.segments()) {
                if (hasNewTombstones(segment)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Tells whether the manifest does not know all tombstones of a segment. */
    public static boolean hasNewTombstones(LiveRun<SegmentRun> segment) {
        return segment.dead().count() != segment.durableDead();
    }

    /** Calls back with every run. */
    public void forEachRun(Consumer<LiveRun<?>> consumer) {
        runs.values().forEach(all -> all.all().forEach(consumer));
    }
}
