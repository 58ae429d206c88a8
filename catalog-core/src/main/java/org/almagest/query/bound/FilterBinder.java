package org.almagest.query.bound;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almagest.internal.value.ConstantOrder;
import org.almagest.internal.value.LikePattern;
import org.almagest.internal.value.ValueFamily;
import org.almagest.internal.value.ValueSet;
import org.almagest.model.EnumValue;
import org.almagest.query.ComparisonOperator;
import org.almagest.query.Expression;
import org.almagest.query.Filter;
import org.almagest.query.Truth;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;

/** Turns a filter into a test of the rows of one schema. */
final class FilterBinder implements Filter.Visitor<RowTest> {
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final int TEXT_COST = 2;
    private static final int PATTERN_COST = 8;

    private final DatasetSchema schema;
    private final boolean instantsOnly;

    FilterBinder(DatasetSchema schema) {
        this(schema, false);
    }

    /** Makes a binder for which only instants compare. */
    private FilterBinder(DatasetSchema schema, boolean instantsOnly) {
        this.schema = schema;
        this.instantsOnly = instantsOnly;
    }

    @Override
    public RowTest comparison(Filter.Comparison filter) {
        return compare(operand(filter.left()), filter.operator(), operand(filter.right()));
    }

    @Override
    public RowTest between(Filter.Between filter) {
        BoundOperand operand = operand(filter.operand());
        return RowTest.range(
                compare(operand, ComparisonOperator.AT_LEAST, operand(filter.low())),
                compare(operand, ComparisonOperator.AT_MOST, operand(filter.high())));
    }

    @Override
    public RowTest in(Filter.In filter) {
        BoundOperand operand = operand(filter.operand());
        List<RowTest> tests = new ArrayList<>();
        List<Object> constants = new ArrayList<>();
        for (Expression item : filter.items()) {
            BoundOperand other = operand(item);
            Object constant = !operand.varies() || other.constant() == null
                    ? null
                    : floored(operand, operand.family().constant(other.constant()));
            if (constant != null) {
                constants.add(constant);
            } else {
                tests.add(compare(operand, ComparisonOperator.EQUAL, other));
            }
        }
        if (!constants.isEmpty()) {
            ValueSet set = ValueSet.of(operand.family(), constants);
            FieldLookup field = operand.field();
            tests.add(test(
                    operand,
                    value -> Truth.of(set.contains(value)),
                    field == null ? Optional.empty() : Optional.of(ValueInterval.hull(field.name(), set::side)),
                    TEXT_COST,
                    List.copyOf(constants)));
        }
        return RowTest.any(tests);
    }

    @Override
    public RowTest like(Filter.Like filter) {
        BoundOperand operand = operand(filter.operand());
        if (operand.family() != ValueFamily.TEXT) {
            return RowTest.UNKNOWN;
        }
        LikePattern pattern =
                LikePattern.compile((String) operand(filter.pattern()).constantValue());
        if (!operand.varies()) {
            return new RowTest.Fixed(Truth.of(pattern.matches((String) operand.constantValue())));
        }
        FieldLookup field = operand.field();
        return test(
                operand,
                value -> Truth.of(pattern.matches(value instanceof EnumValue named ? named.name() : (String) value)),
                field == null ? Optional.empty() : interval(field, pattern),
                PATTERN_COST,
                null);
    }

    @Override
    public RowTest isNull(Filter.IsNull filter) {
        BoundOperand operand = operand(filter.operand());
        return operand.varies() ? new Unset(operand.inRow()) : new RowTest.Fixed(Truth.of(operand.constant() == null));
    }

    @Override
    public RowTest spatial(Filter.Spatial filter) {
        return SpatialTest.bind(filter, schema);
    }

    @Override
    public RowTest temporal(Filter.Temporal filter) {
        return filter.relation().asComparisons(filter.left(), filter.right()).accept(new FilterBinder(schema, true));
    }

    @Override
    public RowTest arrayComparison(Filter.ArrayComparison filter) {
        return ArrayTest.bind(filter, schema);
    }

    @Override
    public RowTest and(Filter.And filter) {
        return RowTest.all(bound(filter.terms()));
    }

    @Override
    public RowTest or(Filter.Or filter) {
        return RowTest.any(bound(filter.terms()));
    }

    @Override
    public RowTest not(Filter.Not filter) {
        if (filter.term() instanceof Filter.Comparison comparison
                && comparison.operator() == ComparisonOperator.NOT_EQUAL) {
            // The same for NaN too, and an equality has an interval.
            return new Filter.Comparison(comparison.left(), ComparisonOperator.EQUAL, comparison.right()).accept(this);
        }
        return RowTest.not(filter.term().accept(this));
    }

    @Override
    public RowTest constant(Filter.Constant filter) {
        return new RowTest.Fixed(filter.truth());
    }

    private List<RowTest> bound(List<Filter> terms) {
        return terms.stream().map(term -> term.accept(this)).toList();
    }

    private BoundOperand operand(Expression expression) {
        return BoundOperand.bind(expression, schema);
    }

