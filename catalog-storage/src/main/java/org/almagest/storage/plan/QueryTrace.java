package org.almagest.storage.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.almagest.explain.Explanation;

/** What happens while a query is explained; for one thread. */
public final class QueryTrace {
    private static final int RUNS_SHOWN_MAX = 100;

    private final Map<Passed, Long> passed = new EnumMap<>(Passed.class);
    private final List<RunTrace> runs = new ArrayList<>();
    private long rowsStored;
    private long rowsReturned;

    /** Why a run was passed over before any of its rows was looked at. */
    public enum Passed {
        /** None of its ids is in the time of the query, or after the page token. */
        TIME,
        /** All of its rows are deleted, or stored by later versions. */
        VERSION,
        /** No time extent of its rows meets that of the query. */
        EXTENT,
        /** None of its rows lies near the area. */
        AREA,
        /** None of its rows has such values. */
        VALUES
    }

    /** Counts a run of the scope. */
    public void run(long rows) {
        rowsStored += rows;
    }

    /** Counts a run that was passed over. */
    public void passedOver(Passed why) {
        passed.merge(why, 1L, Long::sum);
    }

    /** Returns the trace of a run that is kept ready, with so many rows in the time of the query. */
    public RunTrace begin(String run, long rows) {
        RunTrace trace = new RunTrace(run, rows);
        runs.add(trace);
        return trace;
    }

    /** Counts a row of the answer. */
    public void returned() {
        rowsReturned++;
    }

    /**
     * Returns everything that was counted.
     *
     * @param asked the query as it was understood
     * @param planNanos how long it took to choose the runs
     * @param totalNanos how long everything took
     */
    public Explanation toExplanation(List<Explanation.Fact> asked, long planNanos, long totalNanos) {
        List<RunTrace> reached = runs.stream().filter(RunTrace::isReached).toList();
        List<Explanation.Count> counts = new ArrayList<>();
        long passedRuns = passed.values().stream().mapToLong(Long::longValue).sum();
        counts.add(new Explanation.Count("runs", runs.size() + passedRuns));
        for (Passed why : Passed.values()) {
            counts.add(new Explanation.Count("passed_by_" + lower(why), passed.getOrDefault(why, 0L)));
        }
        counts.add(new Explanation.Count("not_reached", runs.size() - (long) reached.size()));
        counts.add(new Explanation.Count("rows", rowsStored));
        counts.add(new Explanation.Count("rows_in_time", sum(runs, RunTrace::rows)));
        counts.add(new Explanation.Count("rows_considered", sum(runs, RunTrace::consideredRows)));
        counts.add(new Explanation.Count("rows_matched", sum(runs, RunTrace::matchedRows)));
        counts.add(new Explanation.Count("rows_returned", rowsReturned));
        if (runs.stream().anyMatch(RunTrace::isAggregated)) {
            for (AnsweredBy by : AnsweredBy.values()) {
                counts.add(new Explanation.Count("answered_by_" + lower(by), sum(runs, run -> run.answers(by))));
            }
        }
        List<Explanation.Step> steps = new ArrayList<>();
        steps.add(new Explanation.Step("plan", 1, planNanos));
        for (RunTrace.Part part : RunTrace.Part.values()) {
            long times = sum(runs, run -> run.times(part));
            if (times > 0) {
                steps.add(new Explanation.Step(lower(part), times, sum(runs, run -> run.nanos(part))));
            }
        }
        steps.add(new Explanation.Step("total", 1, totalNanos));
        List<Explanation.RunRead> shown = reached.stream()
                .sorted(Comparator.comparingLong((RunTrace run) -> run.nanos()).reversed())
                .limit(RUNS_SHOWN_MAX)
                .map(run -> new Explanation.RunRead(
                        run.run(), run.access(), run.rows(), run.consideredRows(), run.matchedRows(), run.nanos()))
                .toList();
        return new Explanation(asked, counts, steps, shown, reached.size() - (long) shown.size());
    }

    private static long sum(List<RunTrace> runs, ToLongFunction<RunTrace> part) {
        return runs.stream().mapToLong(part).sum();
    }

    private static String lower(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}
