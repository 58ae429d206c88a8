package org.almagest.query;

/** The three values of SQL's logic; a comparison with an unset value is unknown. */
public enum Truth {
    /** The condition does not hold. */
    FALSE,
    /** A value that the condition needs is unset or not comparable. */
    UNKNOWN,
    /** The condition holds. */
    TRUE;

    /** Returns the truth of a known condition. */
    public static Truth of(boolean holds) {
        return holds ? TRUE : FALSE;
    }

    /** Returns the conjunction: the lesser of both, in the order of this type. */
    public Truth and(Truth other) {
        return ordinal() <= other.ordinal() ? this : other;
    }

    /** Returns the disjunction: the greater of both. */
    public Truth or(Truth other) {
        return ordinal() >= other.ordinal() ? this : other;
    }

    /** Returns the negation; unknown stays unknown. */
    public Truth not() {
        return switch (this) {
            case FALSE -> TRUE;
            case UNKNOWN -> UNKNOWN;
            case TRUE -> FALSE;
        };
    }
}
