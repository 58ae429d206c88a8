package org.almagest.query.bound;

import static org.almagest.query.FieldOperand.field;
import static org.almagest.query.Truth.FALSE;
import static org.almagest.query.Truth.TRUE;
import static org.almagest.query.Truth.UNKNOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.almagest.model.Bytes;
import org.almagest.model.Json;
import org.almagest.model.Uint64;
import org.almagest.query.ComparisonOperator;
import org.almagest.query.Filter;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.Truth;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class BoundFilterTest {
    private static final Instant NOON = Instant.parse("2020-01-01T12:00:00Z");

    @Test
    void anUnsetFieldIsUnknownAndSoIsItsNegation() {
        for (Filter filter : List.of(
                field("i").equalTo(1),
                field("i").notEqualTo(1),
                field("i").between(0, 2),
                field("i").in(1, 2),
                field("s").like("%"))) {
            assertEquals(UNKNOWN, test(filter, Map.of()));
            assertEquals(UNKNOWN, test(filter.not(), Map.of()));
        }
        assertEquals(TRUE, test(field("i").isNull(), Map.of()));
        assertEquals(FALSE, test(field("i").isNotNull(), Map.of()));
        assertEquals(FALSE, test(field("i").isNull(), Map.of("i", 0)));
    }

    @Test
    void aFieldThatTheSchemaLacksIsAlwaysUnset() {
        assertEquals(Optional.of(UNKNOWN), bind(field("absent").equalTo(1)).constant());
        assertEquals(Optional.of(UNKNOWN), bind(field("absent").in(1, 2).not()).constant());
        assertEquals(Optional.of(TRUE), bind(field("absent").isNull()).constant());
        assertEquals(
                Optional.of(FALSE),
                bind(field("absent").equalTo(1).and(new Filter.Constant(FALSE))).constant());
        assertEquals(Set.of(), bind(field("absent").equalTo(1)).fields());
    }

    @Test
    void valuesOfDifferentFamiliesAreUnknown() {
        assertEquals(UNKNOWN, test(field("i").equalTo("1"), Map.of("i", 1)));
        assertEquals(UNKNOWN, test(field("i").notEqualTo(true), Map.of("i", 1)));
        assertEquals(UNKNOWN, test(field("t").equalTo(1577880000), Map.of("t", NOON)));
        assertEquals(UNKNOWN, test(field("t").equalTo("noon"), Map.of("t", NOON)));
        assertEquals(UNKNOWN, test(field("x").equalTo("1"), Map.of("x", new UUID(0, 1))));
        assertEquals(UNKNOWN, test(field("j").equalTo("1"), Map.of("j", Json.parse("1"))));
        assertEquals(UNKNOWN, test(field("a").equalTo("a"), Map.of("a", List.of("a"))));
        assertEquals(FALSE, test(field("a").isNull(), Map.of("a", List.of("a"))));
        assertEquals(FALSE, test(field("geometry").isNull(), Map.of("geometry", "POINT (0 0)")));
        assertEquals(UNKNOWN, test(properties("s", "t"), Map.of("s", NOON.toString(), "t", NOON)));
    }

    @Test
    void membershipWithAnItemOfAnotherFamilyIsNeverFalse() {
        assertEquals(TRUE, test(field("i").in(1, "a"), Map.of("i", 1)));
        assertEquals(UNKNOWN, test(field("i").in(2, "a"), Map.of("i", 1)));
        assertEquals(FALSE, test(field("i").in(2, 3), Map.of("i", 1)));
        Filter withField = new Filter.In(new Property("i"), List.of(new Literal(2), new Property("l")));
        assertEquals(TRUE, test(withField, Map.of("i", 1, "l", 1L)));
        assertEquals(FALSE, test(withField, Map.of("i", 1, "l", 3L)));
        assertEquals(UNKNOWN, test(withField, Map.of("i", 1)));
    }

    @Test
    void longListsAreLookedUp() {
        Object[] items = IntStream.range(0, 5_000).mapToObj(i -> i * 2).toArray();
        BoundFilter filter = bind(field("d").in(items));
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            row.put("d", (double) i);
            assertEquals(Truth.of(i % 2 == 0), filter.test(row::get));
        }
    }

    @Test
    void numbersCompareByValueAcrossTypes() {
        assertEquals(TRUE, test(properties("i", "d"), Map.of("i", 1, "d", 1.0)));
        assertEquals(TRUE, test(properties("u", "l"), Map.of("u", Uint64.ofBits(5), "l", 5L)));
        assertEquals(FALSE, test(properties("u", "l"), Map.of("u", Uint64.ofBits(-1), "l", -1L)));
        assertEquals(FALSE, test(properties("f", "d"), Map.of("f", 0.1f, "d", 0.1)));
        assertEquals(TRUE, test(field("d").equalTo(0.1), Map.of("d", 0.1)));
        assertEquals(TRUE, test(field("d").equalTo(new BigDecimal("0.1")), Map.of("d", 0.1)));
        assertEquals(TRUE, test(field("f").equalTo(new BigDecimal("0.1")), Map.of("f", 0.1f)));
        assertEquals(FALSE, test(field("f").equalTo(0.1), Map.of("f", 0.1f)));
        assertEquals(FALSE, test(field("d").equalTo((1L << 53) + 1), Map.of("d", 0x1p53)));
    }

    @Test
    void nanEqualsNothingNotEvenItself() {
        Map<String, Object> row = Map.of("d", Double.NaN);
        assertEquals(FALSE, test(field("d").equalTo(Double.NaN), row));
        assertEquals(TRUE, test(field("d").notEqualTo(Double.NaN), row));
        assertEquals(FALSE, test(field("d").lessThan(1), row));
        assertEquals(FALSE, test(field("d").atLeast(1), row));
        assertEquals(TRUE, test(field("d").lessThan(1).not(), row));
        assertEquals(FALSE, test(field("d").in(1, Double.NaN), row));
        assertEquals(FALSE, test(field("d").between(0, 1), row));
    }

    @Test
    void textComparesByCodePoint() {
        Map<String, Object> row = Map.of("s", "\uD83D\uDE00");
        assertEquals(TRUE, test(field("s").greaterThan("\uE000"), row), "as UTF-16 the order is the other one");
        assertEquals(TRUE, test(field("s").greaterThan("\uFFFF"), row));
        assertEquals(TRUE, test(field("s").greaterThan("z"), row));
        assertEquals(TRUE, test(field("s").lessThan("\uD83D\uDE01"), row));
        assertEquals(TRUE, test(field("s").lessThan("ab"), Map.of("s", "a")));
        assertEquals(TRUE, test(field("s").lessThan("a"), Map.of("s", "B")));
    }

    @Test
    void enumValuesAreTheirNames() {
        Map<String, Object> row = Map.of("e", RandomFilters.LEVELS[1], "s", "SOME");
        assertEquals(TRUE, test(field("e").equalTo("SOME"), row));
        assertEquals(FALSE, test(field("e").equalTo("NEVER_DECLARED"), row));
        assertEquals(TRUE, test(field("e").in("NONE", "SOME"), row));
        assertEquals(TRUE, test(field("e").like("S%"), row));
        assertEquals(TRUE, test(field("e").greaterThan("NONE"), row));
        assertEquals(TRUE, test(field("e").equalTo(RandomFilters.LEVELS[1]), row));
        assertEquals(TRUE, test(properties("e", "s"), row));
        assertEquals(UNKNOWN, test(field("e").equalTo(7), row));
    }

    @Test
    void textStandsForWhatItNames() {
        assertEquals(TRUE, test(field("t").equalTo("2020-01-01 12:00"), Map.of("t", NOON)));
        assertEquals(TRUE, test(field("t").lessThan("2020-01-02"), Map.of("t", NOON)));
        assertEquals(TRUE, test(field("n").equalTo("PT1M"), Map.of("n", Duration.ofSeconds(60))));
        UUID uuid = UUID.fromString("126a2531-c98d-4e06-815a-34bc5b1228cc");
        assertEquals(TRUE, test(field("x").equalTo(uuid.toString().toUpperCase(Locale.ROOT)), Map.of("x", uuid)));
        Filter textFirst =
                new Filter.Comparison(new Literal("2020-01-01"), ComparisonOperator.LESS_THAN, new Property("t"));
        assertEquals(TRUE, test(textFirst, Map.of("t", NOON)));
    }

    @Test
    void aConstantFinerThanTimeExcludesNoRowThatItCouldMatch() {
        Map<String, Object> row = Map.of("time", NOON);
        Instant finer = NOON.plusNanos(1);
        assertEquals(TRUE, test(field("time").equalTo(finer), row));
        assertEquals(FALSE, test(field("time").notEqualTo(finer), row));
        assertEquals(TRUE, test(field("time").greaterThan(finer), row));
        assertEquals(TRUE, test(field("time").atLeast(finer), row));
        assertEquals(TRUE, test(field("time").lessThan(finer), row));
        assertEquals(TRUE, test(field("time").atMost(finer), row));
        assertEquals(TRUE, test(field("time").between(finer, finer), row));
        assertEquals(TRUE, test(field("time").in(finer), row));
        assertEquals(FALSE, test(field("time").lessThan(NOON), row));
        assertEquals(FALSE, test(field("time").greaterThan(NOON), row));
        Instant before = Instant.ofEpochMilli(-1);
        assertEquals(TRUE, test(field("time").equalTo(before.plusNanos(999_999)), Map.of("time", before)));
        assertEquals(FALSE, test(field("t").equalTo(finer), Map.of("t", NOON)), "other timestamps keep nanoseconds");
    }

    @Test
    void uuidsCompareByUnsignedBytesAndIdsAsIds() {
        UUID early = new UUID(-1, 0);
        UUID late = new UUID(1, 0);
        assertEquals(TRUE, test(field("x").greaterThan(late), Map.of("x", early)));
        assertEquals(TRUE, test(field("id").lessThan(late), Map.of("id", early)), "before 1970 comes first");
        assertEquals(TRUE, test(field("id").equalTo(late.toString()), Map.of("id", late)));
        assertEquals(TRUE, test(field("y").greaterThan(Bytes.of((byte) 127)), Map.of("y", Bytes.of((byte) 128))));
        assertEquals(TRUE, test(field("b").greaterThan(false), Map.of("b", true)));
    }

    @Test
    void sourceNamesMeanTheirField() {
        DatasetSchema schema = DatasetSchema.temporal()
                .field(Field.float64("eo_cloud_cover").from("/properties/eo:cloud_cover"))
                .field(Field.string("odd").from("/properties/a~1b/c~0d"))
                .field(Field.string("item_id").from("/id"))
                .build();
        FieldValues row = Map.of("eo_cloud_cover", 12.5, "odd", "x", "item_id", "y")::get;
        for (String name : List.of("eo_cloud_cover", "eo:cloud_cover", "properties.eo:cloud_cover")) {
            BoundFilter filter = BoundFilter.bind(field(name).equalTo(12.5), schema);
            assertTrue(filter.matches(row), name);
            assertEquals(Set.of("eo_cloud_cover"), filter.fields());
        }
        assertTrue(BoundFilter.bind(field("a/b.c~d").equalTo("x"), schema).matches(row));
        assertEquals(
                Optional.of(UNKNOWN),
                BoundFilter.bind(field("cloud_cover").equalTo(1), schema).constant());
        assertEquals(
                Set.of("id"), BoundFilter.bind(field("id").isNotNull(), schema).fields());
    }

    @Test
    void aChainOfConditionsIsNotNested() {
        Filter a = field("i").equalTo(1);
        assertEquals(new Filter.And(List.of(a, a, a)), a.and(a).and(a));
        assertEquals(new Filter.Or(List.of(a, a, a)), a.or(a).or(a));
        assertEquals(
                new Filter.Or(List.of(new Filter.And(List.of(a, a)), a)),
                a.and(a).or(a));
    }

    @Test
    void emptyConjunctionsHoldAndEmptyDisjunctionsDoNot() {
        assertEquals(Optional.of(TRUE), bind(new Filter.And(List.of())).constant());
        assertEquals(Optional.of(FALSE), bind(new Filter.Or(List.of())).constant());
    }

    @Test
    void agreesWithTheDefinitionOnRandomFilters() {
        Seeded.repeat(20_000, BoundFilterTest::checkAgainstTheDefinition);
    }

    private static void checkAgainstTheDefinition(SplittableRandom random) {
        RandomFilters filters = new RandomFilters(random);
        Filter filter = filters.filter(4);
        BoundFilter bound = bind(filter);
        for (int i = 0; i < 5; i++) {
            Map<String, Object> row = filters.row();
            assertEquals(NaiveFilter.test(filter, row), bound.test(row::get), () -> filter + " on " + row);
            assertTrue(row.keySet().containsAll(Set.of("id", "time")));
        }
    }

    private static Filter properties(String left, String right) {
        return new Filter.Comparison(new Property(left), ComparisonOperator.EQUAL, new Property(right));
    }

    private static BoundFilter bind(Filter filter) {
        return BoundFilter.bind(filter, RandomFilters.SCHEMA);
    }

    private static Truth test(Filter filter, Map<String, Object> row) {
        return bind(filter).test(row::get);
    }
}
