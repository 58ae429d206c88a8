package org.almagest.query.bound;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.almagest.internal.value.LikePattern;
import org.almagest.internal.value.Numbers;
import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.almagest.model.EnumValue;
import org.almagest.model.TimeText;
import org.almagest.model.Uint64;
import org.almagest.query.ComparisonOperator;
import org.almagest.query.Expression;
import org.almagest.query.Filter;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.Truth;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.TypeKind;

/** Evaluates filters on {@link RandomFilters#SCHEMA} as their definition reads, value by value, without any shortcut. */
final class NaiveFilter implements Filter.Visitor<Truth> {
    private final Map<String, Object> row;

    private NaiveFilter(Map<String, Object> row) {
        this.row = row;
    }

    static Truth test(Filter filter, Map<String, Object> row) {
        return filter.accept(new NaiveFilter(row));
    }

    @Override
    public Truth comparison(Filter.Comparison filter) {
        return compare(filter.left(), filter.operator(), filter.right());
    }

    @Override
    public Truth between(Filter.Between filter) {
        return compare(filter.operand(), ComparisonOperator.AT_LEAST, filter.low())
                .and(compare(filter.operand(), ComparisonOperator.AT_MOST, filter.high()));
    }

    @Override
    public Truth in(Filter.In filter) {
        Truth result = Truth.FALSE;
        for (Expression item : filter.items()) {
            result = result.or(compare(filter.operand(), ComparisonOperator.EQUAL, item));
        }
        return result;
    }

    @Override
    public Truth like(Filter.Like filter) {
        Object value = value(filter.operand());
        String text = value instanceof EnumValue named ? named.name() : value instanceof String s ? s : null;
        return text == null
                ? Truth.UNKNOWN
                : Truth.of(LikePattern.compile(filter.pattern()).matches(text));
    }

    @Override
    public Truth isNull(Filter.IsNull filter) {
        return Truth.of(value(filter.operand()) == null);
    }

    @Override
    public Truth and(Filter.And filter) {
        Truth result = Truth.TRUE;
        for (Filter term : filter.terms()) {
            result = result.and(term.accept(this));
        }
        return result;
    }

    @Override
    public Truth or(Filter.Or filter) {
        Truth result = Truth.FALSE;
        for (Filter term : filter.terms()) {
            result = result.or(term.accept(this));
        }
        return result;
    }

    @Override
    public Truth not(Filter.Not filter) {
        return filter.term().accept(this).not();
    }

    @Override
    public Truth constant(Filter.Constant filter) {
        return filter.truth();
    }

    private Object value(Expression expression) {
        return expression instanceof Property property ? row.get(property.name()) : ((Literal) expression).value();
    }

    private static boolean isField(Expression expression, String name) {
        return expression instanceof Property property && property.name().equals(name);
    }

    private static boolean isArrayOrNone(Expression expression) {
        return expression instanceof Property property
                && (property.name().equals("geometry")
                        || RandomFilters.SCHEMA
                                .field(property.name())
                                .map(field -> field.isArray() || field.kind() == TypeKind.JSON)
                                .orElse(false));
    }

    private Truth compare(Expression left, ComparisonOperator operator, Expression right) {
        Object first = value(left);
        Object second = value(right);
        if (first == null || second == null || isArrayOrNone(left) || isArrayOrNone(right)) {
            return Truth.UNKNOWN;
        }
        if (right instanceof Literal
                && second instanceof String text
                && !(left instanceof Literal && first instanceof String)) {
            second = named(text, first);
        } else if (left instanceof Literal && first instanceof String text) {
            first = named(text, second);
        }
        if (first == null || second == null) {
            return Truth.UNKNOWN;
        }
        ComparisonOperator used = operator;
        if (isField(left, DatasetSchema.TIME) && right instanceof Literal && second instanceof Instant instant) {
            used = widened(operator, instant);
            second = floored(instant);
        } else if (isField(right, DatasetSchema.TIME) && left instanceof Literal && first instanceof Instant instant) {
            used = widened(operator, instant);
            first = floored(instant);
        }
        boolean byId = isField(left, DatasetSchema.ID) || isField(right, DatasetSchema.ID);
        if (isNumber(first) && isNumber(second)) {
            return numbers(first, used, second);
        }
        Integer order = byId && first instanceof UUID a && second instanceof UUID b
                ? (Integer) DatapointId.of(a).compareTo(DatapointId.of(b))
                : order(first, second);
        return order == null ? Truth.UNKNOWN : Truth.of(used.holds(order));
    }

