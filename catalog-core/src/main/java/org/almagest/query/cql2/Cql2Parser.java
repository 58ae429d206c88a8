package org.almagest.query.cql2;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;
import org.almagest.geo.Wkt;
import org.almagest.model.BoundingBox;
import org.almagest.model.Limits;
import org.almagest.query.ArithmeticOperator;
import org.almagest.query.ComparisonOperator;
import org.almagest.query.Expression;
import org.almagest.query.Filter;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.TextFolding;
import org.almagest.query.Truth;
import org.jspecify.annotations.Nullable;

/**
 * Reads a filter's text by recursive descent, at most as deep as the limits allow a filter to be.
 *
 * <p>Only what follows a parenthesis tells whether it encloses a condition or a value, so the methods for the levels of
 * the grammar return either: a {@link Filter} or an {@link Expression}.
 */
final class Cql2Parser {
    private static final String VALUE = "a value";
    private static final String CONDITION = "unexpected condition (expected a value)";
    private static final int BOX_SIDES = 4;
    private static final int BOX_SIDES_WITH_HEIGHT = 6;
    private static final Set<String> SHAPES = Set.of(
            "POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION");

    private final Cql2Tokens tokens;
    private final Limits limits;
    private long operands;
    private long depth = 1;
    private boolean isInRelation;

    /** The operand that was written as {@code UNKNOWN}, which alone is a condition. */
    private @Nullable Property unknownWord;

    Cql2Parser(Cql2Tokens tokens, Limits limits) {
        this.tokens = tokens;
        this.limits = limits;
    }

    Filter parse() {
        checkDepth();
        Filter filter = condition(disjunction());
        if (tokens.peek().kind() != Cql2Tokens.Kind.END) {
            throw tokens.unexpected("AND, OR or the end");
        }
        return filter;
    }

    private void enter() {
        depth++;
        checkDepth();
    }

    private void checkDepth() {
        Limits.check("filter: depth", "filterDepthMax", depth, limits.filterDepthMax());
    }

    private void leave() {
        depth--;
    }

    private Object disjunction() {
        Object first = conjunction();
        if (!tokens.peek().isWord("OR")) {
            return first;
        }
        List<Filter> terms = new ArrayList<>();
        terms.add(condition(first));
        while (tokens.takeWord("OR")) {
            terms.add(condition(conjunction()));
        }
        return new Filter.Or(terms);
    }

    private Object conjunction() {
        Object first = term();
        if (!tokens.peek().isWord("AND")) {
            return first;
        }
        List<Filter> terms = new ArrayList<>();
        terms.add(condition(first));
        while (tokens.takeWord("AND")) {
            terms.add(condition(term()));
        }
        return new Filter.And(terms);
    }

    private Object term() {
        if (!tokens.takeWord("NOT")) {
            return predicate();
        }
        enter();
        Filter negated = new Filter.Not(condition(term()));
        leave();
        return negated;
    }

    /** Returns what was read last as a condition; the next token is where a comparison is missed. */
    private Filter condition(Object node) {
        if (node instanceof Filter filter) {
            return filter;
        } else if (node instanceof Literal literal && literal.value() instanceof Boolean truth) {
            return new Filter.Constant(Truth.of(truth));
        } else if (node == unknownWord) {
            return new Filter.Constant(Truth.UNKNOWN);
        }
        throw tokens.unexpected("a comparison");
    }

    /** Returns what was read last as a value. */
    private Expression value(Object node, int start) {
        if (node instanceof Expression expression) {
            return expression;
        }
        throw tokens.refusal(start, CONDITION);
    }

    private Expression value() {
        int start = tokens.peek().start();
        return value(sum(VALUE), start);
    }

