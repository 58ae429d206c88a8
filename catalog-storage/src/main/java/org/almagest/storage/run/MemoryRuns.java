package org.almagest.storage.run;

import java.util.ArrayList;
import java.util.List;
import org.almagest.model.DatapointId;

/**
 * Keeps the number of runs in memory low: each run has at least twice the rows of the next.
 *
 * <p>A row is copied once for each doubling of the runs, so adding n rows costs O(n log n) in all and a query meets
 * O(log n) runs.
 */
public final class MemoryRuns {
    private MemoryRuns() {}

    /** Returns the runs with one more, oldest first; its ids must not occur in them. */
    public static List<MemoryRun> add(List<MemoryRun> runs, MemoryRun added) {
        List<MemoryRun> all = new ArrayList<>(runs);
        all.add(added);
        while (all.size() > 1) {
            MemoryRun last = all.get(all.size() - 1);
            MemoryRun before = all.get(all.size() - 2);
            if (before.rowCount() >= 2L * last.rowCount()) {
                break;
            }
            all.remove(all.size() - 1);
            all.set(all.size() - 1, merge(before, last));
        }
        return List.copyOf(all);
    }

    /** Returns one run with the rows of both. */
    static MemoryRun merge(MemoryRun left, MemoryRun right) {
        MemoryRunBuilder merged = new MemoryRunBuilder(
                left.isKeyed() && right.isKeyed() ? MemoryRunBuilder.Keys.KEYED : MemoryRunBuilder.Keys.UNKEYED,
                left.rowCount() + right.rowCount(),
                Math.addExact((int) left.bodyBytes(), (int) right.bodyBytes()));
        int l = 0;
        int r = 0;
        while (l < left.rowCount() || r < right.rowCount()) {
            boolean takeLeft = r == right.rowCount()
                    || (l < left.rowCount()
                            && DatapointId.compare(left.highs[l], left.lows[l], right.highs[r], right.lows[r]) < 0);
            if (takeLeft) {
                merged.copy(left, l++);
            } else {
                merged.copy(right, r++);
            }
        }
        return merged.build();
    }
}
