package org.almagest.testing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.almagest.error.InvalidRequestException;
import org.almagest.geo.AntimeridianCut;
import org.almagest.geo.Footprint;
import org.almagest.model.BoundingBox;
import org.almagest.model.Bytes;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.EnumValue;
import org.almagest.model.Limits;
import org.almagest.model.TimeText;
import org.almagest.model.Uint64;
import org.almagest.query.ComparisonOperator;
import org.almagest.query.Expression;
import org.almagest.query.Filter;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.Truth;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** The truth of a filter in one row, worked out from the definition, value by value. */
final class PlainFilter implements Filter.Visitor<Truth> {
    private final DatasetSchema schema;
    private final Datapoint row;
    private final @Nullable Footprint footprint;

    /**
     * Prepares to test a row.
     *
     * @param footprint the place of the row; null without one
     */
    PlainFilter(DatasetSchema schema, Datapoint row, @Nullable Footprint footprint) {
        this.schema = schema;
        this.row = row;
        this.footprint = footprint;
    }

    Truth test(Filter filter) {
        return filter.accept(this);
    }

    /** An operand: a value, or none; time is told apart because its values are floored. */
    private record Operand(@Nullable Object value, boolean isConstant, boolean isTime) {}

    private Operand operand(Expression expression) {
        if (expression instanceof Literal) {
            return new Operand(((Literal) expression).value(), true, false);
        } else if (expression instanceof Expression.Arithmetic) {
            Number number = new PlainNumber(name -> valueOf(name).orElse(null)).of(expression);
            return new Operand(
                    number instanceof BigInteger ? new BigDecimal((BigInteger) number) : number, false, false);
        } else if (expression instanceof Expression.Folded) {
            Expression.Folded folded = (Expression.Folded) expression;
            Operand text = operand(folded.text());
            boolean isText = text.value() instanceof String || text.value() instanceof EnumValue;
            return new Operand(
                    isText ? PlainText.folded(folded.folding(), text.value().toString()) : null,
                    text.isConstant(),
                    false);
        }
        String name = ((Property) expression).name();
        return new Operand(valueOf(name).orElse(null), false, name.equals(DatasetSchema.TIME));
    }

    private Optional<?> valueOf(String name) {
        switch (name) {
            case DatasetSchema.TIME:
                return Optional.of(row.time());
            case DatasetSchema.ID:
                return row.id();
            case DatasetSchema.INGESTION_TIME:
                return row.ingestionTime();
            case DatasetSchema.GEOMETRY:
                return schema.isSpatial() ? row.geometry() : row.value(name);
            case DatasetSchema.COLLECTION:
                return row.collectionId();
            case DatasetSchema.KEY:
                return schema.key().flatMap(key -> row.value(key.name()));
            default:
                return row.value(fieldOf(schema, name).map(Field::name).orElse(name));
        }
    }

    /** Returns the custom field of this name, or else of this name in the source document. */
    static Optional<Field> fieldOf(DatasetSchema schema, String name) {
        return schema.field(name)
                .or(() -> schema.fields().stream()
                        .filter(field -> field.sourcePointer().equals(Optional.of("/properties/" + name))
                                || field.sourcePointer().equals(Optional.of("/" + name.replace('.', '/'))))
                        .findFirst());
    }

    @Override
    public Truth comparison(Filter.Comparison filter) {
        return compare(operand(filter.left()), filter.operator(), operand(filter.right()));
    }

    @Override
    public Truth between(Filter.Between filter) {
        Operand operand = operand(filter.operand());
        return compare(operand, ComparisonOperator.AT_LEAST, operand(filter.low()))
                .and(compare(operand, ComparisonOperator.AT_MOST, operand(filter.high())));
    }

    @Override
    public Truth in(Filter.In filter) {
        Truth truth = Truth.FALSE;
        for (Expression item : filter.items()) {
            truth = truth.or(compare(operand(filter.operand()), ComparisonOperator.EQUAL, operand(item)));
        }
        return truth;
    }