    private static Instant floored(Instant instant) {
        return Instant.ofEpochMilli(instant.toEpochMilli());
    }

    private static ComparisonOperator widened(ComparisonOperator operator, Instant instant) {
        if (floored(instant).equals(instant)) {
            return operator;
        }
        return operator == ComparisonOperator.LESS_THAN
                ? ComparisonOperator.AT_MOST
                : operator == ComparisonOperator.GREATER_THAN ? ComparisonOperator.AT_LEAST : operator;
    }

    /** Returns the value of the other operand's type that a text names. */
    private static Object named(String text, Object other) {
        try {
            if (other instanceof Instant) {
                return TimeText.parseInstant(text);
            } else if (other instanceof Duration) {
                return Duration.parse(text);
            } else if (other instanceof UUID) {
                return DatapointId.parse(text).toUuid();
            }
            return text;
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static boolean isNumber(Object value) {
        return value instanceof Number || value instanceof Uint64;
    }

    private static Truth numbers(Object first, ComparisonOperator operator, Object second) {
        if (isNan(first) || isNan(second)) {
            return Truth.of(operator == ComparisonOperator.NOT_EQUAL);
        }
        return Truth.of(operator.holds(order(first, second, List.of())));
    }

    private static int order(Object first, Object second, List<Object> none) {
        boolean infinite = isInfinite(first) || isInfinite(second);
        if (infinite) {
            double a = isInfinite(first) ? ((Number) first).doubleValue() : none.size();
            double b = isInfinite(second) ? ((Number) second).doubleValue() : none.size();
            return Double.compare(a, b);
        } else if (second instanceof BigDecimal decimal) {
            return first instanceof BigDecimal own ? own.compareTo(decimal) : Numbers.order(first, decimal);
        } else if (first instanceof BigDecimal decimal) {
            return -Numbers.order(second, decimal);
        }
        return Numbers.exact(first).compareTo(Numbers.exact(second));
    }

    private static boolean isNan(Object value) {
        return !(value instanceof BigDecimal)
                && value instanceof Number
                && Double.isNaN(((Number) value).doubleValue());
    }

    private static boolean isInfinite(Object value) {
        return (value instanceof Double || value instanceof Float) && Double.isInfinite(((Number) value).doubleValue());
    }

    private static Integer order(Object first, Object second) {
        Object a = first instanceof EnumValue named ? named.name() : first;
        Object b = second instanceof EnumValue named ? named.name() : second;
        if (a instanceof String x && b instanceof String y) {
            return Arrays.compareUnsigned(x.getBytes(StandardCharsets.UTF_8), y.getBytes(StandardCharsets.UTF_8));
        } else if (a instanceof Boolean x && b instanceof Boolean y) {
            return Boolean.compare(x, y);
        } else if (a instanceof Instant x && b instanceof Instant y) {
            return x.compareTo(y);
        } else if (a instanceof Duration x && b instanceof Duration y) {
            return x.compareTo(y);
        } else if (a instanceof UUID x && b instanceof UUID y) {
            return Arrays.compareUnsigned(
                    DatapointId.of(x).toBytes(), DatapointId.of(y).toBytes());
        } else if (a instanceof Bytes x && b instanceof Bytes y) {
            return Arrays.compareUnsigned(x.toArray(), y.toArray());
        }
        return null;
    }
}
