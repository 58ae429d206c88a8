package org.almagest.query.bound;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.almagest.geo.Footprint;
import org.almagest.internal.value.Numbers;
import org.almagest.model.BoundingBox;
import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.almagest.model.EnumValue;
import org.almagest.model.TimeText;
import org.almagest.model.Uint64;
import org.almagest.query.ArithmeticOperator;
import org.almagest.query.ComparisonOperator;
import org.almagest.query.Expression;
import org.almagest.query.Filter;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.TextFolding;
import org.almagest.query.Truth;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.TypeKind;
import org.locationtech.jts.geom.Geometry;

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
        return text == null ? Truth.UNKNOWN : Truth.of(NaiveText.isLike(text, (String) value(filter.pattern())));
    }

    @Override
    public Truth spatial(Filter.Spatial filter) {
        Geometry left = geometry(filter.left());
        Geometry right = geometry(filter.right());
        if (left == null || right == null) {
            return Truth.UNKNOWN;
        }
        return Truth.of(
                switch (filter.relation()) {
                    case INTERSECTS -> left.intersects(right);
                    case EQUALS -> left.equalsTopo(right);
                    case DISJOINT -> left.disjoint(right);
                    case TOUCHES -> left.touches(right);
                    case WITHIN -> right.covers(left);
                    case OVERLAPS -> left.overlaps(right);
                    case CROSSES -> left.crosses(right);
                    case CONTAINS -> left.covers(right);
                });
    }

    private Geometry geometry(Expression expression) {
        Object value = value(expression);
        return value instanceof BoundingBox box
                ? Footprint.ofBox(box).cut()
                : value instanceof Geometry geometry ? geometry : null;
    }

    @Override
    public Truth temporal(Filter.Temporal filter) {
        Filter comparisons = filter.relation().asComparisons(filter.left(), filter.right());
        boolean any = comparisons instanceof Filter.Or;
        Truth result = Truth.of(!any);
        for (Filter comparison : any ? ((Filter.Or) comparisons).terms() : ((Filter.And) comparisons).terms()) {
            Truth truth = ofInstants((Filter.Comparison) comparison);
            result = any ? result.or(truth) : result.and(truth);
        }
        return result;
    }

    private Truth ofInstants(Filter.Comparison comparison) {
        return value(comparison.left()) instanceof Instant && value(comparison.right()) instanceof Instant
                ? comparison(comparison)
                : Truth.UNKNOWN;
    }

    @Override
    public Truth arrayComparison(Filter.ArrayComparison filter) {
        List<Operand> left = elements(filter.left());
        List<Operand> right = elements(filter.right());
        if (left == null || right == null) {
            return Truth.UNKNOWN;
        }
        return switch (filter.relation()) {
            case CONTAINS -> eachIn(right, left);
            case CONTAINED_BY -> eachIn(left, right);
            case EQUALS -> eachIn(left, right).and(eachIn(right, left));
            case OVERLAPS -> {
                Truth result = Truth.FALSE;
                for (Operand element : left) {
                    result = result.or(oneOf(element, right));
                }
                yield result;
            }
        };
    }

    private static Truth eachIn(List<Operand> sought, List<Operand> among) {
        Truth result = Truth.TRUE;
        for (Operand element : sought) {
            result = result.and(oneOf(element, among));
        }
        return result;
    }

    private static Truth oneOf(Operand sought, List<Operand> among) {
        Truth result = Truth.FALSE;
        for (Operand element : among) {
            result = result.or(compare(sought, ComparisonOperator.EQUAL, element));
        }
        return result;
    }

    private List<Operand> elements(Expression operand) {
        if (operand instanceof Expression.ArrayOf array) {
            return array.elements().stream().map(this::operand).toList();
        }
        return value(operand) instanceof List<?> list
                ? list.stream()
                        .map(element -> new Operand(element, false, false, false, false))
                        .toList()
                : null;
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
        if (expression instanceof Property property) {
            return row.get(property.name());
        } else if (expression instanceof Expression.Folded folded) {
            Object value = value(folded.text());
            String text = value instanceof EnumValue named ? named.name() : value instanceof String s ? s : null;
            return text == null
                    ? null
                    : folded.folding() == TextFolding.CASE
                            ? NaiveText.withoutCase(text)
                            : NaiveText.withoutAccents(text);
        } else if (expression instanceof Expression.Arithmetic arithmetic) {
            return computed(arithmetic);
        }
        return ((Literal) expression).value();
    }

    private Object computed(Expression.Arithmetic arithmetic) {
        Object left = value(arithmetic.left());
        Object right = value(arithmetic.right());
        if (!isNumber(left) || !isNumber(right)) {
            return null;
        } else if (isInteger(arithmetic)) {
            return integer(
                    Numbers.exact(left).toBigInteger(),
                    arithmetic.operator(),
                    Numbers.exact(right).toBigInteger());
        }
        double a = number(left);
        double b = number(right);
        if (Double.isNaN(a) || Double.isNaN(b)) {
            return null;
        }
        double result = switch (arithmetic.operator()) {
            case PLUS -> a + b;
            case MINUS -> a - b;
            case TIMES -> a * b;
            case DIVIDED_BY -> b == 0 ? Double.NaN : a / b;
            case MODULO -> b == 0 ? Double.NaN : a % b;
            case DIV -> b == 0 ? Double.NaN : a / b < 0 ? Math.ceil(a / b) : Math.floor(a / b);
            case POWER -> Math.pow(a, b);
        };
        return Double.isFinite(result) ? result : null;
    }

    private static double number(Object value) {
        return value instanceof Uint64 unsigned
                ? unsigned.toBigInteger().doubleValue()
                : ((Number) value).doubleValue();
    }

    private static Object integer(BigInteger a, ArithmeticOperator operator, BigInteger b) {
        boolean divides = operator == ArithmeticOperator.MODULO || operator == ArithmeticOperator.DIV;
        if (divides && b.signum() == 0) {
            return null;
        }
        BigInteger result = switch (operator) {
            case PLUS -> a.add(b);
            case MINUS -> a.subtract(b);
            case TIMES -> a.multiply(b);
            case MODULO -> a.remainder(b);
            case DIV -> a.divide(b);
            default -> throw new AssertionError(operator);
        };
        return result.bitLength() < Long.SIZE ? (Object) result.longValue() : null;
    }

    /** Tells whether everything in an expression is an integer, whatever the row. */
    private static boolean isInteger(Expression expression) {
        if (expression instanceof Expression.Arithmetic arithmetic) {
            return arithmetic.operator() != ArithmeticOperator.DIVIDED_BY
                    && arithmetic.operator() != ArithmeticOperator.POWER
                    && isInteger(arithmetic.left())
                    && isInteger(arithmetic.right());
        } else if (expression instanceof Literal literal) {
            return literal.value() instanceof BigDecimal decimal
                    && decimal.stripTrailingZeros().scale() <= 0
                    && decimal.toBigInteger().bitLength() < Long.SIZE;
        }
        return expression instanceof Property property
                && (property.name().equals("i") || property.name().equals("l"));
    }

    /** What is compared: literals and fields are treated differently. */
    private record Operand(Object value, boolean isLiteral, boolean isTime, boolean isId, boolean isArrayOrNone) {}

    private Operand operand(Expression expression) {
        boolean literal = expression instanceof Literal
                || expression instanceof Expression.Folded folded && isConstant(folded)
                || expression instanceof Expression.Arithmetic arithmetic && isConstant(arithmetic);
        Object value = value(expression);
        if (literal && expression instanceof Expression.Arithmetic) {
            value = value instanceof Double number
                    ? (Object) new BigDecimal(number)
                    : value == null ? null : BigDecimal.valueOf((Long) value);
        }
        return new Operand(
                value,
                literal,
                isField(expression, DatasetSchema.TIME),
                isField(expression, DatasetSchema.ID),
                isArrayOrNone(expression));
    }

    private static boolean isConstant(Expression expression) {
        if (expression instanceof Expression.Folded folded) {
            return isConstant(folded.text());
        } else if (expression instanceof Expression.Arithmetic arithmetic) {
            return isConstant(arithmetic.left()) && isConstant(arithmetic.right());
        }
        return expression instanceof Literal;
    }

    private static boolean isField(Expression expression, String name) {
        return expression instanceof Property property && property.name().equals(name);
    }

    private static boolean isArrayOrNone(Expression expression) {
        return expression instanceof Property property
                && (property.name().equals("geometry")
                        || RandomFilters.SCHEMA
                                .field(property.name())
                                .map(field -> field.isArray()
                                        || field.kind() == TypeKind.JSON
                                        || field.kind() == TypeKind.GEOMETRY)
                                .orElse(false));
    }

    private Truth compare(Expression left, ComparisonOperator operator, Expression right) {
        return compare(operand(left), operator, operand(right));
    }

    private static Truth compare(Operand left, ComparisonOperator operator, Operand right) {
        Object first = left.value;
        Object second = right.value;
        if (first == null || second == null || left.isArrayOrNone || right.isArrayOrNone) {
            return Truth.UNKNOWN;
        }
        if (right.isLiteral && second instanceof String text && !(left.isLiteral && first instanceof String)) {
            second = named(text, first);
        } else if (left.isLiteral && first instanceof String text) {
            first = named(text, second);
        }
        if (first == null || second == null) {
            return Truth.UNKNOWN;
        }
        ComparisonOperator used = operator;
        if (left.isTime && right.isLiteral && second instanceof Instant instant) {
            used = widened(operator, instant);
            second = floored(instant);
        } else if (right.isTime && left.isLiteral && first instanceof Instant instant) {
            used = widened(operator, instant);
            first = floored(instant);
        }
        boolean byId = left.isId || right.isId;
        if (isNumber(first) && isNumber(second)) {
            return numbers(first, used, second);
        }
        Integer order = byId && first instanceof UUID a && second instanceof UUID b
                ? (Integer) DatapointId.of(a).compareTo(DatapointId.of(b))
                : order(first, second);
        return order == null ? Truth.UNKNOWN : Truth.of(used.holds(order));
    }

    private static Instant floored(Instant instant) {
        return instant.minusNanos(instant.getNano() % 1_000_000);
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