    @Override
    public Truth like(Filter.Like filter) {
        Object value = operand(filter.operand()).value();
        if (!(value instanceof String) && !(value instanceof EnumValue)) {
            return Truth.UNKNOWN;
        }
        return Truth.of(fits(
                value.toString().codePoints().toArray(),
                0,
                ((String) operand(filter.pattern()).value()).codePoints().toArray(),
                0));
    }

    private static boolean fits(int[] text, int at, int[] pattern, int from) {
        if (from == pattern.length) {
            return at == text.length;
        }
        if (pattern[from] == '%') {
            return fits(text, at, pattern, from + 1) || at < text.length && fits(text, at + 1, pattern, from);
        }
        if (at == text.length) {
            return false;
        }
        if (pattern[from] == '\\' && from + 1 < pattern.length) {
            return text[at] == pattern[from + 1] && fits(text, at + 1, pattern, from + 2);
        }
        return (pattern[from] == '_' || pattern[from] == text[at]) && fits(text, at + 1, pattern, from + 1);
    }

    @Override
    public Truth isNull(Filter.IsNull filter) {
        return Truth.of(operand(filter.operand()).value() == null);
    }

    @Override
    public Truth spatial(Filter.Spatial filter) {
        Footprint left = shape(filter.left());
        Footprint right = shape(filter.right());
        return left == null || right == null ? Truth.UNKNOWN : PlainPlace.relate(left, filter.relation(), right);
    }

    private @Nullable Footprint shape(Expression operand) {
        if (operand instanceof Literal) {
            Object constant = ((Literal) operand).value();
            return constant instanceof BoundingBox ? Footprint.ofBox((BoundingBox) constant) : cut(constant);
        }
        String name = ((Property) operand).name();
        if (name.equals(DatasetSchema.GEOMETRY) && schema.isSpatial()) {
            return footprint;
        }
        return fieldOf(schema, name)
                .filter(field -> field.kind() == TypeKind.GEOMETRY && !field.isArray())
                .flatMap(field -> row.value(field.name()))
                .map(PlainFilter::cut)
                .orElse(null);
    }

    private static Footprint cut(Object geometry) {
        return AntimeridianCut.of(Limits.defaults()).footprint((Geometry) geometry);
    }

    @Override
    public Truth temporal(Filter.Temporal filter) {
        Operand start = end(filter.left(), true);
        Operand end = end(filter.left(), false);
        Operand otherStart = end(filter.right(), true);
        Operand otherEnd = end(filter.right(), false);
        return switch (filter.relation()) {
            case AFTER -> instants(start, ">", otherEnd);
            case BEFORE -> instants(end, "<", otherStart);
            case CONTAINS -> instants(start, "<", otherStart).and(instants(end, ">", otherEnd));
            case DISJOINT -> instants(start, ">", otherEnd).or(instants(end, "<", otherStart));
            case DURING -> instants(start, ">", otherStart).and(instants(end, "<", otherEnd));
            case EQUALS -> instants(start, "=", otherStart).and(instants(end, "=", otherEnd));
            case FINISHED_BY -> instants(start, "<", otherStart).and(instants(end, "=", otherEnd));
            case FINISHES -> instants(start, ">", otherStart).and(instants(end, "=", otherEnd));
            case INTERSECTS -> instants(start, "<=", otherEnd).and(instants(end, ">=", otherStart));
            case MEETS -> instants(end, "=", otherStart);
            case MET_BY -> instants(start, "=", otherEnd);
            case OVERLAPPED_BY ->
                instants(start, ">", otherStart)
                        .and(instants(start, "<", otherEnd))
                        .and(instants(end, ">", otherEnd));
            case OVERLAPS ->
                instants(start, "<", otherStart)
                        .and(instants(end, ">", otherStart))
                        .and(instants(end, "<", otherEnd));
            case STARTED_BY -> instants(start, "=", otherStart).and(instants(end, ">", otherEnd));
            case STARTS -> instants(start, "=", otherStart).and(instants(end, "<", otherEnd));
        };
    }

    private Operand end(Expression operand, boolean isStart) {
        if (operand instanceof Expression.Interval) {
            Expression.Interval interval = (Expression.Interval) operand;
            return operand(isStart ? interval.start() : interval.end());
        }
        return operand(operand);
    }

