package org.almagest.query;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.BoundingBox;

/**
 * A field, or what is computed from it, as the left operand of a condition.
 *
 * <p>The way to write filters in Java.
 *
 * <p>Where a value is taken it may be another operand, an {@link Expression}, or what {@link Literal#of} takes.
 * Immutable.
 */
public final class FieldOperand {
    private final Expression raw;
    private final Set<TextFolding> foldings;

    private FieldOperand(Expression raw, Set<TextFolding> foldings) {
        this.raw = raw;
        this.foldings = foldings;
    }

    /** Returns the field with this name: a custom field, {@code time}, {@code id} or {@code ingestion_time}. */
    public static FieldOperand field(String name) {
        return new FieldOperand(new Property(name), Set.of());
    }

    /** Returns the operand as an expression. */
    public Expression expression() {
        return folded(raw, foldings);
    }

    /**
     * Returns the text without case; what it is compared with loses its case too, on either side.
     *
     * <p>Where accents are ignored as well, they go first, whichever is called first.
     */
    public FieldOperand ignoringCase() {
        return foldedAlso(Set.of(TextFolding.CASE));
    }

    /** Returns the text without diacritics; what it is compared with loses them too, on either side. */
    public FieldOperand ignoringAccents() {
        return foldedAlso(Set.of(TextFolding.ACCENTS));
    }

    private FieldOperand foldedAlso(Set<TextFolding> others) {
        Set<TextFolding> all = EnumSet.noneOf(TextFolding.class);
        all.addAll(foldings);
        all.addAll(others);
        return new FieldOperand(raw, all);
    }

    /** Returns the sum of the number and {@code value}. */
    public FieldOperand plus(Object value) {
        return computed(ArithmeticOperator.PLUS, value);
    }

    /** Returns the number less {@code value}. */
    public FieldOperand minus(Object value) {
        return computed(ArithmeticOperator.MINUS, value);
    }

    /** Returns the product of the number and {@code value}. */
    public FieldOperand times(Object value) {
        return computed(ArithmeticOperator.TIMES, value);
    }

    /** Returns the number divided by {@code value}, as a float64. */
    public FieldOperand dividedBy(Object value) {
        return computed(ArithmeticOperator.DIVIDED_BY, value);
    }

    /** Returns the remainder of the number divided by {@code value}; it has the sign of the number. */
    public FieldOperand modulo(Object value) {
        return computed(ArithmeticOperator.MODULO, value);
    }

    private FieldOperand computed(ArithmeticOperator operator, Object value) {
        return new FieldOperand(new Expression.Arithmetic(expression(), operator, operand(value)), Set.of());
    }

    /** Returns the condition that the field equals {@code value}. */
    public Filter equalTo(Object value) {
        return compare(ComparisonOperator.EQUAL, value);
    }

    /** Returns the condition that the field is set and differs from {@code value}. */
    public Filter notEqualTo(Object value) {
        return compare(ComparisonOperator.NOT_EQUAL, value);
    }

    /** Returns the condition that the field is below {@code value}. */
    public Filter lessThan(Object value) {
        return compare(ComparisonOperator.LESS_THAN, value);
    }

    /** Returns the condition that the field is below or at {@code value}. */
    public Filter atMost(Object value) {
        return compare(ComparisonOperator.AT_MOST, value);
    }

    /** Returns the condition that the field is above {@code value}. */
    public Filter greaterThan(Object value) {
        return compare(ComparisonOperator.GREATER_THAN, value);
    }

    /** Returns the condition that the field is above or at {@code value}. */
    public Filter atLeast(Object value) {
        return compare(ComparisonOperator.AT_LEAST, value);
    }

    /** Returns the condition that the field lies between the two, both inclusive. */
    public Filter between(Object low, Object high) {
        FieldOperand self = foldedAs(low, high);
        return new Filter.Between(self.expression(), self.operand(low), self.operand(high));
    }

