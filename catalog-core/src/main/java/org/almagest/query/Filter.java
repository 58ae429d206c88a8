package org.almagest.query;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.Limits;

/**
 * A condition on the values of a row, in three-valued logic: a row matches where it is {@link Truth#TRUE}.
 *
 * <p>Immutable. Numbers compare by value whatever their types, text by code point, timestamps with text literals that
 * name instants; a value that is unset or of a type that does not compare with the other operand makes the comparison
 * unknown, and so its negation. NaN is not equal to anything and neither less nor greater. {@link org.almagest.query.bound.BoundFilter} says
 * the rest.
 */
public sealed interface Filter
        permits Filter.Comparison,
                Filter.Between,
                Filter.In,
                Filter.Like,
                Filter.IsNull,
                Filter.And,
                Filter.Or,
                Filter.Not,
                Filter.Constant {
    /** Calls the method of {@code visitor} for this kind of filter. */
    <R> R accept(Visitor<R> visitor);

    /**
     * Checks the size of the filter and returns the fields that it uses.
     *
     * <p>A comparison is one node for itself and one for each operand, and one level.
     *
     * @return the names of the fields that the filter uses, in the order of their first use
     * @throws org.almagest.error.LimitExceededException if the filter passes {@code filterDepthMax},
     *     {@code filterNodesMax} or {@code filterPatternLengthMax}; however deep it is
     */
    default Set<String> checkedFields(Limits limits) {
        FilterSize size = new FilterSize(limits);
        accept(size);
        return size.names();
    }

    /** Returns the condition that both hold; a chain of calls makes one flat conjunction. */
    default Filter and(Filter other) {
        List<Filter> before = this instanceof And and && !and.terms.isEmpty() ? and.terms : List.of(this);
        return new And(Stream.concat(before.stream(), Stream.of(other)).toList());
    }

    /** Returns the condition that at least one holds; a chain of calls makes one flat disjunction. */
    default Filter or(Filter other) {
        List<Filter> before = this instanceof Or or && !or.terms.isEmpty() ? or.terms : List.of(this);
        return new Or(Stream.concat(before.stream(), Stream.of(other)).toList());
    }

    /** Returns the negation. */
    default Filter not() {
        return new Not(this);
    }

    /**
     * Two operands compared.
     *
     * @param left the left operand
     * @param operator the comparison
     * @param right the right operand
     */
    record Comparison(Expression left, ComparisonOperator operator, Expression right) implements Filter {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.comparison(this);
        }
    }

    /**
     * An operand between two others, both inclusive.
     *
     * @param operand what is tested
     * @param low the lower bound
     * @param high the upper bound
     */
    record Between(Expression operand, Expression low, Expression high) implements Filter {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.between(this);
        }
    }

    /**
     * An operand equal to one of several.
     *
     * @param operand what is tested
     * @param items what it may equal, at least one
     */
    record In(Expression operand, List<Expression> items) implements Filter {
        /**
         * Copies the items.
         *
         * @throws InvalidRequestException if there is none
         */
        public In {
            items = List.copyOf(items);
            if (items.isEmpty()) {
                throw new InvalidRequestException("filter: in", "no items (at least 1)");
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.in(this);
        }
    }

    /**
     * Text that fits a pattern: {@code %} any sequence, {@code _} one code point, backslash takes the next literally.
     *
     * @param operand what is tested
     * @param pattern the pattern
     */
    record Like(Expression operand, String pattern) implements Filter {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.like(this);
        }
    }

    /**
     * A field without a value; never unknown.
     *
     * @param operand what is tested
     */
    record IsNull(Expression operand) implements Filter {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.isNull(this);
        }
    }

    /**
     * All of several conditions.
     *
     * @param terms the conditions; none holds always
     */
    record And(List<Filter> terms) implements Filter {
        /** Copies the terms. */
        public And {
            terms = List.copyOf(terms);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.and(this);
        }
    }

    /**
     * At least one of several conditions.
     *
     * @param terms the conditions; none holds never
     */
    record Or(List<Filter> terms) implements Filter {
        /** Copies the terms. */
        public Or {
            terms = List.copyOf(terms);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.or(this);
        }
    }

    /**
     * The negation of a condition.
     *
     * @param term the condition
     */
    record Not(Filter term) implements Filter {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.not(this);
        }
    }

    /**
     * A condition that does not depend on the row.
     *
     * @param truth its value
     */
    record Constant(Truth truth) implements Filter {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.constant(this);
        }
    }

    /** One method for each kind of filter. */
    interface Visitor<R> {
        /** Visits a comparison. */
        R comparison(Comparison filter);

        /** Visits a range test. */
        R between(Between filter);

        /** Visits a membership test. */
        R in(In filter);

        /** Visits a pattern test. */
        R like(Like filter);

        /** Visits a test for absence. */
        R isNull(IsNull filter);

        /** Visits a conjunction. */
        R and(And filter);

        /** Visits a disjunction. */
        R or(Or filter);

        /** Visits a negation. */
        R not(Not filter);

        /** Visits a constant. */
        R constant(Constant filter);
    }
}
