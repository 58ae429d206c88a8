package org.almagest.query.bound;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;
import org.almagest.geo.Wkt;
import org.almagest.internal.value.Numbers;
import org.almagest.model.BoundingBox;
import org.almagest.model.Bytes;
import org.almagest.model.EnumValue;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.model.Uint64;
import org.almagest.query.ArithmeticOperator;
import org.almagest.query.ArrayRelation;
import org.almagest.query.ComparisonOperator;
import org.almagest.query.Expression;
import org.almagest.query.Filter;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.SpatialRelation;
import org.almagest.query.TemporalRelation;
import org.almagest.query.TextFolding;
import org.almagest.query.Truth;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.locationtech.jts.geom.Geometry;

/** Random filters over a schema with a field of every type, and random rows of it; values meet often. */
public final class RandomFilters {
    static final EnumValue[] LEVELS = {new EnumValue(0, "NONE"), new EnumValue(7, "SOME")};

    static final DatasetSchema SCHEMA = DatasetSchema.spatioTemporal()
            .field(Field.int32("i"))
            .field(Field.int64("l"))
            .field(Field.uint64("u"))
            .field(Field.float32("f"))
            .field(Field.float64("d"))
            .field(Field.string("s"))
            .field(Field.string("s2"))
            .field(Field.enumeration("e", LEVELS))
            .field(Field.bool("b"))
            .field(Field.timestamp("t"))
            .field(Field.duration("n"))
            .field(Field.uuid("x"))
            .field(Field.bytes("y"))
            .field(Field.json("j"))
            .field(Field.string("a").array())
            .field(Field.float64("as").array())
            .field(Field.timestamp("t2"))
            .field(Field.geometry("g"))
            .field(Field.uuid("xs").array())
            .build();

    private static final String[] NAMES = {
        "i",
        "l",
        "u",
        "f",
        "d",
        "s",
        "s2",
        "e",
        "b",
        "t",
        "n",
        "x",
        "y",
        "j",
        "a",
        "as",
        "t2",
        "g",
        "xs",
        "time",
        "id",
        "ingestion_time",
        "geometry",
        "absent",
        "odd name\"",
        "NOT",
        "eo:cloud_cover",
        "a.b",
        ""
    };
    private static final String[] TEXTS = {
        "",
        "a",
        "ab",
        "NONE",
        "SOME",
        "O'Neil",
        "\uE000",
        "\uD83D\uDE00",
        "2020-01-01T00:00:00Z",
        "PT1S",
        "00000000-0000-0000-0000-000000000001",
        "Straße",
        "STRASSE",
        "Οδος",
        "ΟΔΟΣ",
        "Été",
        "e\u0301te",
        "ıİ",
        "line\nbreak \\ \""
    };
    private static final String[] PATTERNS = {
        "%", "a%", "_", "%\uDE00", "N_N%", "\\%", "it's", "stra%e", "STRA__E", "%σ", "_Δ%Σ", "é%", "_t_", "%e\\",
        "_%_e%"
    };

    private static final BigDecimal[] SMALL = {
        BigDecimal.ZERO, BigDecimal.ONE, new BigDecimal("0.1"), new BigDecimal("1.00"), BigDecimal.TEN
    };
    private static final Geometry[] SHAPES = {
        wkt("POINT (1 1)"),
        wkt("POINT (2 2)"),
        wkt("MULTIPOINT (1 1, 2 2)"),
        wkt("LINESTRING (0 0, 2 2)"),
        wkt("LINESTRING (0 2, 2 0)"),
        wkt("LINESTRING (0 0, 2 0)"),
        wkt("POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))"),
        wkt("POLYGON ((2 2, 0 2, 0 0, 2 0, 2 2))"),
        wkt("POLYGON ((1 1, 3 1, 3 3, 1 3, 1 1))"),
        wkt("POLYGON ((2 0, 4 0, 4 2, 2 2, 2 0))"),
        wkt("POLYGON ((-9 -9, 9 -9, 9 9, -9 9, -9 -9), (0 0, 2 0, 2 2, 0 2, 0 0))"),
        wkt("MULTIPOLYGON (((0 0, 1 0, 1 1, 0 1, 0 0)), ((5 5, 6 5, 6 6, 5 6, 5 5)))")
    };

