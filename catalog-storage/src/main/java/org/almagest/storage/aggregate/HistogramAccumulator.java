package org.almagest.storage.aggregate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.aggregate.Bucket;
import org.almagest.storage.plan.AnsweredBy;
import org.almagest.storage.plan.Shortcut;
import org.almagest.storage.scan.RunMatches;

/**
 * Counts rows by the bucket that their time lies in.
 *
 * <p>Where nothing but time chooses rows, each bucket of a run costs a search for its end and no row is looked at.
 */
final class HistogramAccumulator implements Accumulator {
    private static final int BUCKETS_PER_DEADLINE_CHECK = 256;

    private final Aggregation.Histogram wanted;
    private final BucketBound bound;
    private final CalendarBuckets buckets;
    private final LongCounts counts;
    private long current;
    private long currentCount;

    HistogramAccumulator(Aggregation.Histogram wanted, BucketBound bound) {
        this.wanted = wanted;
        this.bound = bound;
        this.buckets = new CalendarBuckets(wanted.unit(), wanted.zone());
        this.counts = new LongCounts(bound);
    }

    @Override
    public AnsweredBy begin(RunMatches rows) {
        if (!rows.isEveryVisibleRow() || !rows.mayUse(Shortcut.STATISTICS)) {
            return AnsweredBy.ROWS;
        }
        int untilCheck = BUCKETS_PER_DEADLINE_CHECK;
        for (int row = rows.first(); row < rows.end(); ) {
            buckets.seek(rows.timeMillis(row));
            int end = firstAt(rows, row, buckets.end());
            long count = rows.visibleRows(row, end);
            if (count > 0) {
                counts.add(buckets.start(), count);
            }
            row = end;
            if (--untilCheck == 0) {
                rows.checkDeadline();
                untilCheck = BUCKETS_PER_DEADLINE_CHECK;
            }
        }
        return AnsweredBy.IDS;
    }

    /** Returns the first row after this one at or after a time; costs with how far that is, not with the rows there are. */
    private static int firstAt(RunMatches rows, int row, long millis) {
        int before = row;
        int step = 1;
        while (before + step < rows.end() && rows.timeMillis(before + step) < millis) {
            before += step;
            step <<= 1;
        }
        int at = Math.min(rows.end(), before + step);
        while (at - before > 1) {
            int middle = before + at >>> 1;
            if (rows.timeMillis(middle) < millis) {
                before = middle;
            } else {
                at = middle;
            }
        }
        return at;
    }

    @Override
    public void add(RunMatches rows) {
        buckets.seek(rows.timeMillis(rows.ordinal()));
        if (buckets.start() != current) {
            settle();
            current = buckets.start();
        }
        currentCount++;
    }

    /** Puts what was counted of the current bucket with the others; rows come in the order of time, so not for each. */
    private void settle() {
        if (currentCount > 0) {
            counts.add(current, currentCount);
            currentCount = 0;
        }
    }

    @Override
    public Aggregate result() {
        settle();
        long[] starts = counts.sorted();
        List<Bucket> all = new ArrayList<>();
        if (starts.length > 0) {
            long last = starts[starts.length - 1];
            for (long start = starts[0]; start <= last; start = buckets.end()) {
                bound.checkRoom(all.size());
                all.add(Bucket.ofTime(Instant.ofEpochMilli(start), wanted.zone(), counts.count(start)));
                buckets.seek(start);
            }
        }
        return new Aggregate.Buckets(all);
    }
}
