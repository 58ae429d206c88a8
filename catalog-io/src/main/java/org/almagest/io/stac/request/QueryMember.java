package org.almagest.io.stac.request;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonBoolean;
import org.almagest.internal.json.JsonNull;
import org.almagest.internal.json.JsonNumber;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.model.Limits;
import org.almagest.query.ComparisonOperator;
import org.almagest.query.Expression;
import org.almagest.query.Filter;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.Truth;

/** The query extension: {@code {"eo:cloud_cover":{"gte":1,"lt":20}}}. All conditions must hold. */
public final class QueryMember {
    private static final String NAME = "query";
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");
    private static final Map<String, ComparisonOperator> COMPARISONS = Map.of(
            "eq", ComparisonOperator.EQUAL,
            "neq", ComparisonOperator.NOT_EQUAL,
            "lt", ComparisonOperator.LESS_THAN,
            "lte", ComparisonOperator.AT_MOST,
            "gt", ComparisonOperator.GREATER_THAN,
            "gte", ComparisonOperator.AT_LEAST);

    private QueryMember() {}

    /**
     * Returns the filter that a tree says.
     *
     * @throws InvalidRequestException if it is no such tree; names the operator
     * @throws LimitExceededException if it has more conditions and values than a filter may have nodes
     */
    public static Filter parse(JsonValue value, Limits limits) {
        if (!(value instanceof JsonObject properties)) {
            throw new InvalidRequestException(NAME, value.kindName() + " (expected an object)");
        }
        checkSize(properties, limits);
        List<Filter> terms = new ArrayList<>();
        properties.members().forEach((property, operators) -> {
            if (!(operators instanceof JsonObject all)) {
                throw new InvalidRequestException(
                        path(property), operators.kindName() + " (expected an object of operators)");
            }
            all.members().forEach((operator, operand) -> terms.add(term(property, operator, operand)));
        });
        return new Filter.And(terms);
    }

    private static void checkSize(JsonObject properties, Limits limits) {
        long nodes = 0;
        for (JsonValue operators : properties.members().values()) {
            if (operators instanceof JsonObject all) {
                for (JsonValue operand : all.members().values()) {
                    nodes += 1
                            + (operand instanceof JsonArray array
                                    ? array.elements().size()
                                    : 1);
                }
            }
            Limits.check(NAME + ": nodes", "filterNodesMax", nodes, limits.filterNodesMax());
        }
    }

    private static String path(String property) {
        return NAME + ": /" + property.replace("~", "~0").replace("/", "~1");
    }

    private static Filter term(String property, String operator, JsonValue operand) {
        Expression field = new Property(property);
        String path = path(property) + "/" + operator;
        ComparisonOperator comparison = COMPARISONS.get(operator);
        if (comparison != null) {
            return compared(field, comparison, operand, path);
        }
        return switch (operator) {
            case "in" -> in(field, operand, path);
            case "startsWith" -> new Filter.Like(field, escaped(operand, path) + "%");
            case "endsWith" -> new Filter.Like(field, "%" + escaped(operand, path));
            case "contains" -> new Filter.Like(field, "%" + escaped(operand, path) + "%");
            default ->
                throw new InvalidRequestException(
                        path(property),
                        "operator " + Quoted.text(operator)
                                + " (expected one of: eq, neq, lt, lte, gt, gte, startsWith, endsWith, contains, in)");
        };
    }

    private static Filter compared(Expression field, ComparisonOperator operator, JsonValue operand, String path) {
        if (operand instanceof JsonString text && NUMBER.matcher(text.value()).matches()) {
            // Clients that make bodies of command lines send numbers as text; either is unknown for the other's fields.
            Filter asText = new Filter.Comparison(field, operator, Literal.of(text.value()));
            return asText.or(new Filter.Comparison(field, operator, Literal.of(new BigDecimal(text.value()))));
        }
        if (!(operand instanceof JsonNull)) {
            return new Filter.Comparison(field, operator, literal(operand, path));
        }
        return switch (operator) {
            case EQUAL -> new Filter.IsNull(field);
            case NOT_EQUAL -> new Filter.IsNull(field).not();
            default -> throw new InvalidRequestException(path, "null (expected a value)");
        };
    }

    private static Filter in(Expression field, JsonValue operand, String path) {
        if (!(operand instanceof JsonArray array)) {
            throw new InvalidRequestException(path, operand.kindName() + " (expected an array)");
        }
        List<Expression> items = new ArrayList<>();
        array.elements().forEach(element -> items.add(literal(element, path)));
        return items.isEmpty() ? new Filter.Constant(Truth.FALSE) : new Filter.In(field, items);
    }

    private static Literal literal(JsonValue value, String path) {
        if (value instanceof JsonString text) {
            return Literal.of(text.value());
        }
        if (value instanceof JsonNumber number) {
            return Literal.of(number.toBigDecimal());
        }
        if (value instanceof JsonBoolean bool) {
            return Literal.of(bool.value());
        }
        throw new InvalidRequestException(path, value.kindName() + " (expected text, a number, true or false)");
    }

    private static String escaped(JsonValue operand, String path) {
        if (!(operand instanceof JsonString text)) {
            throw new InvalidRequestException(path, operand.kindName() + " (expected text)");
        }
        return text.value().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
