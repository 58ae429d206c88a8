package org.almagest.internal.json;

import java.math.BigDecimal;

/**
 * A JSON number, kept as the digits it was written with.
 *
 * @param literal the number as JSON grammar allows it: {@code -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?}
 */
public record JsonNumber(String literal) implements JsonValue {
    /** Returns the nearest float64; infinite when the magnitude is beyond its range. */
    public double toDouble() {
        return Double.parseDouble(literal);
    }

    /** Returns the exact value; only for literals whose exponent was checked, see {@link DecimalText}. */
    public BigDecimal toBigDecimal() {
        return new BigDecimal(DecimalText.canonical(literal));
    }

    @Override
    public String kindName() {
        return "a number";
    }
}
