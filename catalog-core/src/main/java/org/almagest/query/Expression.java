package org.almagest.query;

import java.time.Instant;
import java.util.List;
import org.almagest.error.InvalidRequestException;

/** Something that has a value in each row: an operand of a filter. */
public sealed interface Expression
        permits Property, Literal, Expression.Arithmetic, Expression.Folded, Expression.ArrayOf, Expression.Interval {
    /** Calls the method of {@code visitor} for this kind of expression. */
    <R> R accept(Visitor<R> visitor);

    /**
     * Two numbers combined. Whole numbers of int32, int64 and constants in the range of int64 stay so, exactly, under
     * + - * % and div; all else, uint64 too, is computed in float64.
     *
     * <p>Unset where an operand is unset or no number, the divisor is 0, or the result is beyond the range of its type.
     *
     * @param left the left operand
     * @param operator what is computed
     * @param right the right operand
     */
    record Arithmetic(Expression left, ArithmeticOperator operator, Expression right) implements Expression {
        /**
         * Checks the operands.
         *
         * @throws InvalidRequestException if one is neither a number nor a field nor computed from such
         */
        public Arithmetic {
            OperandChecks.requireNumber(left, operator.symbol());
            OperandChecks.requireNumber(right, operator.symbol());
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.arithmetic(this);
        }
    }

    /**
     * A text made alike with others; unset where the operand is no text.
     *
     * @param folding what no longer tells texts apart
     * @param text the text
     */
    record Folded(TextFolding folding, Expression text) implements Expression {
        /**
         * Checks the operand.
         *
         * @throws InvalidRequestException if it is neither a text nor a field nor folded itself
         */
        public Folded {
            OperandChecks.requireText(text, folding.function());
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.folded(this);
        }
    }

    /**
     * An array of values; only {@link Filter.ArrayComparison} takes it.
     *
     * @param elements scalars, in order; may be empty
     */
    record ArrayOf(List<Expression> elements) implements Expression {
        /**
         * Copies the elements.
         *
         * @throws InvalidRequestException if one is not a scalar
         */
        public ArrayOf {
            elements = List.copyOf(elements);
            elements.forEach(element -> OperandChecks.requireScalar(element, "array"));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.arrayOf(this);
        }
    }

    /**
     * A time interval, both ends inclusive; only {@link Filter.Temporal} takes it.
     *
     * @param start a field, or a literal instant; {@link #OPEN_START} where the interval has no start
     * @param end a field, or a literal instant; {@link #OPEN_END} where the interval has no end
     */
    record Interval(Expression start, Expression end) implements Expression {
        /** The start of an interval that has none. */
        public static final Literal OPEN_START = new Literal(Instant.MIN);

        /** The end of an interval that has none. */
        public static final Literal OPEN_END = new Literal(Instant.MAX);

        /**
         * Reads ends that are text: a time in any form, or {@code ..} for an open end.
         *
         * @throws InvalidRequestException if an end is neither an instant nor a field, or a literal end is before the
         *     start
         */
        public Interval {
            start = OperandChecks.instant(start, OPEN_START);
            end = OperandChecks.instant(end, OPEN_END);
            if (start instanceof Literal first
                    && end instanceof Literal last
                    && ((Instant) first.value()).isAfter((Instant) last.value())) {
                throw new InvalidRequestException("filter: interval", "ends " + last.value() + " before its start");
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.interval(this);
        }
    }

    /** One method for each kind of expression. */
    interface Visitor<R> {
        /** Visits a field. */
        R property(Property property);

        /** Visits a constant. */
        R literal(Literal literal);

        /** Visits a computed number. */
        R arithmetic(Arithmetic arithmetic);

        /** Visits a text made alike with others. */
        R folded(Folded folded);

        /** Visits an array. */
        R arrayOf(ArrayOf array);

        /** Visits a time interval. */
        R interval(Interval interval);
    }
}
