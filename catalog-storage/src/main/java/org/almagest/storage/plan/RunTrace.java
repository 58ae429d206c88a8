package org.almagest.storage.plan;

import java.util.Arrays;
import java.util.Locale;
import org.almagest.runtime.Stopwatch;

/** What happens to the rows of one run while a query is explained; counts and nanoseconds. For one thread. */
public final class RunTrace {
    /** What is done with a row, in the order in which it is done. */
    public enum Part {
        /** Candidates were found. */
        CANDIDATES,
        /** Deleted rows and rows of later versions were left out. */
        HIDDEN,
        /** The box of the row decided that it does not match. */
        BOX_NO,
        /** The box of the row decided that it lies as asked. */
        BOX_YES,
        /** A condition was decided by a column. */
        COLUMN_TEST,
        /** The geometry itself was tested. */
        GEOMETRY_TEST,
        /** A condition was tested on values read from the row. */
        FIELD_TEST,
        /** The row was read to be returned. */
        ROW,
        /** An aggregation was answered without looking at rows one by one. */
        WITHOUT_ROWS,
        /** The row was added to aggregations. */
        ADD
    }

    private static final Part[] PARTS = Part.values();

    private final String run;
    private final long rows;
    private final long[] times = new long[PARTS.length];
    private final long[] nanos = new long[PARTS.length];
    private final long[] answers = new long[AnsweredBy.values().length];
    private String access = "";
    private long considered;
    private long matched;

    RunTrace(String run, long rows) {
        this.run = run;
        this.rows = rows;
    }

    /** Returns the time to measure from. */
    public static long now() {
        return Stopwatch.nanos();
    }

    /** Tells how candidates are found. */
    public void access(String name) {
        access = name;
    }

    /** Counts a part, which took no time worth measuring. */
    public void count(Part part) {
        times[part.ordinal()]++;
    }

    /** Counts a part that began at a time of {@link #now}. */
    public void count(Part part, long began) {
        times[part.ordinal()]++;
        nanos[part.ordinal()] += Stopwatch.nanos() - began;
    }

    /** Counts a candidate. */
    public void considered() {
        considered++;
    }

    /** Counts a row that matches. */
    public void matched() {
        matched++;
    }

    String run() {
        return run;
    }

    /** Counts an aggregation that was answered, or begun where rows are still to be added; began as in {@link #now}. */
    public void answered(AnsweredBy by, long began) {
        answers[by.ordinal()]++;
        if (by != AnsweredBy.ROWS) {
            count(Part.WITHOUT_ROWS, began);
        }
    }

    long answers(AnsweredBy by) {
        return answers[by.ordinal()];
    }

    /** Tells whether aggregations were asked. */
    boolean isAggregated() {
        return Arrays.stream(answers).sum() > 0;
    }

    /** Returns how the answer was found: what aggregations were answered from, then how candidates were. */
    String access() {
        StringBuilder ways = new StringBuilder();
        for (AnsweredBy by : AnsweredBy.values()) {
            if (by != AnsweredBy.ROWS && answers(by) > 0) {
                ways.append(by.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                        .append(", ");
            }
        }
        return access.isEmpty() ? ways.substring(0, Math.max(0, ways.length() - 2)) : ways + access;
    }

    long rows() {
        return rows;
    }

    long consideredRows() {
        return considered;
    }

    long matchedRows() {
        return matched;
    }

    long times(Part part) {
        return times[part.ordinal()];
    }

    long nanos(Part part) {
        return nanos[part.ordinal()];
    }

    /** Returns how long everything took together. */
    long nanos() {
        long sum = 0;
        for (long part : nanos) {
            sum += part;
        }
        return sum;
    }

    /** Tells whether the run was looked at, and not only kept ready. */
    boolean isReached() {
        return !access().isEmpty();
    }
}
