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
import org.almagest.internal.value.Numbers;
import org.almagest.model.Bytes;
import org.almagest.model.EnumValue;
import org.almagest.model.Json;
import org.almagest.model.Uint64;
import org.almagest.query.ComparisonOperator;
import org.almagest.query.Expression;
import org.almagest.query.Filter;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.Truth;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;

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
        "line\nbreak \\ \""
    };
    private static final String[] PATTERNS = {"%", "a%", "_", "%\uDE00", "N_N%", "\\%", "it's"};

    private final SplittableRandom random;

    public RandomFilters(SplittableRandom random) {
        this.random = random;
    }

    public Filter filter(int depth) {
        int kind = random.nextInt(depth > 1 ? 10 : 7);
        return switch (kind) {
            case 0, 1 ->
                new Filter.Comparison(expression(), ComparisonOperator.values()[random.nextInt(6)], expression());
            case 2 -> new Filter.Between(expression(), expression(), expression());
            case 3 -> new Filter.In(expression(), list(1 + random.nextInt(12), this::expression));
            case 4 -> new Filter.Like(expression(), PATTERNS[random.nextInt(PATTERNS.length)]);
            case 5 -> new Filter.IsNull(expression());
            case 6 -> new Filter.Constant(Truth.values()[random.nextInt(3)]);
            case 7 -> new Filter.And(list(2 + random.nextInt(2), () -> filter(depth - 1)));
            case 8 -> new Filter.Or(list(2 + random.nextInt(2), () -> filter(depth - 1)));
            default -> new Filter.Not(filter(depth - 1));
        };
    }

    private <T> List<T> list(int size, Supplier<T> element) {
        List<T> out = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            out.add(element.get());
        }
        return out;
    }

    private Expression expression() {
        return random.nextBoolean() ? new Property(NAMES[random.nextInt(NAMES.length)]) : new Literal(constant());
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
        set(row, "geometry", List.of());
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
        set(row, "a", List.of("a"));
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
