package org.almagest.query.cql2;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;
import org.almagest.geo.GeoJsonGeometry;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonBoolean;
import org.almagest.internal.json.JsonNumber;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
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

/** Reads a filter from a JSON tree, at most as deep as the limits allow a filter to be. */
final class Cql2JsonParser {
    private static final int BOX_SIDES = 4;
    private static final int BOX_SIDES_WITH_HEIGHT = 6;

    private final Limits limits;
    private long nodes;
    private long depth;

    Cql2JsonParser(Limits limits) {
        this.limits = limits;
    }

    /** The name and the arguments of an operation, and where they stand. */
    private record Operation(String name, List<JsonValue> arguments, JsonPointer place) {
        JsonPointer argumentAt(int index) {
            return place.at("args").at(index);
        }

        void require(int count) {
            if (arguments.size() != count) {
                throw place.at("args").refused(arguments.size() + " arguments (expected " + count + ")");
            }
        }
    }

    private void enter() {
        depth++;
        Limits.check("filter: depth", "filterDepthMax", depth, limits.filterDepthMax());
        countNode();
    }

    private void countNode() {
        nodes++;
        Limits.check("filter: nodes", "filterNodesMax", nodes, limits.filterNodesMax());
    }

    private void leave() {
        depth--;
    }

    Filter filter(JsonValue value, JsonPointer place) {
        if (value instanceof JsonBoolean truth) {
            countNode();
            return new Filter.Constant(Truth.of(truth.value()));
        } else if (!(value instanceof JsonObject object)) {
            throw place.refused("unexpected " + value.kindName() + " (expected a condition)");
        } else {
            enter();
            Filter filter = condition(operation(object, place, "a condition"));
            leave();
            return filter;
        }
    }

    private Operation operation(JsonObject object, JsonPointer place, String expected) {
        JsonValue name = object.member("op");
        if (name == null) {
            throw place.refused("no member \"op\" (expected " + expected + ")");
        } else if (!(name instanceof JsonString text)) {
            throw place.at("op").refused("unexpected " + name.kindName() + " (expected a text)");
        } else if (!(object.member("args") instanceof JsonArray arguments)) {
            throw place.refused("no array \"args\" (expected the operands of " + Quoted.text(text.value()) + ")");
        } else {
            return new Operation(text.value(), arguments.elements(), place);
        }
    }

    private Filter condition(Operation operation) {
        ComparisonOperator comparison = Cql2Functions.comparison(operation.name);
        Cql2Functions.Relation relation = Cql2Functions.relation(operation.name);
        if (comparison != null) {
            operation.require(2);
            Expression left = operand(operation, 0);
            Expression right = operand(operation, 1);
            return at(operation.place, () -> new Filter.Comparison(left, comparison, right));
        } else if (relation != null) {
            operation.require(2);
            Expression left = operand(operation, 0);
            Expression right = operand(operation, 1);
            return at(operation.place, () -> relation.of(left, right));
        }
        return switch (Cql2Functions.key(operation.name)) {
            case "and" -> new Filter.And(terms(operation));
            case "or" -> new Filter.Or(terms(operation));
            case "not" -> {
                operation.require(1);
                yield new Filter.Not(filter(operation.arguments.get(0), operation.argumentAt(0)));
            }
            case "like" -> like(operation);
            case "between" -> between(operation);
            case "in" -> in(operation);
            case "isnull" -> {
                operation.require(1);
                yield new Filter.IsNull(operand(operation, 0));
            }
            case "unknown" -> {
                operation.require(0);
                yield new Filter.Constant(Truth.UNKNOWN);
            }
            default -> throw noFunction(operation);
        };
    }

    private List<Filter> terms(Operation operation) {
        if (operation.arguments.size() < 2) {
            throw operation.place.at("args").refused(operation.arguments.size() + " arguments (expected at least 2)");
        }
        List<Filter> terms = new ArrayList<>();
        for (JsonValue argument : operation.arguments) {
            terms.add(filter(argument, operation.argumentAt(terms.size())));
        }
        return terms;
    }

    private Filter like(Operation operation) {
        operation.require(2);
        Expression text = operand(operation, 0);
        nodes--; // the pattern is part of the condition
        Expression pattern = operand(operation, 1);
        return at(operation.place, () -> new Filter.Like(text, pattern));
    }

    private Filter between(Operation operation) {
        operation.require(3);
        Expression tested = operand(operation, 0);
        Expression low = operand(operation, 1);
        Expression high = operand(operation, 2);
        return at(operation.place, () -> new Filter.Between(tested, low, high));
    }

    private Filter in(Operation operation) {
        operation.require(2);
        Expression tested = operand(operation, 0);
        if (!(operation.arguments.get(1) instanceof JsonArray items)) {
            String found = operation.arguments.get(1).kindName();
            throw operation.argumentAt(1).refused("unexpected " + found + " (expected an array)");
        }
        List<Expression> constants = elements(items, operation.argumentAt(1));
        return at(operation.place, () -> new Filter.In(tested, constants));
    }

    private List<Expression> elements(JsonArray array, JsonPointer place) {
        List<Expression> elements = new ArrayList<>();
        for (JsonValue element : array.elements()) {
            elements.add(expression(element, place.at(elements.size())));
        }
        return elements;
    }

    private Expression operand(Operation operation, int index) {
        return expression(operation.arguments.get(index), operation.argumentAt(index));
    }

