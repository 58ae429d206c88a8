package org.almagest.query.cql2;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.almagest.model.TimeText;
import org.almagest.query.ArithmeticOperator;
import org.almagest.query.ArrayRelation;
import org.almagest.query.ComparisonOperator;
import org.almagest.query.Expression;
import org.almagest.query.Filter;
import org.almagest.query.SpatialRelation;
import org.almagest.query.TemporalRelation;
import org.almagest.query.TextFolding;
import org.jspecify.annotations.Nullable;

/** The functions that both forms of CQL2 know, by their name in any case. */
final class Cql2Functions {
    /** Conditions on two operands. */
    private static final Map<String, Relation> RELATIONS = relations();

    private static final Map<String, ComparisonOperator> COMPARISONS = comparisons();
    private static final Map<String, ArithmeticOperator> ARITHMETIC = arithmetic();

    /** Constants that are written like a function of one text. */
    private static final Map<String, Function<String, Object>> TYPED = Map.of(
            "timestamp", TimeText::parseInstant,
            "date", Cql2Functions::startOfDay,
            "duration", Duration::parse,
            "uuid", text -> DatapointId.parse(text).toUuid(),
            "bytes", Bytes::ofHex,
            "float", Cql2Functions::specialFloat);

    private Cql2Functions() {}

    /** A condition on two operands, and whether these are arrays. */
    record Relation(boolean ofArrays, Joining joining) {
        Filter of(Expression left, Expression right) {
            return joining.join(left, right);
        }
    }

    /** Makes a condition of two operands. */
    @FunctionalInterface
    interface Joining {
        Filter join(Expression left, Expression right);
    }

    private static Map<String, Relation> relations() {
        Map<String, Relation> byName = new HashMap<>();
        for (SpatialRelation relation : SpatialRelation.values()) {
            byName.put(key(relation.function()), new Relation(false, (a, b) -> new Filter.Spatial(a, relation, b)));
        }
        for (TemporalRelation relation : TemporalRelation.values()) {
            byName.put(key(relation.function()), new Relation(false, (a, b) -> new Filter.Temporal(a, relation, b)));
        }
        for (ArrayRelation relation : ArrayRelation.values()) {
            byName.put(
                    key(relation.function()), new Relation(true, (a, b) -> new Filter.ArrayComparison(a, relation, b)));
        }
        return Map.copyOf(byName);
    }

    private static Map<String, ComparisonOperator> comparisons() {
        Map<String, ComparisonOperator> bySymbol = new HashMap<>();
        for (ComparisonOperator operator : ComparisonOperator.values()) {
            bySymbol.put(operator.symbol(), operator);
        }
        return Map.copyOf(bySymbol);
    }

    private static Map<String, ArithmeticOperator> arithmetic() {
        Map<String, ArithmeticOperator> bySymbol = new HashMap<>();
        for (ArithmeticOperator operator : ArithmeticOperator.values()) {
            bySymbol.put(operator.symbol(), operator);
        }
        return Map.copyOf(bySymbol);
    }

    /** Returns the form of a name in which case does not matter. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    static @Nullable Relation relation(String name) {
        return RELATIONS.get(key(name));
    }

    static @Nullable ComparisonOperator comparison(String symbol) {
        return COMPARISONS.get(symbol);
    }

    static @Nullable ArithmeticOperator arithmetic(String symbol) {
        return ARITHMETIC.get(key(symbol));
    }

    static @Nullable TextFolding folding(String name) {
        for (TextFolding folding : TextFolding.values()) {
            if (folding.function().equals(key(name))) {
                return folding;
            }
        }
        return null;
    }

    /** Tells whether a function of one text stands for a constant. */
    static boolean isTyped(String name) {
        return TYPED.containsKey(key(name));
    }

    /**
     * Returns the constant that a typed text stands for.
     *
     * @throws IllegalArgumentException if the text is no such constant; the message is a whole one
     */
    static Object typed(String name, String text) {
        Function<String, Object> type = TYPED.get(key(name));
        assert type != null : name;
        try {
            return type.apply(text);
        } catch (InvalidRequestException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(Quoted.text(text) + ": " + e.getMessage(), e);
        }
    }

    /** Returns the function of one text that stands for a constant of this type. */
    static String typeOf(Object value) {
        if (value instanceof Instant) {
            return "timestamp";
        } else if (value instanceof Duration) {
            return "duration";
        } else if (value instanceof UUID) {
            return "uuid";
        } else if (value instanceof Bytes) {
            return "bytes";
        }
        assert value instanceof Double : value;
        return "float";
    }

    private static Object startOfDay(String text) {
        if (!text.matches("-?\\d{4}-\\d\\d-\\d\\d")) {
            throw new IllegalArgumentException("not a date (expected yyyy-mm-dd)");
        }
        return TimeText.parseInstant(text);
    }

    private static Object specialFloat(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new IllegalArgumentException("not a special number (expected NaN, Infinity or -Infinity)");
        };
    }
}
