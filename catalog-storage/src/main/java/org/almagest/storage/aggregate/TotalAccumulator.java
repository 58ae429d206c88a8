package org.almagest.storage.aggregate;

import org.almagest.aggregate.Aggregate;
import org.almagest.storage.plan.AnsweredBy;
import org.almagest.storage.plan.Shortcut;
import org.almagest.storage.scan.RunMatches;

/** Counts rows. */
final class TotalAccumulator implements Accumulator {
    private long count;

    @Override
    public AnsweredBy begin(RunMatches rows) {
        boolean counted = rows.isEveryVisibleRow() && rows.mayUse(Shortcut.STATISTICS);
        if (counted) {
            count += rows.visibleRows(rows.first(), rows.end());
        }
        return counted ? AnsweredBy.IDS : AnsweredBy.ROWS;
    }

    @Override
    public void add(RunMatches rows) {
        count++;
    }

    @Override
    public Aggregate result() {
        return new Aggregate.Total(count);
    }
}