    /** Returns the condition that the field equals one of the values. */
    public Filter in(Object... values) {
        FieldOperand self = foldedAs(values);
        return new Filter.In(self.expression(), self.operands(values));
    }

    /** Returns the condition that the text fits the pattern of {@link Filter.Like}. */
    public Filter like(String pattern) {
        return new Filter.Like(expression(), operand(pattern));
    }

    /** Returns the condition that the field is unset. */
    public Filter isNull() {
        return new Filter.IsNull(expression());
    }

    /** Returns the condition that the field is set. */
    public Filter isNotNull() {
        return isNull().not();
    }

    /** Returns the condition that the array has all of the values. */
    public Filter containsAll(Object... values) {
        return compareArray(ArrayRelation.CONTAINS, values);
    }

    /** Returns the condition that the array has at least one of the values. */
    public Filter containsAny(Object... values) {
        return compareArray(ArrayRelation.OVERLAPS, values);
    }

    /** Returns the condition that the array has none but these values. */
    public Filter containedBy(Object... values) {
        return compareArray(ArrayRelation.CONTAINED_BY, values);
    }

    /**
     * Returns the condition that the geometry of the field shares a position with {@code shape}.
     *
     * @param shape a JTS geometry in degrees, a {@link BoundingBox}, or another field
     * @throws InvalidRequestException if it is anything else
     */
    public Filter intersects(Object shape) {
        return relates(SpatialRelation.INTERSECTS, shape);
    }

    /**
     * Returns the condition that the geometry of the field lies so to {@code shape}.
     *
     * <p>The geometry of the row itself is the field {@code geometry}.
     *
     * @param shape a JTS geometry in degrees, a {@link BoundingBox}, or another field
     * @throws InvalidRequestException if it is anything else
     */
    public Filter relates(SpatialRelation relation, Object shape) {
        return new Filter.Spatial(expression(), relation, operand(shape));
    }

    private Filter compare(ComparisonOperator operator, Object value) {
        FieldOperand self = foldedAs(value);
        return new Filter.Comparison(self.expression(), operator, self.operand(value));
    }

    private Filter compareArray(ArrayRelation relation, Object... values) {
        return new Filter.ArrayComparison(expression(), relation, new Expression.ArrayOf(operands(values)));
    }

    private List<Expression> operands(Object... values) {
        return Arrays.stream(values).map(this::operand).toList();
    }

    /** Returns this operand, folded also as those operands are that it is compared with. */
    private FieldOperand foldedAs(Object... values) {
        FieldOperand self = this;
        for (Object value : values) {
            if (value instanceof FieldOperand other) {
                self = self.foldedAlso(other.foldings);
            }
        }
        return self;
    }

    /** Returns a value as an operand; what may be a text is folded as this operand is. */
    private Expression operand(Object value) {
        if (value instanceof FieldOperand other) {
            boolean isText = !other.foldings.isEmpty() || mayBeText(other.raw);
            return isText ? folded(other.raw, foldedAlso(other.foldings).foldings) : other.raw;
        }
        Expression operand = value instanceof Expression other ? other : Literal.of(value);
        return mayBeText(operand) ? folded(operand, foldings) : operand;
    }

    private static boolean mayBeText(Expression operand) {
        return operand instanceof Property
                || operand instanceof Expression.Folded
                || operand instanceof Literal literal && literal.value() instanceof String;
    }

    /** Folds in one order, whichever was asked for first, as the two do not commute. */
    private static Expression folded(Expression operand, Set<TextFolding> foldings) {
        Expression alike = operand;
        // Accents first: the iota below an alpha is one, but without case it is a letter.
        if (foldings.contains(TextFolding.ACCENTS)) {
            alike = new Expression.Folded(TextFolding.ACCENTS, alike);
        }
        if (foldings.contains(TextFolding.CASE)) {
            alike = new Expression.Folded(TextFolding.CASE, alike);
        }
        return alike;
    }
}
