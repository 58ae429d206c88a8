package org.almagest.query;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.geo.GeometryChecks;
import org.almagest.model.Limits;
import org.locationtech.jts.geom.Geometry;

/** Counts a filter's nodes and levels and stops at the first past a bound, so that no filter is too deep to count. */
final class FilterSize implements Filter.Visitor<FilterSize>, Expression.Visitor<FilterSize> {
    private final Limits limits;
    private final Set<String> names = new LinkedHashSet<>();
    private boolean inPattern;
    private long depth;
    private long nodes;

    FilterSize(Limits limits) {
        this.limits = limits;
    }

    /** Returns the names of the properties that were counted, in the order of their first use. */
    Set<String> names() {
        return names;
    }

    @Override
    public FilterSize comparison(Filter.Comparison filter) {
        return leaf(List.of(filter.left(), filter.right()));
    }

    @Override
    public FilterSize between(Filter.Between filter) {
        return leaf(List.of(filter.operand(), filter.low(), filter.high()));
    }

    @Override
    public FilterSize in(Filter.In filter) {
        leaf(List.of(filter.operand()));
        filter.items().forEach(item -> item.accept(this));
        return this;
    }

    @Override
    public FilterSize like(Filter.Like filter) {
        inPattern = true;
        filter.pattern().accept(this);
        inPattern = false;
        nodes--; // the pattern is part of the condition
        return leaf(List.of(filter.operand()));
    }

    @Override
    public FilterSize isNull(Filter.IsNull filter) {
        return leaf(List.of(filter.operand()));
    }

    @Override
    public FilterSize spatial(Filter.Spatial filter) {
        return leaf(List.of(filter.left(), filter.right()));
    }

    @Override
    public FilterSize temporal(Filter.Temporal filter) {
        return leaf(List.of(filter.left(), filter.right()));
    }

    @Override
    public FilterSize arrayComparison(Filter.ArrayComparison filter) {
        return leaf(List.of(filter.left(), filter.right()));
    }

    @Override
    public FilterSize and(Filter.And filter) {
        return inner(filter.terms());
    }

    @Override
    public FilterSize or(Filter.Or filter) {
        return inner(filter.terms());
    }

    @Override
    public FilterSize not(Filter.Not filter) {
        return inner(List.of(filter.term()));
    }

    @Override
    public FilterSize constant(Filter.Constant filter) {
        return leaf(List.of());
    }

    @Override
    public FilterSize property(Property property) {
        names.add(property.name());
        return node();
    }

    @Override
    public FilterSize literal(Literal literal) {
        if (literal.value() instanceof Geometry geometry) {
            check(geometry);
        } else if (inPattern && literal.value() instanceof String pattern) {
            int length = pattern.length();
            Limits.check("filter: pattern length", "filterPatternLengthMax", length, limits.filterPatternLengthMax());
        }
        return node();
    }

    private void check(Geometry geometry) {
        try {
            GeometryChecks.check(geometry, limits);
        } catch (InvalidRequestException e) {
            throw e.within("filter");
        } catch (LimitExceededException e) {
            throw e.within("filter");
        }
    }

    @Override
    public FilterSize arithmetic(Expression.Arithmetic arithmetic) {
        return leaf(List.of(arithmetic.left(), arithmetic.right()));
    }

    @Override
    public FilterSize folded(Expression.Folded folded) {
        return leaf(List.of(folded.text()));
    }

    @Override
    public FilterSize arrayOf(Expression.ArrayOf array) {
        return leaf(array.elements());
    }

    @Override
    public FilterSize interval(Expression.Interval interval) {
        return leaf(List.of(interval.start(), interval.end()));
    }

    private FilterSize leaf(List<Expression> operands) {
        deeper();
        operands.forEach(operand -> operand.accept(this));
        depth--;
        return this;
    }

    private FilterSize inner(List<Filter> terms) {
        deeper();
        terms.forEach(term -> term.accept(this));
        depth--;
        return this;
    }

    private void deeper() {
        node();
        depth++;
        Limits.check("filter: depth", "filterDepthMax", depth, limits.filterDepthMax());
    }

    private FilterSize node() {
        nodes++;
        Limits.check("filter: nodes", "filterNodesMax", nodes, limits.filterNodesMax());
        return this;
    }
}