    private Expression expression(JsonValue value, JsonPointer place) {
        if (value instanceof JsonString text) {
            countNode();
            return new Literal(text.value());
        } else if (value instanceof JsonNumber number) {
            countNode();
            return new Literal(number(number, place));
        } else if (value instanceof JsonBoolean truth) {
            countNode();
            return new Literal(truth.value());
        } else if (value instanceof JsonArray array) {
            enter();
            List<Expression> elements = elements(array, place);
            leave();
            return at(place, () -> new Expression.ArrayOf(elements));
        } else if (value instanceof JsonObject object) {
            return object(object, place);
        }
        throw place.refused("unexpected " + value.kindName() + " (expected a value)");
    }

    private BigDecimal number(JsonNumber number, JsonPointer place) {
        int length = number.literal().length();
        Limits.check("filter: number length", "filterNumberLengthMax", length, limits.filterNumberLengthMax());
        try {
            return new BigDecimal(number.literal());
        } catch (ArithmeticException | NumberFormatException e) {
            throw place.refused("number out of range: " + Quoted.text(number.literal()));
        }
    }

    private Expression object(JsonObject object, JsonPointer place) {
        if (object.member("op") != null) {
            enter();
            Expression computed = computed(operation(object, place, "a value"));
            leave();
            return computed;
        } else if (object.member("interval") != null) {
            return interval(array(object, "interval", place), place.at("interval"));
        }
        countNode();
        if (object.member("property") != null) {
            return new Property(text(object, "property", place));
        } else if (object.member("date") != null) {
            return typed("date", text(object, "date", place), place.at("date"));
        } else if (object.member("timestamp") != null) {
            return typed("timestamp", text(object, "timestamp", place), place.at("timestamp"));
        } else if (object.member("bbox") != null && object.member("type") == null) {
            return box(array(object, "bbox", place), place.at("bbox"));
        } else if (object.member("type") != null) {
            return shape(object, place);
        }
        throw place.refused(
                "unexpected object (expected one with op, property, date, timestamp, interval, bbox or type)");
    }

    private Expression computed(Operation operation) {
        TextFolding folding = Cql2Functions.folding(operation.name);
        ArithmeticOperator arithmetic = Cql2Functions.arithmetic(operation.name);
        if (folding != null) {
            operation.require(1);
            Expression text = operand(operation, 0);
            return at(operation.place, () -> new Expression.Folded(folding, text));
        } else if (arithmetic != null) {
            operation.require(2);
            Expression left = operand(operation, 0);
            Expression right = operand(operation, 1);
            return at(operation.place, () -> new Expression.Arithmetic(left, arithmetic, right));
        } else if (Cql2Functions.isTyped(operation.name)) {
            operation.require(1);
            if (!(operation.arguments.get(0) instanceof JsonString text)) {
                String found = operation.arguments.get(0).kindName();
                throw operation.argumentAt(0).refused("unexpected " + found + " (expected a text)");
            }
            return typed(operation.name, text.value(), operation.argumentAt(0));
        }
        throw noFunction(operation);
    }

    private static Literal typed(String type, String text, JsonPointer place) {
        try {
            return new Literal(Cql2Functions.typed(type, text));
        } catch (IllegalArgumentException e) {
            throw place.refused(String.valueOf(e.getMessage()));
        }
    }

    private Expression interval(JsonArray ends, JsonPointer place) {
        if (ends.elements().size() != 2) {
            throw place.refused(ends.elements().size() + " ends (expected 2)");
        }
        enter();
        List<Expression> both = elements(ends, place);
        leave();
        return at(place, () -> new Expression.Interval(both.get(0), both.get(1)));
    }

    private Literal box(JsonArray array, JsonPointer place) {
        int count = array.elements().size();
        if (count != BOX_SIDES && count != BOX_SIDES_WITH_HEIGHT) {
            throw place.refused(count + " numbers (expected 4 or 6)");
        }
        List<Double> sides = new ArrayList<>();
        for (JsonValue side : array.elements()) {
            if (!(side instanceof JsonNumber number)) {
                throw place.at(sides.size()).refused("unexpected " + side.kindName() + " (expected a number)");
            }
            sides.add(number.toDouble());
        }
        return at(place, () -> new Literal(Cql2Parser.boxOf(sides)));
    }

    private Literal shape(JsonObject object, JsonPointer place) {
        try {
            return at(place, () -> new Literal(GeoJsonGeometry.read(object, limits)));
        } catch (LimitExceededException e) {
            throw e.within("filter");
        }
    }

    private static String text(JsonObject object, String member, JsonPointer place) {
        JsonValue value = object.member(member);
        if (value instanceof JsonString text) {
            return text.value();
        }
        throw place.at(member).refused("unexpected " + nameOf(value) + " (expected a text)");
    }

    private static JsonArray array(JsonObject object, String member, JsonPointer place) {
        JsonValue value = object.member(member);
        if (value instanceof JsonArray array) {
            return array;
        }
        throw place.at(member).refused("unexpected " + nameOf(value) + " (expected an array)");
    }

    private static String nameOf(@Nullable JsonValue value) {
        return value == null ? "nothing" : value.kindName();
    }

    /** Makes a part of the filter; its refusal names where the part stands. */
    private static <T> T at(JsonPointer place, Supplier<T> part) {
        try {
            return part.get();
        } catch (InvalidRequestException e) {
            String message = e.getMessage();
            throw place.refused(message.startsWith("filter: ") ? message.substring("filter: ".length()) : message);
        }
    }

    private static InvalidRequestException noFunction(Operation operation) {
        return operation.place.at("op").refused("function " + Quoted.text(operation.name) + " is not known");
    }
}
