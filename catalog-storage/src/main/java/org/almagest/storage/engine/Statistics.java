package org.almagest.storage.engine;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.almagest.storage.commit.StoreParts;
import org.almagest.storage.fs.StorageCounters.Counter;
import org.almagest.storage.run.CollectionRuns;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.MemoryRun;
import org.almagest.storage.run.SegmentRun;
import org.almagest.storage.run.Snapshot;

/** Counts what an open store holds and has done. */
final class Statistics {
    private Statistics() {}

    static Map<String, Long> of(Snapshot snapshot, StoreParts parts) {
        Map<String, Long> all = new LinkedHashMap<>();
        all.put("version", snapshot.version());
        all.put("dataset_count", (long) snapshot.metadata().datasets().size());
        all.put("collection_count", (long) snapshot.metadata().collections().size());
        countRuns(snapshot, all);
        all.putAll(new TreeMap<>(parts.facts()));
        for (Counter counter : Counter.values()) {
            all.put(
                    counter.name().toLowerCase(Locale.ROOT),
                    parts.storage().counters().value(counter));
        }
        return all;
    }

    private static void countRuns(Snapshot snapshot, Map<String, Long> all) {
        long rows = 0;
        long segments = 0;
        long segmentBytes = 0;
        long memoryRuns = 0;
        long memoryRows = 0;
        long memoryBytes = 0;
        long deadRows = 0;
        for (CollectionRuns runs : snapshot.runs().values()) {
            for (LiveRun<SegmentRun> live : runs.segments()) {
                SegmentRun segment = live.run();
                deadRows += live.dead().count();
                segments++;
                rows += segment.rowCount();
                segmentBytes += segment.entry().location().length();
            }
            for (LiveRun<MemoryRun> live : runs.memory()) {
                MemoryRun run = live.run();
                deadRows += live.dead().count();
                memoryRuns++;
                memoryRows += run.rowCount();
                memoryBytes += run.heapBytes();
            }
        }
        all.put("row_count", rows + memoryRows - deadRows);
        all.put("dead_row_count", deadRows);
        all.put("segment_count", segments);
        all.put("segment_bytes", segmentBytes);
        all.put("memory_run_count", memoryRuns);
        all.put("memory_row_count", memoryRows);
        all.put("memory_bytes", memoryBytes);
    }
}
