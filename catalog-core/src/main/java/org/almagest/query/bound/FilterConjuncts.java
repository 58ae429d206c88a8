package org.almagest.query.bound;

import java.util.ArrayList;
import java.util.List;
import org.almagest.query.ComparisonOperator;
import org.almagest.query.Expression;
import org.almagest.query.Filter;
import org.almagest.query.Literal;

/** Splits a filter into conditions whose conjunction has the same truth. */
final class FilterConjuncts {
    private final List<Filter> conjuncts = new ArrayList<>();

    private FilterConjuncts() {}

    static List<Filter> of(Filter filter) {
        FilterConjuncts all = new FilterConjuncts();
        all.add(filter);
        return all.conjuncts;
    }

    private void add(Filter filter) {
        if (filter instanceof Filter.And and) {
            and.terms().forEach(this::add);
        } else if (filter instanceof Filter.Not not) {
            addNegated(not.term());
        } else if (filter instanceof Filter.Between between && between.operand() instanceof Literal) {
            // A constant between two fields is a bound of each.
            conjuncts.add(new Filter.Comparison(between.operand(), ComparisonOperator.AT_LEAST, between.low()));
            conjuncts.add(new Filter.Comparison(between.operand(), ComparisonOperator.AT_MOST, between.high()));
        } else if (filter instanceof Filter.Temporal temporal && isInstant(temporal.left(), temporal.right())) {
            addTemporal(temporal);
        } else {
            conjuncts.add(filter);
        }
    }

    /** Splits a condition into comparisons with instants, which are unknown for what is no instant. */
    private void addTemporal(Filter.Temporal filter) {
        add(filter.relation().asComparisons(filter.left(), filter.right()));
    }

    private static boolean isInstant(Expression left, Expression right) {
        return isInstant(left) || isInstant(right);
    }

    private static boolean isInstant(Expression operand) {
        return operand instanceof Literal
                || operand instanceof Expression.Interval interval
                        && interval.start() instanceof Literal
                        && interval.end() instanceof Literal;
    }

    private void addNegated(Filter filter) {
        if (filter instanceof Filter.Not not) {
            add(not.term());
        } else if (filter instanceof Filter.Or or) {
            or.terms().forEach(this::addNegated);
        } else {
            conjuncts.add(filter.not());
        }
    }
}
