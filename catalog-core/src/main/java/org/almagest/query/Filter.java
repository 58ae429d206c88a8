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
                Filter.Spatial,
                Filter.Temporal,
                Filter.ArrayComparison,
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
        /**
         * Checks the operands.
         *
         * @throws InvalidRequestException if one is an array, an interval or a geometry
         */
        public Comparison {
            OperandChecks.requireScalar(left, operator.symbol());
            OperandChecks.requireScalar(right, operator.symbol());
        }

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
        /**
         * Checks the operands.
         *
         * @throws InvalidRequestException if one is an array, an interval or a geometry
         */
        public Between {
            OperandChecks.requireScalar(operand, "between");
            OperandChecks.requireScalar(low, "between");
            OperandChecks.requireScalar(high, "between");
        }

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
         * @throws InvalidRequestException if there is none, or one or the operand is an array, an interval or a geometry
         */
        public In {
            items = List.copyOf(items);
            OperandChecks.requireScalar(operand, "in");
            items.forEach(item -> OperandChecks.requireScalar(item, "in"));
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
     * @param pattern the pattern: a literal text, or one folded as the operand is
     */
    record Like(Expression operand, Expression pattern) implements Filter {
        /**
         * Checks the operands.
         *
         * @throws InvalidRequestException if the operand is neither a text nor a field, or the pattern no constant text
         */
        public Like {
            OperandChecks.requireText(operand, "like");
            OperandChecks.requirePattern(pattern);
        }

        /** Takes the pattern as it is. */
        public Like(Expression operand, String pattern) {
            this(operand, new Literal(pattern));
        }

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
     * Two geometries and how they lie to each other; unknown where one is unset or no geometry.
     *
     * <p>Planar, on the cut forms: see {@link org.almagest.geo.Footprint}.
     *
     * @param left a field, a geometry or a box
     * @param relation how the left lies to the right
     * @param right a field, a geometry or a box
     */
    record Spatial(Expression left, SpatialRelation relation, Expression right) implements Filter {
        /**
         * Checks the operands.
         *
         * @throws InvalidRequestException if one is neither a geometry nor a field
         */
        public Spatial {
            OperandChecks.requireShape(left, relation.function());
            OperandChecks.requireShape(right, relation.function());
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.spatial(this);
        }
    }

    /**
     * Two instants or intervals and how they lie to each other.
     *
     * <p>Unknown where an end decides that is unset or no instant.
     *
     * @param left a field, an instant or an interval
     * @param relation how the left lies to the right
     * @param right a field, an instant or an interval
     */
    record Temporal(Expression left, TemporalRelation relation, Expression right) implements Filter {
        /**
         * Reads operands that are text as the instants that they name.
         *
         * @throws InvalidRequestException if one is neither an instant nor an interval nor a field
         */
        public Temporal {
            left = OperandChecks.temporal(left);
            right = OperandChecks.temporal(right);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.temporal(this);
        }
    }

    /**
     * Two arrays compared as sets; unknown where one is unset or no array.
     *
     * <p>Elements compare as {@link Comparison} says, so that an element that does not compare may make it unknown.
     *
     * @param left a field or an array
     * @param relation how the left lies to the right
     * @param right a field or an array
     */
    record ArrayComparison(Expression left, ArrayRelation relation, Expression right) implements Filter {
        /**
         * Checks the operands.
         *
         * @throws InvalidRequestException if one is neither an array nor a field
         */
        public ArrayComparison {
            OperandChecks.requireArray(left, relation.function());
            OperandChecks.requireArray(right, relation.function());
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.arrayComparison(this);
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

        /** Visits a condition on geometries. */
        R spatial(Spatial filter);

        /** Visits a condition on instants and intervals. */
        R temporal(Temporal filter);

        /** Visits a condition on arrays. */
        R arrayComparison(ArrayComparison filter);

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
