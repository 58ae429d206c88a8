package org.almagest.storage.engine;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.almagest.storage.commit.StoreParts;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.fs.StorageCounters.Counter;
import org.almagest.storage.manifest.DataFiles;
import org.almagest.storage.metadata.PartitionWindow;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.metadata.TombstoneRef;
import org.almagest.storage.run.CollectionRuns;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.MemoryRun;
import org.almagest.storage.run.SegmentRun;
import org.almagest.storage.run.Snapshot;

/** Counts what an open store holds and has done. */
final class Statistics {
    private long rows;
    private long deadRows;
    private long segments;
    private long segmentBytes;
    private double liveBytes;
    private long memoryRuns;
    private long memoryRows;
    private long memoryBytes;
    private final Set<Partition> partitions = new HashSet<>();

    /** The data files that are read, by name, with the end of what is read of them. */
    private final Map<String, Long> dataFiles = new HashMap<>();

    private record Partition(long collection, PartitionWindow window) {}

    private Statistics() {}

    static Map<String, Long> of(Snapshot snapshot, StoreParts parts) {
        Map<String, Long> all = new LinkedHashMap<>();
        all.put("version", snapshot.version());
        all.put("dataset_count", (long) snapshot.metadata().datasets().size());
        all.put("collection_count", (long) snapshot.metadata().collections().size());
        Statistics statistics = new Statistics();
        snapshot.runs().values().forEach(statistics::add);
        statistics.putInto(all, parts.storage());
        all.putAll(new TreeMap<>(parts.facts()));
        for (Counter counter : Counter.values()) {
            all.put(
                    counter.name().toLowerCase(Locale.ROOT),
                    parts.storage().counters().value(counter));
        }
        return all;
    }

    private void add(CollectionRuns runs) {
        for (LiveRun<SegmentRun> live : runs.segments()) {
            SegmentEntry entry = live.run().entry();
            long bytes = entry.location().length();
            segments++;
            segmentBytes += bytes;
            liveBytes += (double) bytes * live.liveCount() / live.run().rowCount();
            partitions.add(new Partition(entry.collection(), entry.window()));
            use(
                    DataFiles.segment(entry.location().fileNumber()),
                    entry.location().offset() + bytes);
            TombstoneRef dead = entry.tombstones();
            if (dead != null) {
                use(DataFiles.tombstones(dead.fileNumber()), dead.offset() + dead.length());
            }
            count(live);
        }
        for (LiveRun<MemoryRun> live : runs.memory()) {
            memoryRuns++;
            memoryRows += live.run().rowCount();
            memoryBytes += live.run().heapBytes();
            count(live);
        }
    }

    private void count(LiveRun<?> live) {
        rows += live.liveCount();
        deadRows += live.dead().count();
    }

    private void use(String dataFile, long end) {
        dataFiles.merge(dataFile, end, Math::max);
    }

    private void putInto(Map<String, Long> all, Storage storage) {
        all.put("row_count", rows);
        all.put("dead_row_count", deadRows);
        all.put("run_count", segments + memoryRuns);
        all.put("segment_count", segments);
        all.put("segment_bytes", segmentBytes);
        all.put("segment_live_bytes", Math.round(liveBytes));
        all.put("partition_count", (long) partitions.size());
        all.put("data_file_count", (long) dataFiles.size());
        all.put("data_file_bytes", dataFileBytes(storage));
        all.put("memory_run_count", memoryRuns);
        all.put("memory_row_count", memoryRows);
        all.put("memory_bytes", memoryBytes);
    }

    private long dataFileBytes(Storage storage) {
        long bytes = 0;
        for (Map.Entry<String, Long> file : dataFiles.entrySet()) {
            try {
                bytes += storage.size(file.getKey());
            } catch (IOException e) {
                bytes += file.getValue(); // gone since: what the snapshot reads of it
            }
        }
        return bytes;
    }
}
