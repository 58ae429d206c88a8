package org.almagest.query;

/** The operations on numbers; {@link Expression.Arithmetic} says what they compute. */
public enum ArithmeticOperator {
    /** Sum. */
    PLUS("+"),
    /** Difference. */
    MINUS("-"),
    /** Product. */
    TIMES("*"),
    /** Quotient, always as a float64. */
    DIVIDED_BY("/"),
    /** Remainder of {@link #DIV}; has the sign of the dividend. */
    MODULO("%"),
    /** Quotient without its fraction, rounded towards zero. */
    DIV("div"),
    /** Power, always as a float64. */
    POWER("^");

    private final String symbol;

    ArithmeticOperator(String symbol) {
        this.symbol = symbol;
    }

    /** Returns the operator as CQL2 writes it. */
    public String symbol() {
        return symbol;
    }
}
