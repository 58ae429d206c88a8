package org.almagest.testing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.function.Function;
import org.almagest.model.Uint64;
import org.almagest.query.ArithmeticOperator;
import org.almagest.query.Expression;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.jspecify.annotations.Nullable;

/**
 * What arithmetic makes of the values of one row, step by step: BigInteger for what is whole and exact, Double for what
 * is not, null for what is unset.
 */
final class PlainNumber {
    private static final int LONG_BITS = 63;

    private final Function<String, @Nullable Object> row;

    /** Computes with the values of a row by name. */
    PlainNumber(Function<String, @Nullable Object> row) {
        this.row = row;
    }

    /** Returns the number; null where it is unset or none. */
    @Nullable
    Number of(Expression expression) {
        if (expression instanceof Expression.Arithmetic) {
            Expression.Arithmetic arithmetic = (Expression.Arithmetic) expression;
            Number left = of(arithmetic.left());
            Number right = of(arithmetic.right());
            return left == null || right == null ? null : inRange(combined(left, arithmetic.operator(), right));
        } else if (expression instanceof Literal) {
            Object constant = ((Literal) expression).value();
            return constant instanceof BigDecimal ? inBounds((BigDecimal) constant) : (Double) constant;
        }
        return ofField(row.apply(((Property) expression).name()));
    }

    private static Number inBounds(BigDecimal constant) {
        try {
            BigInteger whole = constant.toBigIntegerExact();
            return whole.bitLength() <= LONG_BITS ? whole : (Number) constant.doubleValue();
        } catch (ArithmeticException e) {
            return constant.doubleValue();
        }
    }

    private static @Nullable Number ofField(@Nullable Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return BigInteger.valueOf(((Number) value).longValue());
        } else if (value instanceof Uint64) {
            return ((Uint64) value).toBigInteger().doubleValue();
        }
        return value instanceof Number ? (Number) ((Number) value).doubleValue() : null;
    }

    /** Returns null for a result beyond the range of its type, and for no number. */
    private static @Nullable Number inRange(@Nullable Number result) {
        if (result instanceof BigInteger) {
            return ((BigInteger) result).bitLength() <= LONG_BITS ? result : null;
        }
        return result != null && Double.isFinite(result.doubleValue()) ? result : null;
    }

    private static @Nullable Number combined(Number left, ArithmeticOperator operator, Number right) {
        boolean keepsWhole = operator != ArithmeticOperator.DIVIDED_BY && operator != ArithmeticOperator.POWER;
        if (left instanceof BigInteger && right instanceof BigInteger && keepsWhole) {
            return whole((BigInteger) left, operator, (BigInteger) right);
        }
        double first = left.doubleValue();
        double second = right.doubleValue();
        return Double.isNaN(first) || Double.isNaN(second) ? null : (Number) rounded(first, operator, second);
    }

    private static @Nullable BigInteger whole(BigInteger left, ArithmeticOperator operator, BigInteger right) {
        switch (operator) {
            case PLUS:
                return left.add(right);
            case MINUS:
                return left.subtract(right);
            case TIMES:
                return left.multiply(right);
            case DIV:
                return right.signum() == 0 ? null : left.divide(right);
            default:
                return right.signum() == 0 ? null : left.remainder(right);
        }
    }

    private static double rounded(double left, ArithmeticOperator operator, double right) {
        switch (operator) {
            case PLUS:
                return left + right;
            case MINUS:
                return left - right;
            case TIMES:
                return left * right;
            case POWER:
                return Math.pow(left, right);
            case DIVIDED_BY:
                return right == 0 ? Double.NaN : left / right;
            case DIV:
                double quotient = right == 0 ? Double.NaN : left / right;
                return Double.isFinite(quotient)
                        ? new BigDecimal(quotient)
                                .setScale(0, RoundingMode.DOWN)
                                .doubleValue()
                        : quotient;
            default:
                return right == 0 || !Double.isFinite(left)
                        ? Double.NaN
                        : Double.isInfinite(right)
                                ? left
                                : new BigDecimal(left)
                                        .remainder(new BigDecimal(right))
                                        .doubleValue();
        }
    }
}