    private static Truth instants(Operand left, String operator, Operand right) {
        boolean both = left.value() instanceof Instant && right.value() instanceof Instant;
        return both ? compare(left, operatorOf(operator), right) : Truth.UNKNOWN;
    }

    private static ComparisonOperator operatorOf(String symbol) {
        return Arrays.stream(ComparisonOperator.values())
                .filter(operator -> operator.symbol().equals(symbol))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Truth arrayComparison(Filter.ArrayComparison filter) {
        List<Operand> left = elements(filter.left());
        List<Operand> right = elements(filter.right());
        if (left == null || right == null) {
            return Truth.UNKNOWN;
        }
        return switch (filter.relation()) {
            case CONTAINS -> eachIsIn(right, left);
            case CONTAINED_BY -> eachIsIn(left, right);
            case EQUALS -> eachIsIn(left, right).and(eachIsIn(right, left));
            case OVERLAPS -> left.stream().map(element -> isIn(element, right)).reduce(Truth.FALSE, Truth::or);
        };
    }

    private @Nullable List<Operand> elements(Expression operand) {
        if (operand instanceof Expression.ArrayOf) {
            return ((Expression.ArrayOf) operand)
                    .elements().stream().map(this::operand).toList();
        }
        Object value = operand(operand).value();
        return value instanceof List
                ? ((List<?>) value)
                        .stream()
                                .map(element -> new Operand(element, false, false))
                                .toList()
                : null;
    }

    private static Truth eachIsIn(List<Operand> elements, List<Operand> set) {
        return elements.stream().map(element -> isIn(element, set)).reduce(Truth.TRUE, Truth::and);
    }

    private static Truth isIn(Operand element, List<Operand> set) {
        return set.stream()
                .map(other -> compare(element, ComparisonOperator.EQUAL, other))
                .reduce(Truth.FALSE, Truth::or);
    }

    @Override
    public Truth and(Filter.And filter) {
        return filter.terms().stream().map(this::test).reduce(Truth.TRUE, Truth::and);
    }

    @Override
    public Truth or(Filter.Or filter) {
        return filter.terms().stream().map(this::test).reduce(Truth.FALSE, Truth::or);
    }

    @Override
    public Truth not(Filter.Not filter) {
        return test(filter.term()).not();
    }

    @Override
    public Truth constant(Filter.Constant filter) {
        return filter.truth();
    }

    private static Truth compare(Operand left, ComparisonOperator operator, Operand right) {
        Object first = left.value();
        Object second = right.value();
        if (first == null || second == null) {
            return Truth.UNKNOWN;
        }
        first = left.isConstant() ? named(first, second) : first;
        second = right.isConstant() ? named(second, first) : second;
        ComparisonOperator used = operator;
        if (left.isTime() && right.isConstant() && second instanceof Instant) {
            used = floorsAway((Instant) second) ? inclusive(operator) : operator;
            second = ((Instant) second).truncatedTo(ChronoUnit.MILLIS);
        } else if (right.isTime() && left.isConstant() && first instanceof Instant) {
            used = floorsAway((Instant) first) ? inclusive(operator) : operator;
            first = ((Instant) first).truncatedTo(ChronoUnit.MILLIS);
        }
        if (isNumber(first) && isNumber(second)) {
            return numbers(first, used, second);
        }
        Optional<Integer> order = order(first, second);
        return order.isPresent() ? Truth.of(used.holds(order.get())) : Truth.UNKNOWN;
    }

    private static boolean floorsAway(Instant instant) {
        return !instant.truncatedTo(ChronoUnit.MILLIS).equals(instant);
    }

    private static ComparisonOperator inclusive(ComparisonOperator operator) {
        return switch (operator) {
            case LESS_THAN -> ComparisonOperator.AT_MOST;
            case GREATER_THAN -> ComparisonOperator.AT_LEAST;
            default -> operator;
        };
    }

    /** Returns a constant as a value of the other operand's type, where it is text that names one. */
    private static Object named(Object constant, Object other) {
        try {
            if (constant instanceof UUID && other instanceof DatapointId) {
                return DatapointId.of((UUID) constant);
            } else if (!(constant instanceof String)) {
                return constant;
            } else if (other instanceof Instant) {
                return TimeText.parseInstant((String) constant);
            } else if (other instanceof Duration) {
                return Duration.parse((String) constant);
            } else if (other instanceof DatapointId) {
                return DatapointId.parse((String) constant);
            }
            return other instanceof UUID ? DatapointId.parse((String) constant).toUuid() : constant;
        } catch (InvalidRequestException | DateTimeException e) {
            return constant;
        }
    }

    private static boolean isNumber(Object value) {
        return value instanceof Number || value instanceof Uint64;
    }

    private static Truth numbers(Object first, ComparisonOperator operator, Object second) {
        if (isNan(first) || isNan(second)) {
            return Truth.of(operator == ComparisonOperator.NOT_EQUAL);
        }
        int order = standsFor(first, second) || standsFor(second, first)
                ? 0
                : exact(first).compareTo(exact(second));
        return Truth.of(operator.holds(order));
    }

    private static boolean isNan(Object value) {
        return (value instanceof Double && ((Double) value).isNaN())
                || (value instanceof Float && ((Float) value).isNaN());
    }

    /** Tells whether a short decimal is how a float is written. */
    private static boolean standsFor(Object decimal, Object number) {
        boolean isDouble = number instanceof Double;
        boolean finite = isDouble && Double.isFinite((Double) number)
                || number instanceof Float && Float.isFinite((Float) number);
        if (!(decimal instanceof BigDecimal) || !finite) {
            return false;
        }
        BigDecimal digits = ((BigDecimal) decimal).stripTrailingZeros();
        double value = ((Number) number).doubleValue();
        double nearest = isDouble ? digits.doubleValue() : digits.floatValue();
        return digits.precision() <= (isDouble ? 17 : 9)
                && nearest == value
                && new BigDecimal(value)
                                .round(new MathContext(digits.precision(), RoundingMode.HALF_EVEN))
                                .compareTo(digits)
                        == 0;
    }

    /** Returns the exact value; infinities lie beyond every other number. */
    private static BigDecimal exact(Object number) {
        if (number instanceof BigDecimal) {
            return (BigDecimal) number;
        } else if (number instanceof Uint64) {
            return new BigDecimal(((Uint64) number).toBigInteger());
        } else if (number instanceof Long || number instanceof Integer) {
            return BigDecimal.valueOf(((Number) number).longValue());
        }
        double value = ((Number) number).doubleValue();
        return Double.isFinite(value)
                ? new BigDecimal(value)
                : new BigDecimal("1e4000").multiply(BigDecimal.valueOf(Math.signum(value)));
    }

    private static Optional<Integer> order(Object left, Object right) {
        Object first = left instanceof EnumValue ? ((EnumValue) left).name() : left;
        Object second = right instanceof EnumValue ? ((EnumValue) right).name() : right;
        if (!first.getClass().equals(second.getClass())) {
            return Optional.empty();
        } else if (first instanceof String) {
            return Optional.of(Arrays.compareUnsigned(utf8(first), utf8(second)));
        } else if (first instanceof UUID) {
            return Optional.of(Arrays.compareUnsigned(
                    DatapointId.of((UUID) first).toBytes(),
                    DatapointId.of((UUID) second).toBytes()));
        } else if (first instanceof Boolean) {
            return Optional.of(((Boolean) first).compareTo((Boolean) second));
        } else if (first instanceof Instant) {
            return Optional.of(((Instant) first).compareTo((Instant) second));
        } else if (first instanceof Duration) {
            return Optional.of(((Duration) first).compareTo((Duration) second));
        } else if (first instanceof DatapointId) {
            return Optional.of(((DatapointId) first).compareTo((DatapointId) second));
        }
        return first instanceof Bytes ? Optional.of(((Bytes) first).compareTo((Bytes) second)) : Optional.empty();
    }

    private static byte[] utf8(Object text) {
        return ((String) text).getBytes(StandardCharsets.UTF_8);
    }
}
