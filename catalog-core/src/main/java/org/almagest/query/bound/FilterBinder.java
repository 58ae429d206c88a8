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
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.Truth;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;

/** Turns a filter into a test of the rows of one schema. */
final class FilterBinder implements Filter.Visitor<RowTest> {
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final int TEXT_COST = 2;
    private static final int PATTERN_COST = 8;

    private final DatasetSchema schema;
    private final Expression.Visitor<Operand> operands = new Expression.Visitor<>() {
        @Override
        public Operand property(Property property) {
            return new Operand(FieldLookup.find(schema, property.name()).orElse(null), null);
        }

        @Override
        public Operand literal(Literal literal) {
            return new Operand(null, literal.value());
        }
    };

    FilterBinder(DatasetSchema schema) {
        this.schema = schema;
    }

    /** A field, a constant, or neither: a field that the schema does not have. */
    private record Operand(
            @Nullable FieldLookup field, @Nullable Object constant) {
        ValueFamily family() {
            return field != null
                    ? field.family()
                    : constant == null ? ValueFamily.NONE : ValueFamily.ofConstant(constant);
        }

        boolean isFixedText() {
            return constant instanceof String;
        }
    }

    @Override
    public RowTest comparison(Filter.Comparison filter) {
        return compare(operand(filter.left()), filter.operator(), operand(filter.right()));
    }

    @Override
    public RowTest between(Filter.Between filter) {
        Operand operand = operand(filter.operand());
        return RowTest.range(
                compare(operand, ComparisonOperator.AT_LEAST, operand(filter.low())),
                compare(operand, ComparisonOperator.AT_MOST, operand(filter.high())));
    }

    @Override
    public RowTest in(Filter.In filter) {
        Operand operand = operand(filter.operand());
        List<RowTest> tests = new ArrayList<>();
        List<Object> constants = new ArrayList<>();
        for (Expression item : filter.items()) {
            Operand other = operand(item);
            Object constant = operand.field == null || other.constant == null
                    ? null
                    : fixed(operand.field, operand.family().constant(other.constant));
            if (constant != null) {
                constants.add(constant);
            } else {
                tests.add(compare(operand, ComparisonOperator.EQUAL, other));
            }
        }
        if (operand.field != null && !constants.isEmpty()) {
            ValueSet set = ValueSet.of(operand.family(), constants);
            tests.add(test(
                    operand.field,
                    value -> Truth.of(set.contains(value)),
                    Optional.of(ValueInterval.hull(operand.field.name(), set::side)),
                    TEXT_COST));
        }
        return RowTest.any(tests);
    }

    @Override
    public RowTest like(Filter.Like filter) {
        Operand operand = operand(filter.operand());
        if (operand.family() != ValueFamily.TEXT) {
            return RowTest.UNKNOWN;
        }
        LikePattern pattern = LikePattern.compile(filter.pattern());
        if (operand.field == null) {
            return new RowTest.Fixed(Truth.of(pattern.matches(String.valueOf(operand.constant))));
        }
        return test(
                operand.field,
                value -> Truth.of(pattern.matches(value instanceof EnumValue named ? named.name() : (String) value)),
                interval(operand.field, pattern),
                PATTERN_COST);
    }

    @Override
    public RowTest isNull(Filter.IsNull filter) {
        Operand operand = operand(filter.operand());
        if (operand.field == null) {
            return new RowTest.Fixed(Truth.of(operand.constant == null));
        }
        return new Unset(operand.field.name());
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

    private Operand operand(Expression expression) {
        return expression.accept(operands);
    }

    private RowTest compare(Operand left, ComparisonOperator operator, Operand right) {
        ValueFamily family = shared(left, right);
        if (family == ValueFamily.NONE) {
            return RowTest.UNKNOWN;
        } else if (left.field != null && right.field != null) {
            return new Compared(left.field.name(), operator, right.field.name(), family);
        } else if (left.field != null) {
            return compareConstant(left.field, operator, family.constant(constantOf(right)));
        } else if (right.field != null) {
            return compareConstant(right.field, operator.mirrored(), family.constant(constantOf(left)));
        }
        Object first = family.constant(constantOf(left));
        Object second = family.constant(constantOf(right));
        return first == null || second == null
                ? RowTest.UNKNOWN
                : new RowTest.Fixed(verdict(operator, family.compare(first, second)));
    }

    /** Returns the family in which both operands compare. */
    private static ValueFamily shared(Operand left, Operand right) {
        ValueFamily first = left.family();
        ValueFamily second = right.family();
        if (first == second || right.isFixedText() || first == ValueFamily.ID && second == ValueFamily.UUID) {
            return first;
        } else if (left.isFixedText() || first == ValueFamily.UUID && second == ValueFamily.ID) {
            return second;
        }
        return ValueFamily.NONE;
    }

    private static Object constantOf(Operand operand) {
        assert operand.constant != null : operand;
        return operand.constant;
    }

    private RowTest compareConstant(FieldLookup field, ComparisonOperator operator, @Nullable Object constant) {
        Object floored = fixed(field, constant);
        if (constant == null || floored == null) {
            return RowTest.UNKNOWN;
        }
        ComparisonOperator used = floored.equals(constant) ? operator : inclusive(operator);
        ConstantOrder order = field.family().against(floored);
        Optional<ValueInterval> interval = floored instanceof Double special && special.isNaN()
                ? (used == ComparisonOperator.NOT_EQUAL
                        ? Optional.empty()
                        : Optional.of(ValueInterval.nothing(field.name())))
                : ValueInterval.compared(field, used, order);
        return test(
                field,
                value -> verdict(used, order.compare(value)),
                interval,
                field.family() == ValueFamily.TEXT ? TEXT_COST : 1);
    }

    /** Floors what {@code time} is compared with, as its values were. */
    private static @Nullable Object fixed(FieldLookup field, @Nullable Object constant) {
        return field.isTime() && constant instanceof Instant instant
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

    private RowTest test(FieldLookup field, RowTest.ValueTest valueTest, Optional<ValueInterval> interval, int cost) {
        return new RowTest.OfField(field.name(), valueTest, interval, cost);
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
    private record Compared(String left, ComparisonOperator operator, String right, ValueFamily family)
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

    /** A field without a value. */
    private record Unset(String field) implements RowTest {
        @Override
        public Truth test(FieldValues row) {
            return Truth.of(row.value(field) == null);
        }

        @Override
        public void addFieldsTo(Set<String> fields) {
            fields.add(field);
        }

        @Override
        public int cost() {
            return 1;
        }
    }
}
