package org.almagest.io.stac.request;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.TimeText;
import org.almagest.query.ComparisonOperator;
import org.almagest.query.Expression;
import org.almagest.query.Filter;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;

/**
 * Turns a filter in the words of STAC into one in those of the engine, with the same truth in every row.
 *
 * <p>Conditions on {@code datetime} are made exact below the millisecond: the engine's {@code time} is floored, and the
 * field {@code datetime} is set only where more is known. Recursive: check the depth of the filter first.
 */
public final class FilterRewrite implements Filter.Visitor<Filter> {
    private final StacProperties properties;
    private final CollectionTerms collections;

    /** Rewrites for these datasets and collections. */
    public FilterRewrite(StacProperties properties, CollectionTerms collections) {
        this.properties = properties;
        this.collections = collections;
    }

    /**
     * Returns the filter for the engine.
     *
     * @throws InvalidRequestException if it names a property that no dataset of the search has
     */
    public Filter of(Filter filter) {
        return filter.accept(this);
    }

    @Override
    public Filter comparison(Filter.Comparison filter) {
        return leaf(filter, Mentions.of(filter.left(), filter.right()), map -> compared(filter, map));
    }

    private Filter compared(Filter.Comparison filter, UnaryOperator<Expression> map) {
        Expression left = map.apply(filter.left());
        Expression right = map.apply(filter.right());
        if (isTime(left) && instantOf(right) != null) {
            return timeCompared(filter.operator(), instantOf(right));
        }
        if (isTime(right) && instantOf(left) != null) {
            return timeCompared(filter.operator().mirrored(), instantOf(left));
        }
        return new Filter.Comparison(left, filter.operator(), right);
    }

    private static boolean isTime(Expression expression) {
        return expression instanceof Property property && property.name().equals(DatasetSchema.TIME);
    }

    /** Returns the instant that a constant names, null where it names none. */
    private static @Nullable Instant instantOf(Expression expression) {
        if (!(expression instanceof Literal literal)) {
            return null;
        }
        if (literal.value() instanceof Instant instant) {
            return instant;
        }
        if (literal.value() instanceof String text) {
            try {
                return TimeText.parseInstant(text);
            } catch (InvalidRequestException e) {
                return null; // compares with no time, as the engine says too
            }
        }
        return null;
    }

    /** Compares whole milliseconds with an instant exactly, where the engine would include that of the instant. */
    static Filter timeCompared(ComparisonOperator operator, @Nullable Instant instant) {
        Instant bound = instant == null ? Instant.EPOCH : instant;
        Property time = new Property(DatasetSchema.TIME);
        Instant floor = FineTime.floor(bound);
        if (floor.equals(bound)) {
            return new Filter.Comparison(time, operator, Literal.of(floor));
        }
        return switch (operator) {
            case EQUAL -> FineTime.NEVER;
            case NOT_EQUAL -> FineTime.ALWAYS;
            case LESS_THAN, AT_MOST -> new Filter.Comparison(time, ComparisonOperator.AT_MOST, Literal.of(floor));
            case GREATER_THAN, AT_LEAST ->
                new Filter.Comparison(time, ComparisonOperator.GREATER_THAN, Literal.of(floor));
        };
    }

    @Override
    public Filter between(Filter.Between filter) {
        Mentions mentions = Mentions.of(filter.operand(), filter.low(), filter.high());
        if (mentions.datetime()) {
            Filter low = new Filter.Comparison(filter.operand(), ComparisonOperator.AT_LEAST, filter.low());
            Filter high = new Filter.Comparison(filter.operand(), ComparisonOperator.AT_MOST, filter.high());
            return new Filter.And(List.of(of(low), of(high)));
        }
        return leaf(
                filter,
                mentions,
                map -> new Filter.Between(
                        map.apply(filter.operand()), map.apply(filter.low()), map.apply(filter.high())));
    }

