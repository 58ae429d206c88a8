package org.almagest.storage.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.almagest.storage.metadata.CatalogMetadata;

/**
 * Everything that one query sees. Immutable: a commit makes a new one, readers keep theirs.
 *
 * @param version the sequence number of the last commit it shows
 * @param lastIngestionMicros the time of the last commit that stored datapoints
 * @param metadata the datasets and collections
 * @param runs the runs by the incarnation of their collection; a collection without rows has no entry
 */
public record Snapshot(
        long version, long lastIngestionMicros, CatalogMetadata metadata, Map<Long, CollectionRuns> runs) {
    /** Returns the runs of a collection. */
    public CollectionRuns runs(long collection) {
        return runs.getOrDefault(collection, CollectionRuns.EMPTY);
    }

    /** Returns what follows when a commit adds rows to a collection. */
    public Snapshot withRows(long sequence, long ingestionMicros, long collection, MemoryRun added) {
        assert sequence >= version : sequence + " after " + version;
        Map<Long, CollectionRuns> next = new HashMap<>(runs);
        next.put(collection, runs(collection).with(added));
        return new Snapshot(sequence, ingestionMicros, metadata, next);
    }

    /** Returns what follows when a commit changes the metadata. */
    public Snapshot withMetadata(long sequence, CatalogMetadata changed) {
        assert sequence > version : sequence + " after " + version;
        return new Snapshot(sequence, lastIngestionMicros, changed, runs);
    }

    /** Returns the same content with all runs in memory frozen for a flush. */
    public Snapshot freeze() {
        Map<Long, CollectionRuns> next = new HashMap<>();
        runs.forEach((collection, all) -> next.put(collection, all.freeze()));
        return new Snapshot(version, lastIngestionMicros, metadata, next);
    }

    /** Returns the same content with frozen runs replaced by the segments that a flush made of them. */
    public Snapshot flushed(Map<Long, List<SegmentRun>> written) {
        Map<Long, CollectionRuns> next = new HashMap<>();
        runs.forEach(
                (collection, all) -> next.put(collection, all.flushed(written.getOrDefault(collection, List.of()))));
        return new Snapshot(version, lastIngestionMicros, metadata, next);
    }

    /** Tells whether a flush would write anything. */
    public boolean hasMemoryRuns() {
        return runs.values().stream()
                .anyMatch(all -> !all.active().isEmpty() || !all.frozen().isEmpty());
    }
}
