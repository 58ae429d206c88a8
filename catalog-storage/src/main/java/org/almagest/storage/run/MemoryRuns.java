package org.almagest.storage.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the number of runs in memory low: each run has at least twice the rows of the next.
 *
 * <p>A row is copied once for each doubling of the runs, so adding n rows costs O(n log n) in all and a query meets
 * O(log n) runs. Deleted rows that no kept version shows go when they are copied.
 */
public final class MemoryRuns {
    /** Runs with more bytes stay alone, as copying them would cost more than looking into one run more. */
    private static final long MERGED_BYTES_MAX = 16L << 20;

    private MemoryRuns() {}

    /** Returns the runs with one more, oldest first. */
    static List<LiveRun<MemoryRun>> add(List<LiveRun<MemoryRun>> runs, MemoryRun added, long historyFloor) {
        List<LiveRun<MemoryRun>> all = new ArrayList<>(runs);
        all.add(LiveRun.of(added));
        while (all.size() > 1) {
            LiveRun<MemoryRun> last = all.get(all.size() - 1);
            LiveRun<MemoryRun> before = all.get(all.size() - 2);
            if (before.run().rowCount() >= 2L * last.run().rowCount()
                    || before.run().bodyBytes() + last.run().bodyBytes() > MERGED_BYTES_MAX) {
                break;
            }
            all.remove(all.size() - 1);
            all.remove(all.size() - 1);
            all.addAll(merge(List.of(before, last), historyFloor));
        }
        return List.copyOf(all);
    }

    /** Returns one run with the rows of both, or none where nothing is left of them. */
    static List<LiveRun<MemoryRun>> merge(List<LiveRun<MemoryRun>> runs, long historyFloor) {
        int rows = runs.stream().mapToInt(live -> live.run().rowCount()).sum();
        int bytes =
                (int) runs.stream().mapToLong(live -> live.run().bodyBytes()).sum();
        boolean keyed = runs.stream().allMatch(live -> live.run().isKeyed());
        MemoryRunBuilder merged =
                new MemoryRunBuilder(keyed ? MemoryRunBuilder.Keys.KEYED : MemoryRunBuilder.Keys.UNKEYED, rows, bytes);
        List<RowMap> maps =
                runs.stream().map(live -> new RowMap(live.run().rowCount())).toList();
        MergedRuns<MemoryRun> source = new MergedRuns<>(runs, historyFloor);
        while (source.advance()) {
            int stretch = source.stretch();
            RowMap map = maps.get(source.input());
            for (int i = 0; i < stretch; i++) {
                map.put(source.ordinal() + i, merged.rows + i);
            }
            merged.copy(source.run(), source.ordinal(), stretch);
            source.skipStretch();
        }
        if (merged.rows == 0) {
            return List.of();
        }
        RowMap.Carrier carrier = new RowMap.Carrier();
        for (int i = 0; i < runs.size(); i++) {
            carrier.carry(runs.get(i).dead(), maps.get(i));
        }
        return List.of(new LiveRun<>(merged.build(), carrier.take(0, merged.rows), 0));
    }
}
