package org.almagest.query.cql2;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.almagest.model.Limits;
import org.almagest.model.TimeText;
import org.almagest.query.ComparisonOperator;
import org.almagest.query.Expression;
import org.almagest.query.Filter;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.Truth;

/** Reads a filter's text by recursive descent, at most as deep as the limits allow a filter to be. */
final class Cql2Parser {
    private static final String VALUE = "a value";

    private static final Map<String, ComparisonOperator> OPERATORS = operators();

    /** Constants that are written like a function of one text. */
    private static final Map<String, Function<String, Object>> TYPED = Map.of(
            "TIMESTAMP", TimeText::parseInstant,
            "DATE", Cql2Parser::startOfDay,
            "DURATION", Duration::parse,
            "UUID", text -> DatapointId.parse(text).toUuid(),
            "BYTES", Bytes::ofHex,
            "FLOAT", Cql2Parser::specialFloat);

    private final Cql2Tokens tokens;
    private final Limits limits;
    private long operands;

    Cql2Parser(Cql2Tokens tokens, Limits limits) {
        this.tokens = tokens;
        this.limits = limits;
    }

    private static Map<String, ComparisonOperator> operators() {
        Map<String, ComparisonOperator> bySymbol = new HashMap<>();
        for (ComparisonOperator operator : ComparisonOperator.values()) {
            bySymbol.put(operator.symbol(), operator);
        }
        return Map.copyOf(bySymbol);
    }

    Filter parse() {
        Filter filter = disjunction(1);
        if (tokens.peek().kind() != Cql2Tokens.Kind.END) {
            throw tokens.unexpected("AND, OR or the end");
        }
        return filter;
    }

    private Filter disjunction(int depth) {
        List<Filter> terms = new ArrayList<>();
        do {
            terms.add(conjunction(depth));
        } while (tokens.takeWord("OR"));
        return terms.size() == 1 ? terms.get(0) : new Filter.Or(terms);
    }

    private Filter conjunction(int depth) {
        List<Filter> terms = new ArrayList<>();
        do {
            terms.add(term(depth));
        } while (tokens.takeWord("AND"));
        return terms.size() == 1 ? terms.get(0) : new Filter.And(terms);
    }

    private Filter term(int depth) {
        Limits.check("filter: depth", "filterDepthMax", depth, limits.filterDepthMax());
        if (tokens.takeWord("NOT")) {
            return new Filter.Not(term(depth + 1));
        } else if (tokens.takeSymbol("(")) {
            Filter inner = disjunction(depth + 1);
            require(")", "AND, OR or \")\"");
            return inner;
        }
        return predicate();
    }

    private Filter predicate() {
        Cql2Tokens.Token first = tokens.peek();
        Expression left = operand("a condition");
        ComparisonOperator operator = tokens.peek().kind() == Cql2Tokens.Kind.SYMBOL
                ? OPERATORS.get(tokens.peek().content())
                : null;
        if (operator != null) {
            tokens.next();
            return new Filter.Comparison(left, operator, operand(VALUE));
        } else if (tokens.takeWord("IS")) {
            boolean negated = tokens.takeWord("NOT");
            requireWord("NULL", negated ? "NULL" : "NULL or NOT NULL");
            return negatedIf(negated, new Filter.IsNull(left));
        }
        boolean negated = tokens.takeWord("NOT");
        if (tokens.takeWord("IN")) {
            return negatedIf(negated, new Filter.In(left, items()));
        } else if (tokens.takeWord("BETWEEN")) {
            Expression low = operand(VALUE);
            requireWord("AND", "AND");
            return negatedIf(negated, new Filter.Between(left, low, operand(VALUE)));
        } else if (tokens.takeWord("LIKE")) {
            return negatedIf(negated, new Filter.Like(left, pattern()));
        } else if (negated) {
            throw tokens.unexpected("IN, BETWEEN or LIKE");
        }
        return constant(first, left);
    }

    private Filter constant(Cql2Tokens.Token first, Expression alone) {
        if (tokens.peek().isArithmetic()) {
            throw tokens.unexpected("a comparison");
        } else if (alone instanceof Literal literal && literal.value() instanceof Boolean truth) {
            return new Filter.Constant(Truth.of(truth));
        } else if (first.isWord("UNKNOWN")) {
            return new Filter.Constant(Truth.UNKNOWN);
        }
        throw tokens.unexpected("a comparison");
    }