    private final SplittableRandom random;

    private static Geometry wkt(String text) {
        return Wkt.read(text, Limits.defaults());
    }

    public RandomFilters(SplittableRandom random) {
        this.random = random;
    }

    public Filter filter(int depth) {
        int kind = random.nextInt(depth > 1 ? 13 : 10);
        return switch (kind) {
            case 0 -> new Filter.Comparison(expression(), any(ComparisonOperator.values()), expression());
            case 1 -> alike(any(TextFolding.values()));
            case 2 -> new Filter.Between(expression(), expression(), expression());
            case 3 -> new Filter.In(expression(), list(1 + random.nextInt(12), this::expression));
            case 4 -> new Filter.Like(text(2), pattern(random.nextInt(3) == 0 ? 2 : 0));
            case 5 -> new Filter.IsNull(expression());
            case 6 -> new Filter.Constant(Truth.values()[random.nextInt(3)]);
            case 7 -> new Filter.Temporal(inTime(), any(TemporalRelation.values()), inTime());
            case 8 -> new Filter.ArrayComparison(array(), any(ArrayRelation.values()), array());
            case 9 -> new Filter.Spatial(shape(), any(SpatialRelation.values()), shape());
            case 10 -> new Filter.And(list(2 + random.nextInt(2), () -> filter(depth - 1)));
            case 11 -> new Filter.Or(list(2 + random.nextInt(2), () -> filter(depth - 1)));
            default -> new Filter.Not(filter(depth - 1));
        };
    }

    /** Compares any two operands, or two texts that are folded alike. */
    private Filter alike(TextFolding folding) {
        Expression left = random.nextBoolean() ? expression() : new Expression.Folded(folding, text(1));
        Expression right = left instanceof Expression.Folded ? new Expression.Folded(folding, text(1)) : expression();
        return new Filter.Comparison(left, any(ComparisonOperator.values()), right);
    }