    private Object predicate() {
        Cql2Tokens.Token first = tokens.peek();
        Object node = sum("a condition");
        if (node instanceof Filter) {
            return node;
        }
        Expression left = (Expression) node;
        Cql2Tokens.Token sign = tokens.peek();
        ComparisonOperator operator =
                sign.kind() == Cql2Tokens.Kind.SYMBOL ? Cql2Functions.comparison(sign.content()) : null;
        if (operator != null) {
            tokens.next();
            Expression right = value();
            return at(first, () -> new Filter.Comparison(left, operator, right));
        } else if (tokens.takeWord("IS")) {
            boolean negated = tokens.takeWord("NOT");
            requireWord("NULL", negated ? "NULL" : "NULL or NOT NULL");
            return negatedIf(negated, new Filter.IsNull(left));
        }
        boolean negated = tokens.takeWord("NOT");
        if (tokens.takeWord("IN")) {
            List<Expression> items = items();
            return negatedIf(negated, at(first, () -> new Filter.In(left, items)));
        } else if (tokens.takeWord("BETWEEN")) {
            Expression low = value();
            requireWord("AND", "AND");
            Expression high = value();
            return negatedIf(negated, at(first, () -> new Filter.Between(left, low, high)));
        } else if (tokens.takeWord("LIKE")) {
            Expression pattern = pattern();
            return negatedIf(negated, at(first, () -> new Filter.Like(left, pattern)));
        } else if (negated) {
            throw tokens.unexpected("IN, BETWEEN or LIKE");
        }
        return left;
    }

    private static Filter negatedIf(boolean negated, Filter filter) {
        return negated ? filter.not() : filter;
    }

    /** Makes a part of the filter; its refusal names the column where the part begins. */
    private <T> T at(Cql2Tokens.Token start, Supplier<T> part) {
        try {
            return part.get();
        } catch (InvalidRequestException e) {
            String message = e.getMessage();
            throw tokens.refusal(
                    start.start(), message.startsWith("filter: ") ? message.substring("filter: ".length()) : message);
        }
    }

    private List<Expression> items() {
        require("(", "\"(\"");
        List<Expression> items = new ArrayList<>();
        do {
            items.add(value());
        } while (tokens.takeSymbol(","));
        require(")", "\",\" or \")\"");
        return items;
    }

    private Expression pattern() {
        Cql2Tokens.Token token = tokens.peek();
        if (token.kind() == Cql2Tokens.Kind.STRING) {
            return new Literal(tokens.next().content());
        } else if (token.kind() != Cql2Tokens.Kind.NAME) {
            throw tokens.unexpected("text");
        }
        tokens.next();
        if (!tokens.peek().isSymbol("(")) {
            throw tokens.refusal(token.start(), "unexpected " + Quoted.text(token.content()) + " (expected text)");
        }
        TextFolding folding = Cql2Functions.folding(token.content());
        if (folding == null) {
            throw noFunction(token);
        }
        enter();
        tokens.next();
        Expression.Folded folded = new Expression.Folded(folding, pattern());
        require(")", "\")\"");
        leave();
        return folded;
    }

    private Object sum(String expected) {
        Cql2Tokens.Token first = tokens.peek();
        Object left = product(expected);
        while (tokens.peek().isSymbol("+") || tokens.peek().isSymbol("-")) {
            ArithmeticOperator operator = takeOperator(left);
            left = arithmetic(first, left, operator, product(VALUE));
        }
        return left;
    }

    private Object product(String expected) {
        Cql2Tokens.Token first = tokens.peek();
        Object left = power(expected);
        while (tokens.peek().isSymbol("*")
                || tokens.peek().isSymbol("/")
                || tokens.peek().isSymbol("%")
                || tokens.peek().isWord("DIV")) {
            ArithmeticOperator operator = takeOperator(left);
            left = arithmetic(first, left, operator, power(VALUE));
        }
        return left;
    }

    private Object power(String expected) {
        Cql2Tokens.Token first = tokens.peek();
        Object left = factor(expected);
        if (!tokens.peek().isSymbol("^")) {
            return left;
        }
        ArithmeticOperator operator = takeOperator(left);
        Object power = arithmetic(first, left, operator, factor(VALUE));
        if (tokens.peek().isSymbol("^")) {
            throw tokens.unexpected("parentheses that say which power comes first");
        }
        return power;
    }