    @Override
    public Filter in(Filter.In filter) {
        List<Expression> all = new ArrayList<>(filter.items());
        all.add(filter.operand());
        Mentions mentions = Mentions.of(all.toArray(Expression[]::new));
        if (mentions.datetime()) {
            List<Filter> equal = new ArrayList<>();
            for (Expression item : filter.items()) {
                equal.add(of(new Filter.Comparison(filter.operand(), ComparisonOperator.EQUAL, item)));
            }
            return new Filter.Or(equal);
        }
        return leaf(
                filter,
                mentions,
                map -> new Filter.In(
                        map.apply(filter.operand()),
                        filter.items().stream().map(map).toList()));
    }

    @Override
    public Filter like(Filter.Like filter) {
        return leaf(
                filter,
                Mentions.of(filter.operand(), filter.pattern()),
                map -> new Filter.Like(map.apply(filter.operand()), filter.pattern()));
    }

    @Override
    public Filter isNull(Filter.IsNull filter) {
        Mentions mentions = Mentions.of(filter.operand());
        if (mentions.datetime()) {
            return FineTime.NEVER; // every item has a time
        }
        return leaf(filter, mentions, map -> new Filter.IsNull(map.apply(filter.operand())));
    }

    @Override
    public Filter spatial(Filter.Spatial filter) {
        return leaf(
                filter,
                Mentions.of(filter.left(), filter.right()),
                map -> new Filter.Spatial(map.apply(filter.left()), filter.relation(), map.apply(filter.right())));
    }

    @Override
    public Filter temporal(Filter.Temporal filter) {
        Mentions mentions = Mentions.of(filter.left(), filter.right());
        if (mentions.datetime()) {
            return of(filter.relation().asComparisons(filter.left(), filter.right()));
        }
        return leaf(
                filter,
                mentions,
                map -> new Filter.Temporal(map.apply(filter.left()), filter.relation(), map.apply(filter.right())));
    }

    @Override
    public Filter arrayComparison(Filter.ArrayComparison filter) {
        return leaf(
                filter,
                Mentions.of(filter.left(), filter.right()),
                map -> new Filter.ArrayComparison(
                        map.apply(filter.left()), filter.relation(), map.apply(filter.right())));
    }

    @Override
    public Filter and(Filter.And filter) {
        return new Filter.And(filter.terms().stream().map(this::of).toList());
    }

    @Override
    public Filter or(Filter.Or filter) {
        return new Filter.Or(filter.terms().stream().map(this::of).toList());
    }

    @Override
    public Filter not(Filter.Not filter) {
        return new Filter.Not(of(filter.term()));
    }

    @Override
    public Filter constant(Filter.Constant filter) {
        return filter;
    }

    /** Rewrites a condition without conditions in it. */
    private Filter leaf(Filter filter, Mentions mentions, Leaf rewritten) {
        if (mentions.collection()) {
            return collections.rewritten(filter, mentions);
        }
        if (!mentions.id() || properties.keying() != StacProperties.Keying.SOME) {
            return timed(mentions, rewritten, properties.property(StacProperties.ID));
        }
        Filter unkeyed = new Filter.IsNull(Property.KEY);
        Filter byKey = timed(mentions, rewritten, Property.KEY);
        Filter byId = timed(mentions, rewritten, new Property(DatasetSchema.ID));
        return new Filter.Or(
                List.of(new Filter.And(List.of(unkeyed.not(), byKey)), new Filter.And(List.of(unkeyed, byId))));
    }

    private Filter timed(Mentions mentions, Leaf rewritten, Property id) {
        Filter whole = rewritten.with(new Renaming(properties, DatasetSchema.TIME, id));
        if (!mentions.datetime() || properties.fineTime().isEmpty() || FineTime.isExact(whole)) {
            return whole;
        }
        String field = properties.fineTime().get();
        Filter fine = rewritten.with(new Renaming(properties, field, id));
        return FineTime.either(field, whole, fine);
    }

    /** A condition with its operands renamed. */
    private interface Leaf {
        Filter with(UnaryOperator<Expression> map);
    }
}
