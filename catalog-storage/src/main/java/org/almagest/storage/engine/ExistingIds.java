package org.almagest.storage.engine;

import java.util.BitSet;
import java.util.List;
import org.almagest.model.DatapointId;
import org.almagest.storage.engine.IngestBatch.BatchRow;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.Run;

/** Finds out which rows of a batch are live. */
final class ExistingIds {
    private ExistingIds() {}

    /** Returns which of the rows, sorted by id, have an id that is live. */
    static BitSet of(BatchRow[] rows, List<LiveRun<?>> runs) {
        BitSet found = new BitSet(rows.length);
        for (LiveRun<?> live : runs) {
            Run run = live.run();
            int last = run.rowCount() - 1;
            DatapointId highest = new DatapointId(run.idHigh(last), run.idLow(last));
            for (int i = firstFrom(rows, run); i < rows.length && rows[i].id().compareTo(highest) <= 0; i++) {
                if (!found.get(i)
                        && live.findLive(rows[i].id().high(), rows[i].id().low()) >= 0) {
                    found.set(i);
                }
            }
        }
        return found;
    }

    private static int firstFrom(BatchRow[] rows, Run run) {
        DatapointId lowest = new DatapointId(run.idHigh(0), run.idLow(0));
        int low = 0;
        int high = rows.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows[middle].id().compareTo(lowest) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