    /** Takes the operator between two operands. */
    private ArithmeticOperator takeOperator(Object left) {
        if (left instanceof Filter) {
            throw tokens.unexpected("AND, OR or the end");
        }
        ArithmeticOperator found = Cql2Functions.arithmetic(tokens.next().content());
        assert found != null : left;
        return found;
    }

    private Object factor(String expected) {
        Cql2Tokens.Token token = tokens.peek();
        if (!token.isSymbol("-") && !token.isSymbol("+")) {
            return primary(expected);
        }
        tokens.next();
        if (tokens.peek().kind() == Cql2Tokens.Kind.NUMBER) {
            countOperand();
            return number(token.content());
        } else if (token.isSymbol("+")) {
            throw tokens.unexpected("a number");
        }
        countOperand();
        enter();
        Cql2Tokens.Token negated = tokens.peek();
        Expression operand = value(factor(VALUE), negated.start());
        leave();
        Literal minusOne = new Literal(BigDecimal.ONE.negate());
        return at(token, () -> new Expression.Arithmetic(minusOne, ArithmeticOperator.TIMES, operand));
    }

    private void countOperand() {
        operands++;
        Limits.check("filter: nodes", "filterNodesMax", operands, limits.filterNodesMax());
    }

    private Object primary(String expected) {
        countOperand();
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
        if (!token.isSymbol("(")) {
            throw tokens.unexpected(expected);
        }
        enter();
        tokens.next();
        Object inner = disjunction();
        if (inner == unknownWord) {
            inner = condition(inner);
        }
        require(")", inner instanceof Filter ? "AND, OR or \")\"" : "\")\"");
        leave();
        return inner;
    }

    private Literal number(String sign) {
        Cql2Tokens.Token token = tokens.next();
        try {
            return new Literal(new BigDecimal(sign + token.content()));
        } catch (ArithmeticException | NumberFormatException e) {
            throw tokens.refusal(token.start(), "number out of range: " + Quoted.text(token.content()));
        }
    }

    private Object named(String expected) {
        Cql2Tokens.Token token = tokens.peek();
        boolean truth = token.isWord("TRUE");
        if (truth || token.isWord("FALSE")) {
            tokens.next();
            return new Literal(truth);
        } else if (Cql2Text.isReserved(token.content())) {
            throw tokens.unexpected(expected);
        }
        tokens.next();
        if (SHAPES.contains(shapeWord(token)) && startsShape()) {
            return shape(token);
        } else if (tokens.peek().isSymbol("(")) {
            return call(token);
        }
        Property property = new Property(token.content());
        if (token.isWord("UNKNOWN")) {
            unknownWord = property;
        }
        return property;
    }

    private Object call(Cql2Tokens.Token function) {
        String name = function.content();
        TextFolding folding = Cql2Functions.folding(name);
        Cql2Functions.Relation relation = Cql2Functions.relation(name);
        if (Cql2Functions.isTyped(name)) {
            tokens.next();
            return typed(name);
        } else if (folding != null) {
            enter();
            tokens.next();
            Expression text = value();
            require(")", "\")\"");
            leave();
            return at(function, () -> new Expression.Folded(folding, text));
        } else if (relation != null) {
            return related(function, relation);
        } else if (Cql2Functions.key(name).equals("interval")) {
            enter();
            tokens.next();
            Expression start = value();
            require(",", "\",\"");
            Expression end = value();
            require(")", "\")\"");
            leave();
            return at(function, () -> new Expression.Interval(start, end));
        } else if (Cql2Functions.key(name).equals("bbox")) {
            tokens.next();
            return box(function);
        }
        throw noFunction(function);
    }

