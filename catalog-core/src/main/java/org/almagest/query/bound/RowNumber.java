package org.almagest.query.bound;

import java.math.BigDecimal;
import java.util.Set;
import org.almagest.model.Uint64;
import org.almagest.query.ArithmeticOperator;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;

/**
 * A number that is computed in each row: exactly in 64 bits where everything in it is an integer, else in float64.
 *
 * <p>An integer is handed on in one {@link Whole} for the whole computation; beside it stands whether it is set.
 */
interface RowNumber extends RowValue {
    /** Tells whether {@link #computes} has the value. */
    boolean isInteger();

    /** Computes an integer; false where it is unset, or beyond 64 bits. */
    boolean computes(FieldValues row, Whole result);

    /** Returns the value as a float64; NaN where it is unset. */
    double toDouble(FieldValues row);

    @Override
    default @Nullable Object value(FieldValues row) {
        if (isInteger()) {
            Whole whole = new Whole();
            return computes(row, whole) ? (Object) whole.value : null;
        }
        double value = toDouble(row);
        return Double.isNaN(value) ? null : (Object) value;
    }

    /** An integer on its way. */
    final class Whole {
        private long value;
    }

    /** Returns the number of a field or constant of numbers. */
    static RowNumber of(BoundOperand operand) {
        if (operand.field() != null) {
            TypeKind kind = operand.field().kind();
            return new FromField(operand.field().name(), kind == TypeKind.INT32 || kind == TypeKind.INT64);
        } else if (operand.computed() instanceof RowNumber number) {
            return number;
        }
        return FromConstant.of((Number) operand.constantValue());
    }

    /** The number of a field. */
    record FromField(String field, boolean isInteger) implements RowNumber {
        @Override
        public boolean computes(FieldValues row, Whole result) {
            if (!(row.value(field) instanceof Number number)) {
                return false;
            }
            result.value = number.longValue();
            return true;
        }

        @Override
        public double toDouble(FieldValues row) {
            Object value = row.value(field);
            if (value instanceof Number number) {
                return number.doubleValue();
            } else if (value instanceof Uint64 unsigned) {
                // The sign bit counts 2^63 instead of -2^63; half of the value is rounded only once.
                long bits = unsigned.bits();
                return bits >= 0 ? bits : ((double) ((bits >>> 1) | (bits & 1))) * 2;
            }
            return Double.NaN;
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

    /** A number that does not depend on the row. */
    record FromConstant(boolean isInteger, long integer, double number) implements RowNumber {
        private static final BigDecimal MIN = BigDecimal.valueOf(Long.MIN_VALUE);
        private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);

        static FromConstant of(Number constant) {
            double number = constant.doubleValue();
            if (!(constant instanceof BigDecimal decimal)
                    || Math.abs((long) decimal.precision() - decimal.scale()) > 20
                    || decimal.compareTo(MIN) < 0
                    || decimal.compareTo(MAX) > 0
                    || decimal.stripTrailingZeros().scale() > 0) {
                return new FromConstant(false, 0, number);
            }
            return new FromConstant(true, decimal.longValue(), number);
        }

        /** Returns the exact value of what is finite. */
        BigDecimal toDecimal() {
            return isInteger ? BigDecimal.valueOf(integer) : new BigDecimal(number);
        }

        @Override
        public boolean computes(FieldValues row, Whole result) {
            result.value = integer;
            return isInteger;
        }

        @Override
        public double toDouble(FieldValues row) {
            return number;
        }

        @Override
        public void addFieldsTo(Set<String> fields) {}

        @Override
        public int cost() {
            return 0;
        }
    }

    /** Two numbers combined. */
    record Computed(RowNumber left, ArithmeticOperator operator, RowNumber right, boolean isInteger)
            implements RowNumber {
        static Computed of(RowNumber left, ArithmeticOperator operator, RowNumber right) {
            boolean keepsIntegers = operator != ArithmeticOperator.DIVIDED_BY && operator != ArithmeticOperator.POWER;
            return new Computed(left, operator, right, keepsIntegers && left.isInteger() && right.isInteger());
        }

        /** Returns the result where it does not depend on the row, null where it is unset there; else this. */
        @Nullable
        RowNumber simplified() {
            if (!(left instanceof FromConstant && right instanceof FromConstant)) {
                return this;
            }
            Object value = value(name -> null);
            if (value instanceof Long whole) {
                return new FromConstant(true, whole, whole);
            }
            return value == null ? null : new FromConstant(false, 0, (Double) value);
        }

        @Override
        public boolean computes(FieldValues row, Whole result) {
            if (!left.computes(row, result)) {
                return false;
            }
            long first = result.value;
            return right.computes(row, result) && combines(first, result.value, result);
        }

        private boolean combines(long first, long second, Whole result) {
            long value;
            switch (operator) {
                case PLUS:
                    value = first + second;
                    result.value = value;
                    // Overflow: both operands have the sign that the result has not.
                    return ((first ^ value) & (second ^ value)) >= 0;
                case MINUS:
                    value = first - second;
                    result.value = value;
                    return ((first ^ second) & (first ^ value)) >= 0;
                case TIMES:
                    value = first * second;
                    result.value = value;
                    return Math.multiplyHigh(first, second) == value >> (Long.SIZE - 1);
                case MODULO:
                    result.value = second == 0 ? 0 : first % second;
                    return second != 0;
                case DIV:
                    result.value = second == 0 ? 0 : first / second;
                    return second != 0 && !(first == Long.MIN_VALUE && second == -1);
                default:
                    throw new AssertionError(operator);
            }
        }

        @Override
        public double toDouble(FieldValues row) {
            if (isInteger) {
                Whole exact = new Whole();
                return computes(row, exact) ? exact.value : Double.NaN;
            }
            double first = left.toDouble(row);
            double second = Double.isNaN(first) ? Double.NaN : right.toDouble(row);
            double result = rounded(first, second);
            return Double.isInfinite(result) ? Double.NaN : result;
        }

        private double rounded(double first, double second) {
            return switch (operator) {
                case PLUS -> first + second;
                case MINUS -> first - second;
                case TIMES -> first * second;
                case DIVIDED_BY -> second == 0 ? Double.NaN : first / second;
                case MODULO -> first % second;
                case DIV -> second == 0 ? Double.NaN : whole(first / second);
                // Math.pow says that anything to the power 0 is 1, even what is unset.
                case POWER -> Double.isNaN(first) || Double.isNaN(second) ? Double.NaN : Math.pow(first, second);
            };
        }

        private static double whole(double value) {
            return value < 0 ? Math.ceil(value) : Math.floor(value);
        }

        @Override
        public void addFieldsTo(Set<String> fields) {
            left.addFieldsTo(fields);
            right.addFieldsTo(fields);
        }

        @Override
        public int cost() {
            return Math.min(
                    RowTest.COST_MAX, left.cost() + right.cost() + (operator == ArithmeticOperator.POWER ? 8 : 1));
        }
    }
}