    private static Filter negatedIf(boolean negated, Filter filter) {
        return negated ? filter.not() : filter;
    }

    private List<Expression> items() {
        require("(", "\"(\"");
        List<Expression> items = new ArrayList<>();
        do {
            items.add(operand(VALUE));
        } while (tokens.takeSymbol(","));
        require(")", "\",\" or \")\"");
        return items;
    }

    private String pattern() {
        Cql2Tokens.Token token = tokens.peek();
        if (token.kind() == Cql2Tokens.Kind.NAME) {
            tokens.next();
            throw tokens.peek().isSymbol("(")
                    ? noFunction(token)
                    : tokens.refusal(token.start(), "unexpected " + Quoted.text(token.content()) + " (expected text)");
        } else if (token.kind() != Cql2Tokens.Kind.STRING) {
            throw tokens.unexpected("text");
        }
        return tokens.next().content();
    }

    private Expression operand(String expected) {
        operands++;
        Limits.check("filter: nodes", "filterNodesMax", operands, limits.filterNodesMax());
        Cql2Tokens.Token token = tokens.peek();
        switch (token.kind()) {
            case STRING:
                return new Literal(tokens.next().content());
            case QUOTED_NAME:
                return new Property(tokens.next().content());
            case NAME:
                return named(expected);
            case NUMBER:
                return number("");
            default:
                break;
        }
        if (token.isSymbol("-") || token.isSymbol("+")) {
            tokens.next();
            if (tokens.peek().kind() == Cql2Tokens.Kind.NUMBER) {
                return number(token.content());
            }
            throw tokens.refusal(token.start(), "arithmetic is not supported: \"" + token.content() + "\"");
        } else if (token.isSymbol("(")) {
            throw tokens.refusal(
                    token.start(), "unexpected \"(\" (expected a value; arithmetic and arrays are not supported)");
        }
        throw tokens.unexpected(expected);
    }

    private Literal number(String sign) {
        Cql2Tokens.Token token = tokens.next();
        try {
            return new Literal(new BigDecimal(sign + token.content()));
        } catch (ArithmeticException | NumberFormatException e) {
            throw tokens.refusal(token.start(), "number out of range: " + Quoted.text(token.content()));
        }
    }

    private Expression named(String expected) {
        Cql2Tokens.Token token = tokens.peek();
        boolean truth = token.isWord("TRUE");
        if (truth || token.isWord("FALSE")) {
            tokens.next();
            return new Literal(truth);
        } else if (Cql2Text.isReserved(token.content())) {
            throw tokens.unexpected(expected);
        }
        tokens.next();
        if (!tokens.peek().isSymbol("(")) {
            return new Property(token.content());
        }
        Function<String, Object> type = TYPED.get(token.content().toUpperCase(Locale.ROOT));
        if (type == null) {
            throw noFunction(token);
        }
        tokens.next();
        if (tokens.peek().kind() != Cql2Tokens.Kind.STRING) {
            throw tokens.unexpected("text");
        }
        Literal literal = typed(type, tokens.next());
        require(")", "\")\"");
        return literal;
    }

    private Literal typed(Function<String, Object> type, Cql2Tokens.Token token) {
        try {
            return new Literal(type.apply(token.content()));
        } catch (InvalidRequestException e) {
            throw tokens.refusal(token.start(), e.getMessage());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw tokens.refusal(token.start(), Quoted.text(token.content()) + ": " + e.getMessage());
        }
    }

    private InvalidRequestException noFunction(Cql2Tokens.Token name) {
        return tokens.refusal(name.start(), "function " + Quoted.text(name.content()) + " is not supported");
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

    private void require(String symbol, String expected) {
        if (!tokens.takeSymbol(symbol)) {
            throw tokens.unexpected(expected);
        }
    }

    private void requireWord(String word, String expected) {
        if (!tokens.takeWord(word)) {
            throw tokens.unexpected(expected);
        }
    }
}
