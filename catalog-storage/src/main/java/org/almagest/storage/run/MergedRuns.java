package org.almagest.storage.run;

import java.util.List;
import org.almagest.model.DatapointId;

/** The rows of several runs in memory, one after the other by ascending id; for one thread. */
public final class MergedRuns {
    private final List<MemoryRun> runs;
    private final int[] next;
    private int current = -1;

    /** Begins before the first row. */
    public MergedRuns(List<MemoryRun> runs) {
        this.runs = runs;
        this.next = new int[runs.size()];
    }

    /** Moves to the next row; false where none is left. Costs a look at each run, of which there are few. */
    public boolean advance() {
        if (current >= 0) {
            next[current]++;
        }
        current = -1;
        for (int i = 0; i < next.length; i++) {
            if (next[i] < runs.get(i).rowCount() && (current < 0 || compare(i, current) < 0)) {
                current = i;
            }
        }
        return current >= 0;
    }

    private int compare(int left, int right) {
        MemoryRun a = runs.get(left);
        MemoryRun b = runs.get(right);
        return DatapointId.compare(
                a.idHigh(next[left]), a.idLow(next[left]), b.idHigh(next[right]), b.idLow(next[right]));
    }

    /** Returns the run of the current row. */
    public MemoryRun run() {
        return runs.get(current);
    }

    /** Returns the ordinal of the current row in its run. */
    public int ordinal() {
        return next[current];
    }
}
