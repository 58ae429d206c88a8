package org.almagest.query;

/** The six comparisons. */
public enum ComparisonOperator {
    /** Equal. */
    EQUAL("="),
    /** Not equal. */
    NOT_EQUAL("<>"),
    /** Less than. */
    LESS_THAN("<"),
    /** Less than or equal. */
    AT_MOST("<="),
    /** Greater than. */
    GREATER_THAN(">"),
    /** Greater than or equal. */
    AT_LEAST(">=");

    private final String symbol;

    ComparisonOperator(String symbol) {
        this.symbol = symbol;
    }

    /** Returns the operator as CQL2 text writes it. */
    public String symbol() {
        return symbol;
    }

    /** Tells whether an operand that compares as {@code order} (negative, zero, positive) satisfies the operator. */
    public boolean holds(int order) {
        return switch (this) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS_THAN -> order < 0;
            case AT_MOST -> order <= 0;
            case GREATER_THAN -> order > 0;
            case AT_LEAST -> order >= 0;
        };
    }

    /** Returns the operator that says the same with its operands exchanged. */
    public ComparisonOperator mirrored() {
        return switch (this) {
            case EQUAL, NOT_EQUAL -> this;
            case LESS_THAN -> GREATER_THAN;
            case AT_MOST -> AT_LEAST;
            case GREATER_THAN -> LESS_THAN;
            case AT_LEAST -> AT_MOST;
        };
    }

    /** Returns the operator that holds where this one does not, for values that have an order. */
    public ComparisonOperator opposite() {
        return switch (this) {
            case EQUAL -> NOT_EQUAL;
            case NOT_EQUAL -> EQUAL;
            case LESS_THAN -> AT_LEAST;
            case AT_MOST -> GREATER_THAN;
            case GREATER_THAN -> AT_MOST;
            case AT_LEAST -> LESS_THAN;
        };
    }
}
