package org.almagest.query;

import java.util.ArrayList;
import java.util.List;

/**
 * How two intervals lie to each other in time.
 *
 * <p>Their ends belong to them; an instant is an interval that ends as it starts.
 */
public enum TemporalRelation {
    /** The first starts after the second ends. */
    AFTER("t_after", "start > end"),
    /** The first ends before the second starts. */
    BEFORE("t_before", "end < start"),
    /** The first starts before the second and ends after it. */
    CONTAINS("t_contains", "start < start", "end > end"),
    /** The first is after or before the second. */
    DISJOINT("t_disjoint", "start > end", "end < start"),
    /** The first starts after the second and ends before it. */
    DURING("t_during", "start > start", "end < end"),
    /** Both start and end together. */
    EQUALS("t_equals", "start = start", "end = end"),
    /** The first starts before the second and ends with it. */
    FINISHED_BY("t_finishedBy", "start < start", "end = end"),
    /** The first starts after the second and ends with it. */
    FINISHES("t_finishes", "start > start", "end = end"),
    /** Both have an instant in common. */
    INTERSECTS("t_intersects", "start <= end", "end >= start"),
    /** The first ends as the second starts. */
    MEETS("t_meets", "end = start"),
    /** The first starts as the second ends. */
    MET_BY("t_metBy", "start = end"),
    /** The first starts in the second and ends after it. */
    OVERLAPPED_BY("t_overlappedBy", "start > start", "start < end", "end > end"),
    /** The first starts before the second and ends in it. */
    OVERLAPS("t_overlaps", "start < start", "end > start", "end < end"),
    /** Both start together and the first ends later. */
    STARTED_BY("t_startedBy", "start = start", "end > end"),
    /** Both start together and the first ends earlier. */
    STARTS("t_starts", "start = start", "end < end");

    private final String function;
    private final List<Condition> conditions;

    TemporalRelation(String function, String... conditions) {
        this.function = function;
        List<Condition> all = new ArrayList<>();
        for (String condition : conditions) {
            all.add(Condition.of(condition));
        }
        this.conditions = List.copyOf(all);
    }

    /** An end of the first interval compared with one of the second. */
    private record Condition(boolean startOfFirst, ComparisonOperator operator, boolean startOfSecond) {
        /** Reads {@code start <= end}. */
        static Condition of(String text) {
            String[] words = text.split(" ");
            for (ComparisonOperator operator : ComparisonOperator.values()) {
                if (operator.symbol().equals(words[1])) {
                    return new Condition(words[0].equals("start"), operator, words[2].equals("start"));
                }
            }
            throw new AssertionError(text);
        }

        Filter between(Expression first, Expression second) {
            return new Filter.Comparison(end(first, startOfFirst), operator, end(second, startOfSecond));
        }

        private static Expression end(Expression operand, boolean isStart) {
            if (operand instanceof Expression.Interval interval) {
                return isStart ? interval.start() : interval.end();
            }
            return operand;
        }
    }

    /** Returns the function's name in CQL2, as JSON writes it. */
    public String function() {
        return function;
    }

    /** Returns the relation of two instants or intervals as comparisons of their ends. */
    public Filter asComparisons(Expression first, Expression second) {
        List<Filter> all = new ArrayList<>();
        for (Condition condition : conditions) {
            all.add(condition.between(first, second));
        }
        return this == DISJOINT ? new Filter.Or(all) : new Filter.And(all);
    }
}