    private <T> List<T> list(int size, Supplier<T> element) {
        List<T> out = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            out.add(element.get());
        }
        return out;
    }

    private Expression expression() {
        int kind = random.nextInt(10);
        return kind == 0 ? computed(3) : kind == 1 ? text(2) : plain();
    }

    private Expression plain() {
        return random.nextBoolean() ? new Property(NAMES[random.nextInt(NAMES.length)]) : new Literal(constant());
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private Property field(String... names) {
        return new Property(any(names));
    }

    private Expression computed(int depth) {
        if (depth > 1 && random.nextInt(3) > 0) {
            return new Expression.Arithmetic(
                    computed(depth - 1), any(ArithmeticOperator.values()), computed(depth - 1));
        } else if (random.nextInt(16) == 0) {
            return plain() instanceof Property property ? property : new Literal(Double.POSITIVE_INFINITY);
        }
        return random.nextBoolean() ? field("i", "l", "u", "f", "d") : new Literal(Numbers.decimal(random));
    }

    private Expression text(int depth) {
        if (depth > 0 && random.nextBoolean()) {
            return new Expression.Folded(any(TextFolding.values()), text(depth - 1));
        }
        return random.nextBoolean() ? field("s", "s2", "e", "i") : new Literal(any(TEXTS));
    }

    private Expression pattern(int depth) {
        Expression pattern = new Literal(any(PATTERNS));
        return depth > 0 ? new Expression.Folded(any(TextFolding.values()), pattern(depth - 1)) : pattern;
    }

    private Expression inTime() {
        if (random.nextBoolean()) {
            return moment();
        }
        Expression start = random.nextInt(4) == 0 ? Expression.Interval.OPEN_START : moment();
        Expression end = random.nextInt(4) == 0 ? Expression.Interval.OPEN_END : moment();
        boolean backwards = start instanceof Literal first
                && end instanceof Literal last
                && ((Instant) first.value()).isAfter((Instant) last.value());
        return backwards ? new Expression.Interval(end, start) : new Expression.Interval(start, end);
    }

    private Expression moment() {
        return random.nextBoolean()
                ? field("t", "t2", "time", "ingestion_time", "s", "absent")
                : new Literal(instant(random.nextInt(-2, 3) * 500_000L));
    }

    private Expression array() {
        return random.nextBoolean()
                ? field("a", "as", "xs", "s", "absent")
                : new Expression.ArrayOf(list(random.nextInt(4), this::element));
    }

    private Expression element() {
        return switch (random.nextInt(7)) {
            case 0 -> field("s", "i", "t", "d", "x", "id");
            case 3 -> new Literal(uuid());
            case 1, 2 -> new Literal(any(TEXTS));
            default -> new Literal(SMALL[random.nextInt(SMALL.length)]);
        };
    }

    private Expression shape() {
        return random.nextBoolean() ? field("geometry", "g", "s", "absent") : new Literal(geometry());
    }

    private Object geometry() {
        if (random.nextInt(6) == 0) {
            return BoundingBox.of(random.nextInt(3), random.nextInt(3), 3 + random.nextInt(2), 3);
        }
        return any(SHAPES);
    }

    private Object constant() {
        return switch (random.nextInt(9)) {
            case 0, 1 -> Numbers.decimal(random);
            case 2, 3 -> TEXTS[random.nextInt(TEXTS.length)];
            case 4 -> new Object[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}[random.nextInt(3)];
            case 5 -> instant(random.nextInt(-2, 3) * 500_000L);
            case 6 -> random.nextBoolean() ? (Object) duration() : uuid();
            case 7 -> bytes();
            default -> random.nextBoolean();
        };
    }

    /** Returns a row; about one in four of its values is unset, its time is floored to the millisecond. */
    Map<String, Object> row() {
        Map<String, Object> row = new HashMap<>();
        row.put("time", instant(random.nextInt(-1, 2) * 1_000_000L));
        row.put("ingestion_time", instant(random.nextInt(-1, 2) * 1_000L));
        row.put("id", uuid());
        set(row, "geometry", any(SHAPES));
        set(row, "g", any(SHAPES));
        set(row, "t2", instant(random.nextInt(-2, 3) * 500_000L));
        set(row, "as", list(1 + random.nextInt(3), () -> SMALL[random.nextInt(SMALL.length)].doubleValue()));
        set(row, "i", random.nextInt(-2, 30));
        set(row, "l", number(Long.class, 20L));
        set(row, "u", number(Uint64.class, Uint64.ofBits(-1)));
        set(row, "f", random.nextInt(8) == 0 ? (Object) Float.NaN : number(Float.class, 0.1f));
        set(row, "d", random.nextInt(8) == 0 ? (Object) Double.NaN : number(Double.class, 0.1));
        set(row, "s", TEXTS[random.nextInt(TEXTS.length)]);
        set(row, "s2", TEXTS[random.nextInt(TEXTS.length)]);
        set(row, "e", LEVELS[random.nextInt(2)]);
        set(row, "b", random.nextBoolean());
        set(row, "t", instant(random.nextInt(-2, 3) * 500_000L));
        set(row, "n", duration());
        set(row, "x", uuid());
        set(row, "y", bytes());
        set(row, "j", Json.parse("1"));
        set(row, "a", list(1 + random.nextInt(3), () -> any(TEXTS)));
        set(row, "xs", list(1 + random.nextInt(3), this::uuid));
        return row;
    }

    private void set(Map<String, Object> row, String field, Object value) {
        if (random.nextInt(4) > 0) {
            row.put(field, value);
        }
    }

    private Object number(Class<?> type, Object otherwise) {
        for (int i = 0; i < 10; i++) {
            Object value = Numbers.value(random);
            if (type.isInstance(value)) {
                return value;
            }
        }
        return otherwise;
    }

    private static Instant instant(long nanos) {
        return Instant.parse("2020-01-01T00:00:00Z").plusNanos(nanos);
    }

    private Duration duration() {
        return Duration.ofMillis(random.nextInt(-1, 2) * 1_000L);
    }

    private UUID uuid() {
        return new UUID(random.nextInt(-1, 2), random.nextInt(-1, 2));
    }

    private Bytes bytes() {
        return random.nextBoolean() ? Bytes.of((byte) random.nextInt(-1, 2)) : Bytes.of();
    }

    /** Returns a number to compare with; only here so that tests of text need no other source. */
    public BigDecimal decimal() {
        return Numbers.decimal(random);
    }
}
