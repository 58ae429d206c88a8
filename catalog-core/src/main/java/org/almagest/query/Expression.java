package org.almagest.query;

/** Something that has a value in each row: an operand of a filter. */
public sealed interface Expression permits Property, Literal {
    /** Calls the method of {@code visitor} for this kind of expression. */
    <R> R accept(Visitor<R> visitor);

    /** One method for each kind of expression. */
    interface Visitor<R> {
        /** Visits a field. */
        R property(Property property);

        /** Visits a constant. */
        R literal(Literal literal);
    }
}