    private RowTest compare(BoundOperand left, ComparisonOperator operator, BoundOperand right) {
        ValueFamily family = shared(left, right);
        if (family == ValueFamily.NONE || instantsOnly && family != ValueFamily.INSTANT) {
            return RowTest.UNKNOWN;
        } else if (left.varies() && right.varies()) {
            return left.field() != null && right.field() != null
                    ? new TwoFields(left.field().name(), operator, right.field().name(), family)
                    : new TwoValues(left.inRow(), operator, right.inRow(), family);
        } else if (left.varies()) {
            return compareConstant(left, operator, family.constant(right.constantValue()));
        } else if (right.varies()) {
            return compareConstant(right, operator.mirrored(), family.constant(left.constantValue()));
        }
        Object first = family.constant(left.constantValue());
        Object second = family.constant(right.constantValue());
        return first == null || second == null
                ? RowTest.UNKNOWN
                : new RowTest.Fixed(verdict(operator, family.compare(first, second)));
    }

    /** Returns the family in which both operands compare. */
    private static ValueFamily shared(BoundOperand left, BoundOperand right) {
        ValueFamily first = left.family();
        ValueFamily second = right.family();
        if (first == second || right.isFixedText() || first == ValueFamily.ID && second == ValueFamily.UUID) {
            return first;
        } else if (left.isFixedText() || first == ValueFamily.UUID && second == ValueFamily.ID) {
            return second;
        }
        return ValueFamily.NONE;
    }

    private static RowTest compareConstant(
            BoundOperand operand, ComparisonOperator operator, @Nullable Object constant) {
        Object floored = floored(operand, constant);
        if (constant == null || floored == null) {
            return RowTest.UNKNOWN;
        }
        ComparisonOperator used = floored.equals(constant) ? operator : inclusive(operator);
        ConstantOrder order = operand.family().against(floored);
        FieldLookup field = operand.field();
        return test(
                operand,
                value -> verdict(used, order.compare(value)),
                field == null ? Optional.empty() : interval(field, used, floored, order),
                operand.family() == ValueFamily.TEXT ? TEXT_COST : 1,
                used == ComparisonOperator.EQUAL ? List.of(floored) : null);
    }

    private static Optional<ValueInterval> interval(
            FieldLookup field, ComparisonOperator operator, Object constant, ConstantOrder order) {
        if (!(constant instanceof Double special) || !special.isNaN()) {
            return ValueInterval.compared(field, operator, order);
        }
        return operator == ComparisonOperator.NOT_EQUAL
                ? Optional.empty()
                : Optional.of(ValueInterval.nothing(field.name()));
    }

    /** Floors what {@code time} is compared with, as its values were. */
    private static @Nullable Object floored(BoundOperand operand, @Nullable Object constant) {
        return operand.field() != null && operand.field().isTime() && constant instanceof Instant instant
                ? instant.minusNanos(instant.getNano() % NANOS_PER_MILLI)
                : constant;
    }

    private static ComparisonOperator inclusive(ComparisonOperator operator) {
        return switch (operator) {
            case LESS_THAN -> ComparisonOperator.AT_MOST;
            case GREATER_THAN -> ComparisonOperator.AT_LEAST;
            default -> operator;
        };
    }

    private static Truth verdict(ComparisonOperator operator, int order) {
        return Truth.of(
                order == ValueFamily.UNORDERED ? operator == ComparisonOperator.NOT_EQUAL : operator.holds(order));
    }

    private static RowTest test(
            BoundOperand operand,
            RowTest.ValueTest valueTest,
            Optional<ValueInterval> interval,
            int cost,
            @Nullable List<Object> constants) {
        return operand.field() != null
                ? new RowTest.OfField(operand.field().name(), valueTest, interval, cost, constants)
                : new RowTest.OfValue(operand.inRow(), valueTest);
    }

    private static Optional<ValueInterval> interval(FieldLookup field, LikePattern pattern) {
        String prefix = pattern.prefix();
        if (!pattern.isMatchable()) {
            return Optional.of(ValueInterval.nothing(field.name()));
        } else if (pattern.isText()) {
            return ValueInterval.compared(field, ComparisonOperator.EQUAL, ValueFamily.TEXT.against(prefix));
        } else if (pattern.isPrefix() || !prefix.isEmpty()) {
            return Optional.of(ValueInterval.prefixed(field.name(), prefix, pattern.isPrefix()));
        }
        return Optional.empty();
    }

    /** Two fields compared. */
    private record TwoFields(String left, ComparisonOperator operator, String right, ValueFamily family)
            implements RowTest {
        @Override
        public Truth test(FieldValues row) {
            Object first = row.value(left);
            Object second = first == null ? null : row.value(right);
            return first == null || second == null ? Truth.UNKNOWN : verdict(operator, family.compare(first, second));
        }

        @Override
        public void addFieldsTo(Set<String> fields) {
            fields.add(left);
            fields.add(right);
        }
    }

    /** Two values compared, of which at least one is computed. */
    private record TwoValues(RowValue left, ComparisonOperator operator, RowValue right, ValueFamily family)
            implements RowTest {
        @Override
        public Truth test(FieldValues row) {
            Object first = left.value(row);
            Object second = first == null ? null : right.value(row);
            return first == null || second == null ? Truth.UNKNOWN : verdict(operator, family.compare(first, second));
        }

        @Override
        public void addFieldsTo(Set<String> fields) {
            left.addFieldsTo(fields);
            right.addFieldsTo(fields);
        }

        @Override
        public int cost() {
            return Math.min(COST_MAX, left.cost() + right.cost() + 2);
        }
    }

    /** A value that is unset. */
    private record Unset(RowValue tested) implements RowTest {
        @Override
        public Truth test(FieldValues row) {
            return Truth.of(tested.value(row) == null);
        }

        @Override
        public void addFieldsTo(Set<String> fields) {
            tested.addFieldsTo(fields);
        }

        @Override
        public int cost() {
            return tested.cost();
        }
    }
}
