package org.almagest.testing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.almagest.model.DatapointId;
import org.almagest.query.ArithmeticOperator;
import org.almagest.query.ComparisonOperator;
import org.almagest.query.Expression;
import org.almagest.query.Filter;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.TemporalRelation;
import org.almagest.query.TextFolding;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;

/** Random conditions on what is computed from fields: numbers, folded texts, times and ids. */
final class RandomExpressions {
    private static final Set<TypeKind> NUMBERS =
            Set.of(TypeKind.INT32, TypeKind.INT64, TypeKind.UINT64, TypeKind.FLOAT32, TypeKind.FLOAT64);
    private static final Set<TypeKind> TEXTS = Set.of(TypeKind.STRING, TypeKind.ENUM);
    private static final Set<TypeKind> TIMES = Set.of(TypeKind.TIMESTAMP);
    private static final List<String> CONSTANTS = List.of(
            "0",
            "1",
            "-1",
            "2",
            "3",
            "-2",
            "0.5",
            "0.1",
            "1e-3",
            "7",
            "1e300",
            "9007199254740993",
            "9223372036854775807",
            "-9223372036854775808",
            "18446744073709551615");
    private static final List<String> PATTERNS =
            List.of("%", "a%", "STRASSE", "_", "__", "%SS%", "\u00c9", "o%", "\uac00_");
    private static final List<String> DAYS = List.of("2020-02-29", "1970-01-01", "2020-02-29T12:00:00Z", "5999-12-31");

    private final RandomContent content;
    private final List<Field> fields;

    RandomExpressions(RandomContent content, List<Field> fields) {
        this.content = content;
        this.fields = fields;
    }

    /** Returns a field, mostly of one of these kinds. */
    private Property property(Set<TypeKind> kinds) {
        List<Field> some = fields.stream()
                .filter(field -> kinds.contains(field.kind()) && !field.isArray())
                .toList();
        return new Property(RandomQueries.nameOf(content.one(some.isEmpty() || content.oneIn(15) ? fields : some)));
    }

    /** Returns a condition on computed numbers. */
    Filter numbers() {
        Expression number = number(2);
        return switch (content.random().nextInt(8)) {
            case 0 -> new Filter.Between(number, number(1), number(1));
            case 1 -> new Filter.In(number, List.of(number(0), number(0), number(1)));
            case 2 -> new Filter.IsNull(number);
            case 3 -> new Filter.Comparison(property(NUMBERS), operator(), number);
            default ->
                new Filter.Comparison(
                        number, operator(), number(content.random().nextInt(2)));
        };
    }

    /** Returns a number of at most so many operations within each other. */
    Expression number(int depth) {
        if (depth > 0 && !content.oneIn(4)) {
            ArithmeticOperator operator = content.one(List.of(ArithmeticOperator.values()));
            return new Expression.Arithmetic(number(depth - 1), operator, number(depth - 1));
        } else if (content.oneIn(2)) {
            return property(NUMBERS);
        }
        return content.oneIn(20)
                ? Literal.of(content.oneIn(2) ? Double.NaN : Double.POSITIVE_INFINITY)
                : Literal.of(new BigDecimal(content.one(CONSTANTS)));
    }

    /** Returns a condition on folded texts. */
    Filter texts() {
        TextFolding folding = content.one(List.of(TextFolding.values()));
        Expression text = folded(property(TEXTS), folding);
        Expression constant = Literal.of(content.value(TypeKind.STRING));
        Expression other = content.oneIn(4) ? property(TEXTS) : constant;
        return switch (content.random().nextInt(6)) {
            case 0 -> new Filter.Like(text, folded(Literal.of(content.one(PATTERNS)), folding));
            case 1 -> new Filter.In(text, List.of(folded(other, folding), constant, folded(constant, folding)));
            case 2 -> content.oneIn(2) ? new Filter.IsNull(text) : new Filter.Between(text, constant, other);
            default -> new Filter.Comparison(text, operator(), content.oneIn(5) ? other : folded(other, folding));
        };
    }

    /** Returns a text folded this way, and sometimes the other as well. */
    private Expression folded(Expression text, TextFolding folding) {
        boolean twice = content.oneIn(3);
        TextFolding other = folding == TextFolding.CASE ? TextFolding.ACCENTS : TextFolding.CASE;
        return new Expression.Folded(folding, twice ? new Expression.Folded(other, text) : text);
    }

    /** Returns a condition on times or ids. */
    Filter times() {
        if (content.oneIn(3)) {
            return ids();
        } else if (content.oneIn(3)) {
            Property time = property(TIMES);
            Expression limit = content.oneIn(2) ? instant() : Literal.of(content.one(DAYS));
            return content.oneIn(3)
                    ? new Filter.Between(time, instant(), limit)
                    : new Filter.Comparison(time, operator(), limit);
        }
        return new Filter.Temporal(period(), content.one(List.of(TemporalRelation.values())), period());
    }

    private Filter ids() {
        Property id = new Property(DatasetSchema.ID);
        return switch (content.random().nextInt(4)) {
            case 0 -> new Filter.Between(id, id(), id());
            case 1 -> new Filter.In(id, List.of(id(), id()));
            case 2 -> new Filter.Comparison(id(), operator(), id);
            default -> new Filter.Comparison(id, operator(), id());
        };
    }

    /** Returns the first or last id of a time near that of a row. */
    private Literal id() {
        long millis = content.time().toEpochMilli();
        DatapointId id = content.oneIn(2) ? DatapointId.lowest(millis) : DatapointId.highest(millis);
        return content.oneIn(3) ? Literal.of(id.toString()) : Literal.of(id);
    }

    private Literal instant() {
        return content.oneIn(3) ? Literal.of(content.value(TypeKind.TIMESTAMP)) : Literal.of(content.time());
    }

    private Expression time() {
        return content.oneIn(2) ? property(TIMES) : instant();
    }

    /** Returns an instant or interval, sometimes open. */
    private Expression period() {
        if (content.oneIn(2)) {
            return time();
        }
        Expression start = content.oneIn(6) ? Expression.Interval.OPEN_START : time();
        Expression end = content.oneIn(6) ? Expression.Interval.OPEN_END : time();
        boolean reversed = start instanceof Literal
                && end instanceof Literal
                && ((Instant) ((Literal) start).value()).isAfter((Instant) ((Literal) end).value());
        return reversed ? new Expression.Interval(end, start) : new Expression.Interval(start, end);
    }

    private ComparisonOperator operator() {
        return content.one(List.of(ComparisonOperator.values()));
    }
}
