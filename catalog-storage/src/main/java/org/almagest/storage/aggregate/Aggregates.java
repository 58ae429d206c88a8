package org.almagest.storage.aggregate;

import java.util.ArrayList;
import java.util.List;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.model.Limits;
import org.almagest.query.Query;
import org.almagest.storage.plan.AnsweredBy;
import org.almagest.storage.plan.RunTrace;
import org.almagest.storage.scan.RunMatches;
import org.almagest.storage.scan.Scan;
import org.almagest.storage.scan.ScanSource;

/** Answers several aggregations of one query, looking at each row once at most. */
public final class Aggregates {
    private Aggregates() {}

    /**
     * Returns the answers, in the order of the aggregations.
     *
     * @param query without limit, page token, selection and order
     * @throws org.almagest.error.LimitExceededException if an answer would have too many buckets
     */
    public static List<Aggregate> of(
            List<ScanSource> sources, Query query, List<Aggregation> wanted, Scan.Bounds bounds) {
        return of(RunMatches.of(sources, query, bounds), wanted, bounds);
    }

    /** Returns the answers from runs that were chosen before. */
    public static List<Aggregate> of(List<RunMatches> runs, List<Aggregation> wanted, Scan.Bounds bounds) {
        bounds.deadline().check();
        AccumulatorKinds kinds = new AccumulatorKinds(bounds.limits());
        List<Accumulator> all = wanted.stream().map(one -> one.accept(kinds)).toList();
        for (RunMatches rows : runs) {
            try {
                count(rows, all);
            } catch (InternalError e) {
                throw rows.unreadable(e);
            }
        }
        return all.stream().map(Accumulator::result).toList();
    }

    private static void count(RunMatches rows, List<Accumulator> all) {
        RunTrace trace = rows.trace();
        List<Accumulator> byRow = new ArrayList<>();
        for (Accumulator one : all) {
            long began = trace == null ? 0 : RunTrace.now();
            AnsweredBy by = one.begin(rows);
            if (trace != null) {
                trace.answered(by, began);
            }
            if (by == AnsweredBy.ROWS) {
                byRow.add(one);
            }
        }
        while (!byRow.isEmpty() && rows.advance()) {
            long began = trace == null ? 0 : RunTrace.now();
            for (Accumulator one : byRow) {
                one.add(rows);
            }
            if (trace != null) {
                trace.count(RunTrace.Part.ADD, began);
            }
        }
        for (Accumulator one : all) {
            one.end(rows);
        }
    }

    /** Makes the accumulator of each kind of aggregation. */
    private record AccumulatorKinds(Limits limits) implements Aggregation.Visitor<Accumulator> {
        @Override
        public Accumulator count(Aggregation.Count wanted) {
            return new TotalAccumulator();
        }

        @Override
        public Accumulator range(Aggregation.Range wanted) {
            return new ExtremesAccumulator(wanted);
        }

        @Override
        public Accumulator histogram(Aggregation.Histogram wanted) {
            return new HistogramAccumulator(wanted, new BucketBound(wanted, limits));
        }

        @Override
        public Accumulator geohashGrid(Aggregation.GeohashGrid wanted) {
            return new GridAccumulator(wanted, new BucketBound(wanted, limits));
        }

        @Override
        public Accumulator distinct(Aggregation.Distinct wanted) {
            return new DistinctAccumulator(wanted, new BucketBound(wanted, limits));
        }
    }
}
