package org.almagest.query;

import java.util.Arrays;
import java.util.List;

/** A field as the left operand of a condition; the way to write filters in Java. */
public final class FieldOperand {
    private final Property property;

    private FieldOperand(String name) {
        this.property = new Property(name);
    }

    /** Returns the field with this name: a custom field, {@code time}, {@code id} or {@code ingestion_time}. */
    public static FieldOperand field(String name) {
        return new FieldOperand(name);
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
        return new Filter.Between(property, Literal.of(low), Literal.of(high));
    }

    /** Returns the condition that the field equals one of the values. */
    public Filter in(Object... values) {
        List<Expression> items = Arrays.stream(values)
                .map(value -> (Expression) Literal.of(value))
                .toList();
        return new Filter.In(property, items);
    }

    /** Returns the condition that the text fits the pattern of {@link Filter.Like}. */
    public Filter like(String pattern) {
        return new Filter.Like(property, pattern);
    }

    /** Returns the condition that the field is unset. */
    public Filter isNull() {
        return new Filter.IsNull(property);
    }

    /** Returns the condition that the field is set. */
    public Filter isNotNull() {
        return isNull().not();
    }

    private Filter compare(ComparisonOperator operator, Object value) {
        return new Filter.Comparison(property, operator, Literal.of(value));
    }
}