    private Filter related(Cql2Tokens.Token function, Cql2Functions.Relation relation) {
        if (isInRelation) {
            // A condition is no operand: refused here, before it can nest.
            throw tokens.refusal(function.start(), CONDITION);
        }
        isInRelation = true;
        tokens.next();
        Expression left = argument(relation);
        require(",", "\",\"");
        Expression right = argument(relation);
        require(")", "\")\"");
        isInRelation = false;
        return at(function, () -> relation.of(left, right));
    }

    private Literal typed(String name) {
        Cql2Tokens.Token token = tokens.peek();
        if (token.kind() != Cql2Tokens.Kind.STRING) {
            throw tokens.unexpected("text");
        }
        Literal literal;
        try {
            literal = new Literal(Cql2Functions.typed(name, tokens.next().content()));
        } catch (IllegalArgumentException e) {
            throw tokens.refusal(token.start(), String.valueOf(e.getMessage()));
        }
        require(")", "\")\"");
        return literal;
    }

    private Expression argument(Cql2Functions.Relation relation) {
        Cql2Tokens.Token token = tokens.peek();
        if (!relation.ofArrays() || !token.isSymbol("(")) {
            return value();
        }
        countOperand();
        enter();
        tokens.next();
        List<Expression> elements = new ArrayList<>();
        if (!tokens.takeSymbol(")")) {
            do {
                elements.add(value());
            } while (tokens.takeSymbol(","));
            require(")", "\",\" or \")\"");
        }
        leave();
        return at(token, () -> new Expression.ArrayOf(elements));
    }

    private Literal box(Cql2Tokens.Token function) {
        List<Double> sides = new ArrayList<>();
        do {
            Cql2Tokens.Token token = tokens.peek();
            if (!(value() instanceof Literal literal) || !(literal.value() instanceof BigDecimal number)) {
                throw tokens.refusal(token.start(), "unexpected value (expected a number)");
            }
            sides.add(number.doubleValue());
        } while (sides.size() < BOX_SIDES_WITH_HEIGHT && tokens.takeSymbol(","));
        if (!tokens.peek().isSymbol(")") || sides.size() != BOX_SIDES && sides.size() != BOX_SIDES_WITH_HEIGHT) {
            throw tokens.unexpected("four numbers, or six");
        }
        tokens.next();
        return at(function, () -> new Literal(boxOf(sides)));
    }

    /** Returns the box of west, south, east and north, with or without a height after each two, which says nothing. */
    static BoundingBox boxOf(List<Double> sides) {
        int half = sides.size() / 2;
        return BoundingBox.of(sides.get(0), sides.get(1), sides.get(half), sides.get(half + 1));
    }

    private static String shapeWord(Cql2Tokens.Token token) {
        String word = token.content().toUpperCase(Locale.ROOT);
        return word.endsWith("Z") || word.endsWith("M") ? word.substring(0, word.length() - 1) : word;
    }

    private boolean startsShape() {
        Cql2Tokens.Token next = tokens.peek();
        return next.isSymbol("(") || next.isWord("Z") || next.isWord("M") || next.isWord("ZM") || next.isWord("EMPTY");
    }

    private Literal shape(Cql2Tokens.Token keyword) {
        boolean empty = tokens.peek().isWord("EMPTY");
        String wkt =
                empty ? tokens.takeTo(keyword.start(), tokens.peek().end()) : tokens.takeParenthesised(keyword.start());
        try {
            return at(keyword, () -> new Literal(Wkt.read(wkt, limits)));
        } catch (LimitExceededException e) {
            throw e.within("filter");
        }
    }

    private InvalidRequestException noFunction(Cql2Tokens.Token name) {
        return tokens.refusal(name.start(), "function " + Quoted.text(name.content()) + " is not known");
    }

    private Expression arithmetic(Cql2Tokens.Token first, Object left, ArithmeticOperator operator, Object right) {
        Expression one = value(left, first.start());
        Expression other = value(right, first.start());
        return at(first, () -> new Expression.Arithmetic(one, operator, other));
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
