package org.almagest.query;

import java.math.BigDecimal;
import java.time.Instant;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.BoundingBox;
import org.almagest.model.TimeText;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** What may stand where in a filter. A field may stand anywhere: its type is known only with the schema. */
final class OperandChecks {
    private static final String OPEN = "..";

    private OperandChecks() {}

    static void requireScalar(Expression operand, String where) {
        if (operand instanceof Expression.ArrayOf || operand instanceof Expression.Interval || isShape(operand)) {
            throw refused(where, operand, "a scalar value");
        }
    }

    static void requireNumber(Expression operand, String where) {
        boolean number = operand instanceof Literal literal
                ? literal.value() instanceof BigDecimal || literal.value() instanceof Double
                : operand instanceof Property || operand instanceof Expression.Arithmetic;
        if (!number) {
            throw refused(where, operand, "a number");
        }
    }

    static void requireText(Expression operand, String where) {
        boolean text = operand instanceof Literal literal
                ? literal.value() instanceof String
                : operand instanceof Property || operand instanceof Expression.Folded;
        if (!text) {
            throw refused(where, operand, "a text");
        }
    }

    /** Checks that a pattern does not depend on the row. */
    static void requirePattern(Expression pattern) {
        Expression inner = pattern;
        while (inner instanceof Expression.Folded folded) {
            inner = folded.text();
        }
        if (!(inner instanceof Literal literal && literal.value() instanceof String)) {
            throw refused("like", pattern, "a text");
        }
    }

    static void requireShape(Expression operand, String where) {
        if (!(operand instanceof Property) && !isShape(operand)) {
            throw refused(where, operand, "a geometry");
        }
    }

    static void requireArray(Expression operand, String where) {
        if (!(operand instanceof Property) && !(operand instanceof Expression.ArrayOf)) {
            throw refused(where, operand, "an array");
        }
    }

    /** Returns an operand in time: text is read as the instant that it names. */
    static Expression temporal(Expression operand) {
        return operand instanceof Expression.Interval ? operand : instant(operand, null);
    }

    /** Returns an instant: text is read as the one that it names, two points as the open end. */
    static Expression instant(Expression operand, @Nullable Literal open) {
        if (operand instanceof Literal literal) {
            if (literal.value() instanceof String text) {
                return open != null && text.equals(OPEN) ? open : new Literal(TimeText.parseInstant(text));
            } else if (literal.value() instanceof Instant) {
                return operand;
            }
        } else if (operand instanceof Property) {
            return operand;
        }
        throw refused("time", operand, "an instant");
    }

    private static boolean isShape(Expression operand) {
        return operand instanceof Literal literal
                && (literal.value() instanceof Geometry || literal.value() instanceof BoundingBox);
    }

    private static InvalidRequestException refused(String where, Expression operand, String expected) {
        String found = operand.accept(KindName.INSTANCE);
        return new InvalidRequestException("filter: " + where, found + " (expected " + expected + ")");
    }

    private static String nameOf(Object value) {
        if (value instanceof String) {
            return "a text";
        } else if (value instanceof Number) {
            return "a number";
        } else if (value instanceof Boolean) {
            return "a truth value";
        } else if (value instanceof Instant) {
            return "an instant";
        }
        return value instanceof Geometry || value instanceof BoundingBox
                ? "a geometry"
                : "a " + value.getClass().getSimpleName();
    }

    /** The kinds of expressions in words. */
    private enum KindName implements Expression.Visitor<String> {
        INSTANCE;

        @Override
        public String property(Property property) {
            return "a field";
        }

        @Override
        public String literal(Literal literal) {
            return nameOf(literal.value());
        }

        @Override
        public String arithmetic(Expression.Arithmetic arithmetic) {
            return "a number";
        }

        @Override
        public String folded(Expression.Folded folded) {
            return "a text";
        }

        @Override
        public String arrayOf(Expression.ArrayOf array) {
            return "an array";
        }

        @Override
        public String interval(Expression.Interval interval) {
            return "an interval";
        }
    }
}
